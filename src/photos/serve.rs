//! Photos as browsers get them.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::Photos;
use crate::error::AppError;

/// `GET /photos/{id}/{size}.jpg`: what once was there never changes, so browsers may keep it for good.
pub async fn photo(
    State(photos): State<Photos>,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response, AppError> {
    let size = file.strip_suffix(".jpg").and_then(|size| size.parse().ok()).ok_or_else(AppError::not_found)?;
    let jpeg = photos.get(&id, size).await?.ok_or_else(AppError::not_found)?;
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Ok((headers, jpeg).into_response())
}
