//! A provider's pages of their own services: what is loaded, written and answered. The child modules render it.

mod edit;
mod list;
mod own;
mod photos;
mod verbs;

use axum::Router;
use axum::extract::FromRef;
use axum::extract::{DefaultBodyLimit, Path};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use leptos::prelude::*;
use mongodb::bson::oid::ObjectId;

use super::model::{ServiceDocument, ServiceStatus};
use super::offer_form::{self, Offer};
use super::{slug, store};
use crate::domain::standing::ProviderStatus;
use crate::error::{AppError, ErrorKind};
use crate::ids;
use crate::photos::Photos;
use crate::provider::guard::OwnProvider;
use crate::provider::model::Provider;
use crate::web::PageHead;
use crate::web::context::RequestContext;
use crate::web::kit::Kit;
use crate::web::shell::respond;
use edit::Edit;
use own::{LIST, Sent, bases, done, own_service, sent};

/// The most services of one provider: as many as their list shows at once.
const MOST_SERVICES: u64 = 100;
/// The most before they are approved.
const MOST_UNAPPROVED: u64 = 10;

/// How many addresses are tried for a new service before the request fails with 500.
const TRIES: usize = 5;

/// `/provider/services` and below.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Kit: FromRef<S>,
    Photos: FromRef<S>,
{
    let photos = get(photos::show).post(photos::upload).layer(DefaultBodyLimit::disable());
    Router::new()
        .route(LIST, get(list))
        .route("/provider/services/new", get(new).post(create))
        .route("/provider/services/{id}", get(edit).post(save))
        .route("/provider/services/{id}/preview", get(verbs::preview))
        .route("/provider/services/{id}/publish", post(verbs::publish))
        .route("/provider/services/{id}/archive", post(verbs::archive))
        .route("/provider/services/{id}/draft", post(verbs::draft))
        // What may be sent there is bounded in `server/body.rs`.
        .route("/provider/services/{id}/photos", photos)
        .route("/provider/services/{id}/photos/{photo}", post(photos::change))
}

async fn list(ctx: RequestContext, OwnProvider { page, provider, .. }: OwnProvider) -> Result<Response, AppError> {
    let services = store::of_provider(&ctx.kit.db, provider.id).await?;
    let head = PageHead::new("My services", &["plus", "pencil", "image", "eye-off", "calendar"]);
    let body = list::render(&services, &provider);
    Ok(respond(StatusCode::OK, &page, head, move || view! { <div class="stack">{body}</div> }.into_any()))
}

async fn new(OwnProvider { page, provider, .. }: OwnProvider) -> Response {
    let mut form = offer_form::fresh(&bases(&provider, None));
    form.set("id", ObjectId::new().to_hex());
    Edit { form, provider: &provider, service: None }.respond(StatusCode::OK, &page)
}

async fn create(
    ctx: RequestContext,
    OwnProvider { page, provider, .. }: OwnProvider,
    pairs: Sent,
) -> Result<Response, AppError> {
    let form = sent(pairs);
    // The id comes from the form, so that a form that is sent twice makes one service.
    let id = ObjectId::parse_str(form.get("id")).unwrap_or_else(|_| ObjectId::new());
    let typed = form.clone();
    let offer = match offer_form::read(form, &bases(&provider, None)) {
        Ok(offer) => offer,
        Err(form) => {
            let edit = Edit { form, provider: &provider, service: None };
            return Ok(edit.respond(StatusCode::UNPROCESSABLE_ENTITY, &page));
        }
    };
    match begin(&ctx, &provider, offer, id).await {
        Ok(service) => Ok(done(&service, "saved")),
        Err(error) if error.status == 409 => {
            let mut form = typed;
            form.refuse(&error);
            Ok(Edit { form, provider: &provider, service: None }.respond(StatusCode::CONFLICT, &page))
        }
        Err(error) => Err(error),
    }
}

/// Writes the new draft under an address of its own; gives the one that is there if the form was sent before.
async fn begin(
    ctx: &RequestContext,
    provider: &Provider,
    offer: Offer,
    id: ObjectId,
) -> Result<ServiceDocument, AppError> {
    let most = if provider.status == ProviderStatus::Approved { MOST_SERVICES } else { MOST_UNAPPROVED };
    if store::count_of_provider(&ctx.kit.db, provider.id, most).await? >= most {
        let sent_before = store::find_own(&ctx.kit.db, provider.id, id).await?;
        return sent_before.ok_or_else(|| too_many(most));
    }
    let readable = slug::of(&offer.title);
    let mut service = offer_form::begin(provider, offer, id, readable.clone(), ctx.now);
    for _ in 0..TRIES {
        if store::insert(&ctx.kit.db, &service).await? {
            return Ok(service);
        }
        if let Some(there) = store::find_own(&ctx.kit.db, provider.id, id).await? {
            return Ok(there);
        }
        service.slug = format!("{readable}-{}", ids::random_hex::<4>());
        // Somebody else's id was sent, or the address is taken: both are cured by new ones.
        service.id = ObjectId::new();
    }
    Err(AppError::fault())
}

fn too_many(most: u64) -> AppError {
    let message =
        format!("You have {most} services, the most there can be. Change one that you no longer offer instead.");
    AppError::new(ErrorKind::Conflict, "too_many_services", message)
}

async fn edit(ctx: RequestContext, own: OwnProvider, Path(id): Path<String>) -> Result<Response, AppError> {
    let service = own_service(&ctx, &own, &id).await?;
    let form = offer_form::filled(&service);
    Ok(Edit { form, provider: &own.provider, service: Some(&service) }.respond(StatusCode::OK, &own.page))
}

async fn save(
    ctx: RequestContext,
    own: OwnProvider,
    Path(id): Path<String>,
    pairs: Sent,
) -> Result<Response, AppError> {
    let service = own_service(&ctx, &own, &id).await?;
    let OwnProvider { page, provider, .. } = own;
    let mut form = sent(pairs);
    let show = |form, status| Ok(Edit { form, provider: &provider, service: Some(&service) }.respond(status, &page));
    if form.get("version").parse() != Ok(service.version) {
        form.refuse(&stale());
        return show(form, StatusCode::CONFLICT);
    }
    let mut changed = service.clone();
    match offer_form::read(form.clone(), &bases(&provider, Some(&service))) {
        Ok(offer) => offer.put_into(&mut changed),
        Err(form) => return show(form, StatusCode::UNPROCESSABLE_ENTITY),
    }
    let gaps = offer_form::gaps(&changed);
    if service.status == ServiceStatus::Active && !gaps.is_empty() {
        form.refuse(&AppError::bad_input(gaps));
        return show(form, StatusCode::UNPROCESSABLE_ENTITY);
    }
    changed.provider_name.clone_from(&provider.trading_name);
    changed.zone.clone_from(&provider.zone);
    changed.currency = offer_form::currency(&provider);
    if let Some(saved) = store::save(&ctx.kit.db, &changed, ctx.now).await? {
        return Ok(done(&saved, "saved"));
    }
    // Between our look and our write: the next read shows what.
    let fresh = store::find_own(&ctx.kit.db, provider.id, service.id).await?.ok_or_else(AppError::not_found)?;
    form.refuse(&stale());
    Ok(Edit { form, provider: &provider, service: Some(&fresh) }.respond(StatusCode::CONFLICT, &page))
}

/// That the service has changed since its page was loaded.
fn stale() -> AppError {
    let message = "This service was changed meanwhile, perhaps in another tab. Nothing of what you typed is saved yet, and \
                   nothing is lost: compare it below, then save again to put it in place of what is there.";
    AppError::new(ErrorKind::Conflict, "stale", message)
}
