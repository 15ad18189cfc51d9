//! What every page of one's own services starts from, and where it leads.

use axum::Form as Pairs;
use axum::extract::rejection::FormRejection;
use axum::response::{IntoResponse, Redirect, Response};
use mongodb::bson::oid::ObjectId;

use crate::catalogue::model::ServiceDocument;
use crate::catalogue::offer_form::Bases;
use crate::catalogue::store;
use crate::error::AppError;
use crate::provider::guard::OwnProvider;
use crate::provider::model::Provider;
use crate::ui::form::Form;
use crate::web::context::RequestContext;

/// The list of one's services.
pub(super) const LIST: &str = "/provider/services";

/// What a browser sends.
pub(super) type Sent = Result<Pairs<Vec<(String, String)>>, FormRejection>;

/// One of the provider's own services.
///
/// # Errors
/// 404 when there is none of that id, or it is somebody else's; 503 when the database is away.
pub(super) async fn own_service(
    ctx: &RequestContext,
    own: &OwnProvider,
    id: &str,
) -> Result<ServiceDocument, AppError> {
    let id = ObjectId::parse_str(id).map_err(|_| AppError::not_found())?;
    store::find_own(&ctx.kit.db, own.provider.id, id).await?.ok_or_else(AppError::not_found)
}

/// What was sent, as a form; empty if it was none, which every form then says.
pub(super) fn sent(pairs: Sent) -> Form {
    pairs.map_or_else(|_| Form::default(), |Pairs(pairs)| Form::from_pairs(&pairs))
}

/// The places that the form offers without typing.
pub(super) fn bases<'a>(provider: &'a Provider, service: Option<&'a ServiceDocument>) -> Bases<'a> {
    Bases { current: service.map(|service| &service.base), business: provider.base.as_ref() }
}

/// On to the service as customers see it, which says what was done.
pub(super) fn done(service: &ServiceDocument, what: &str) -> Response {
    Redirect::to(&format!("/services/{}?done={what}", service.slug)).into_response()
}
