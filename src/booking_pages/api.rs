//! The server function that asks for a service, for programs. A stable address below `/api/`.
#![expect(missing_docs, reason = "the macro turns the function's arguments into the fields of a struct")]

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::ask::{AskContext, request};
use crate::booking::context::current;
use crate::booking::schema::BookingView;
use crate::error::AppError;
use crate::web::context::part;

/// Asks for a service: `service` is its address, `starts_at` an instant, the place `place[street]` and `place[locality]`,
/// with `place[locality_id]` where several have that name.
///
/// # Errors
/// 401, 404 when it is not offered, 409 with three times that are free, 422 with the field, 503.
#[server(prefix = "/api", endpoint = "request_booking")]
pub async fn request_booking(
    command_id: String,
    service: String,
    starts_at: String,
    #[server(default)] place: BTreeMap<String, String>,
    #[server(default)] details: String,
    #[server(default)] message: String,
) -> Result<BookingView, AppError> {
    let (base, viewer) = current().await?;
    let ctx = AskContext { base, photos: part()?, credentials: part()? };
    let fields = [("service", service), ("starts_at", starts_at), ("details", details), ("message", message)];
    let fields = fields.map(|(name, value)| (name.to_owned(), value)).into_iter().chain(place).collect::<Vec<_>>();
    request::request(&ctx, &viewer, &command_id, &fields).await
}
