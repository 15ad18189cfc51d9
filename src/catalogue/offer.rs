//! A provider's pages of their own services: what is loaded, written and answered. The child modules render it.

mod edit;
mod list;
mod photos;
mod verbs;

use axum::extract::rejection::FormRejection;
use axum::extract::{DefaultBodyLimit, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form as Pairs, Router};
use leptos::prelude::*;
use mongodb::bson::oid::ObjectId;

use super::model::{ServiceDocument, ServiceStatus};
use super::offer_form::{self, Bases, Offer};
use super::{slug, store};
use crate::domain::standing::ProviderStatus;
use crate::error::{AppError, ErrorKind};
use crate::ids;
use crate::photos::Photos;
use crate::provider::guard::OwnProvider;
use crate::provider::model::Provider;
use crate::ui::form::Form;
use crate::web::context::RequestContext;
use crate::web::kit::Kit;
use crate::web::shell::{PageHead, respond};
use axum::extract::FromRef;
use edit::Edit;

/// The list of one's services.
pub const LIST: &str = "/provider/services";

/// How many addresses are tried for a new service before it is our fault.
const TRIES: usize = 5;

/// What a browser sends.
type Sent = Result<Pairs<Vec<(String, String)>>, FormRejection>;

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

/// Why a provider cannot publish, with what to do; nothing if they can.
pub fn why_not(provider: &Provider) -> Option<&'static str> {
    if provider.takes_requests() {
        return None;
    }
    Some(match provider.status {
        ProviderStatus::Details | ProviderStatus::Payout => {
            "First finish becoming a GigSta: \"Become a GigSta\" at the end of the page goes on where you stopped."
        }
        ProviderStatus::Pending => "We are looking at your details. As soon as you are approved you can publish.",
        ProviderStatus::MoreAsked => {
            "We have asked you for something more. Answer at \"Become a GigSta\", then publish."
        }
        ProviderStatus::Rejected => {
            "We could not approve you, so nothing of yours is shown. The reason is in our mail."
        }
        ProviderStatus::Suspended => {
            "You are suspended, so nothing of yours is shown. Write to us if you think we erred."
        }
        ProviderStatus::Approved => "You take no requests at the moment. Switch them on at \"My work\", then publish.",
    })
}

/// One of the provider's own services.
///
/// # Errors
/// 404 when there is none of that id, or it is somebody else's; 503 when the database is away.
async fn own_service(ctx: &RequestContext, own: &OwnProvider, id: &str) -> Result<ServiceDocument, AppError> {
    let id = ObjectId::parse_str(id).map_err(|_| AppError::not_found())?;
    store::find_own(&ctx.kit.db, own.provider.id, id).await?.ok_or_else(AppError::not_found)
}

/// What was sent, as a form; empty if it was none, which every form then says.
fn sent(pairs: Sent) -> Form {
    pairs.map_or_else(|_| Form::default(), |Pairs(pairs)| Form::from_pairs(&pairs))
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
    let offer = match offer_form::read(form, &bases(&provider, None)) {
        Ok(offer) => offer,
        Err(form) => {
            let edit = Edit { form, provider: &provider, service: None };
            return Ok(edit.respond(StatusCode::UNPROCESSABLE_ENTITY, &page));
        }
    };
    Ok(done(&begin(&ctx, &provider, offer, id).await?, "saved"))
}

/// Writes the new draft under an address of its own; gives the one that is there if the form was sent before.
async fn begin(
    ctx: &RequestContext,
    provider: &Provider,
    offer: Offer,
    id: ObjectId,
) -> Result<ServiceDocument, AppError> {
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

/// The places that the form offers without typing.
fn bases<'a>(provider: &'a Provider, service: Option<&'a ServiceDocument>) -> Bases<'a> {
    Bases { current: service.map(|service| &service.base), business: provider.base.as_ref() }
}

/// That the service has changed since its page was loaded.
fn stale() -> AppError {
    let message = "This service was changed meanwhile, perhaps in another tab. Nothing of what you typed is saved yet, and \
                   nothing is lost: compare it below, then save again to put it in place of what is there.";
    AppError::new(ErrorKind::Conflict, "stale", message)
}

/// On to the service as customers see it, which says what was done.
fn done(service: &ServiceDocument, what: &str) -> Response {
    Redirect::to(&format!("/services/{}?done={what}", service.slug)).into_response()
}
