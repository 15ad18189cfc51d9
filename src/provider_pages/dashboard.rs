//! `/provider`: where a provider stands, what comes next, and the links to the rest.

mod view;

use axum::extract::{Form as Sent, Path};
use axum::http::StatusCode;
use axum::response::Response;

use crate::booking::context::BookingContext;
use crate::booking::perform as bookings;
use crate::domain::standing::ProviderStatus;
use crate::error::AppError;
use crate::provider::history::Submission;
use crate::provider::onboarding::{self, next_step};
use crate::provider_pages::perform;
use crate::ui::form::Form;
use crate::web::guard::SignedIn;
use crate::web::plain::{refused, see_other};

/// Its address.
const PATH: &str = "/provider";

/// How many of the next bookings are shown.
const SHOWN: usize = 5;

/// `GET /provider`
pub async fn show(ctx: BookingContext, signed_in: SignedIn) -> Result<Response, AppError> {
    respond(&ctx, &signed_in, StatusCode::OK, &Form::default()).await
}

/// `POST /provider/requests/{pause|resume}`
pub async fn act(
    ctx: BookingContext,
    signed_in: Result<SignedIn, AppError>,
    Path(action): Path<String>,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let signed_in = signed_in.map_err(|error| error.returning_to(PATH))?;
    let viewer = &signed_in.viewer;
    let row = onboarding::row(&action).filter(|row| row.sets_active.is_some()).ok_or_else(AppError::not_found)?;
    let mut form = Form::from_pairs(&pairs);
    let version = form.get("version").parse().unwrap_or_default();
    let loaded = perform::load(&ctx, &viewer.id).await?;
    match perform::perform(&ctx, viewer, &loaded, row, version, Submission::default()).await {
        Ok(_) => Ok(see_other(PATH)),
        Err(error) if error.status == 409 => {
            let status = refused(&mut form, &error);
            respond(&ctx, &signed_in, status, &form).await
        }
        Err(error) => Err(error),
    }
}

async fn respond(
    ctx: &BookingContext,
    signed_in: &SignedIn,
    status: StatusCode,
    form: &Form,
) -> Result<Response, AppError> {
    let SignedIn { page, viewer } = signed_in;
    let loaded = perform::load(ctx, &viewer.id).await?;
    let step = next_step(&loaded.standing());
    let provider = loaded.provider.ok_or_else(|| AppError::elsewhere("/onboarding"))?;
    let next = match provider.status {
        ProviderStatus::Approved | ProviderStatus::Suspended => {
            let (accepted, _) = bookings::list(ctx, viewer, Some("accepted"), Some("provider"), None).await?;
            // The list has the latest first; here the next one is.
            let now = ctx.now.rfc3339();
            let next = accepted.bookings.into_iter().rev().filter(|booking| booking.starts_at >= now);
            Some(next.take(SHOWN).collect::<Vec<_>>())
        }
        _ => None,
    };
    Ok(view::render(status, page, &provider, step, next.as_deref(), form))
}
