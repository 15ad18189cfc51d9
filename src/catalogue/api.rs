//! What the catalogue answers to scripts.
#![expect(missing_docs, reason = "the macro makes a struct of the arguments")]

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::error::AppError;

/// Up to eight towns whose name begins with what was typed, the largest first: `Karori, Wellington`.
///
/// # Errors
/// None of its own.
#[server(prefix = "/api", endpoint = "suggest_places", input = GetUrl)]
pub async fn suggest_places(typed: String) -> Result<Vec<String>, AppError> {
    use axum::http::{HeaderValue, header};

    use crate::domain::places::{self, Locality};
    let (_, response) = crate::web::context::with_response()?;
    // The gazetteer is part of the program: the answer is good for as long as that is.
    response.insert_header(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    let mut labels: Vec<_> = places::suggest(&typed, 8).into_iter().map(Locality::label).collect();
    // Towns of one name in one region are distinguished once the form is sent.
    labels.dedup();
    Ok(labels)
}
