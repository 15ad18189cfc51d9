//! A provider's pages of their own services: what is loaded, written and answered. The drawing is in the children.

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
use crate::provider::model::Provider;
use crate::provider::store as providers;
use crate::ui::form::Form;
use crate::web::context::RequestContext;
use crate::web::kit::Kit;
use crate::web::problem::answer;
use crate::web::shell::{PageContext, PageHead, respond};
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

/// The frame and the provider who is signed in; or the answer that leads to signing in, or to becoming one.
async fn require(ctx: &RequestContext, next: &str) -> Result<(PageContext, Provider), Response> {
    let (frame, viewer) = PageContext::require(ctx, next).await?;
    if viewer.provider.is_none() {
        return Err(Redirect::to("/onboarding").into_response());
    }
    let found = async {
        let id = ObjectId::parse_str(&viewer.id).map_err(|_| AppError::not_found())?;
        providers::find(&ctx.kit.db, id).await?.ok_or_else(AppError::not_found)
    };
    match found.await {
        Ok(provider) => Ok((frame, provider)),
        Err(error) => Err(answer(&frame, next, error)),
    }
}

/// The same and one of their services.
async fn require_own(ctx: &RequestContext, id: &str) -> Result<(PageContext, Provider, ServiceDocument), Response> {
    let here = format!("{LIST}/{id}");
    let (frame, provider) = require(ctx, &here).await?;
    let found = async {
        let id = ObjectId::parse_str(id).map_err(|_| AppError::not_found())?;
        store::find_own(&ctx.kit.db, provider.id, id).await?.ok_or_else(AppError::not_found)
    };
    match found.await {
        Ok(service) => Ok((frame, provider, service)),
        Err(error) => Err(answer(&frame, &here, error)),
    }
}

/// What was sent, as a form; empty if it was none, which every form then says.
fn sent(pairs: Sent) -> Form {
    pairs.map_or_else(|_| Form::default(), |Pairs(pairs)| Form::from_pairs(&pairs))
}

async fn list(ctx: RequestContext) -> Response {
    let (frame, provider) = match require(&ctx, LIST).await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    match store::of_provider(&ctx.kit.db, provider.id).await {
        Ok(services) => {
            let head = PageHead::new("My services", &["plus", "pencil", "image", "eye-off", "calendar"]);
            let body = list::draw(&services, &provider);
            respond(StatusCode::OK, &frame, head, move || {
                view! { <div class="stack" inner_html=body></div> }.into_any()
            })
        }
        Err(error) => answer(&frame, LIST, error.into()),
    }
}

async fn new(ctx: RequestContext) -> Response {
    let (frame, provider) = match require(&ctx, "/provider/services/new").await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    let mut form = offer_form::fresh(&bases(&provider, None));
    form.set("id", ObjectId::new().to_hex());
    Edit { form, provider: &provider, service: None }.respond(StatusCode::OK, &frame)
}

async fn create(ctx: RequestContext, pairs: Sent) -> Response {
    let (frame, provider) = match require(&ctx, "/provider/services/new").await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    let form = sent(pairs);
    // The id comes from the form, so that a form that is sent twice makes one service.
    let id = ObjectId::parse_str(form.get("id")).unwrap_or_else(|_| ObjectId::new());
    let offer = match offer_form::read(form, &bases(&provider, None)) {
        Ok(offer) => offer,
        Err(form) => {
            let edit = Edit { form, provider: &provider, service: None };
            return edit.respond(StatusCode::UNPROCESSABLE_ENTITY, &frame);
        }
    };
    match begin(&ctx, &provider, offer, id).await {
        Ok(service) => done(&service, "saved"),
        Err(error) => answer(&frame, LIST, error),
    }
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

async fn edit(ctx: RequestContext, Path(id): Path<String>) -> Response {
    let (frame, provider, service) = match require_own(&ctx, &id).await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    let form = offer_form::filled(&service);
    Edit { form, provider: &provider, service: Some(&service) }.respond(StatusCode::OK, &frame)
}

async fn save(ctx: RequestContext, Path(id): Path<String>, pairs: Sent) -> Response {
    let (frame, provider, service) = match require_own(&ctx, &id).await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    let mut form = sent(pairs);
    let show = |form, status| Edit { form, provider: &provider, service: Some(&service) }.respond(status, &frame);
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
    match store::save(&ctx.kit.db, &changed, ctx.now).await {
        Ok(Some(saved)) => done(&saved, "saved"),
        // Between our look and our write: the next look tells what.
        Ok(None) => match store::find_own(&ctx.kit.db, provider.id, service.id).await {
            Ok(Some(fresh)) => {
                form.refuse(&stale());
                Edit { form, provider: &provider, service: Some(&fresh) }.respond(StatusCode::CONFLICT, &frame)
            }
            Ok(None) => answer(&frame, LIST, AppError::not_found()),
            Err(error) => answer(&frame, LIST, error.into()),
        },
        Err(error) => answer(&frame, LIST, error.into()),
    }
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
