//! The server functions of accounts. Stable addresses below `/api/`.
#![expect(missing_docs, reason = "the macro turns each function's arguments into the fields of a struct")]

use leptos::prelude::*;

use crate::error::AppError;

/// Signs in with e-mail address and password, and sets the session's cookie.
///
/// # Errors
/// 401 without disclosing which of the two is wrong, 422 when one is missing, 429 after too many failures, 503.
#[server(prefix = "/api", endpoint = "sign_in")]
pub async fn sign_in(#[server(default)] email: String, #[server(default)] password: String) -> Result<(), AppError> {
    let (ctx, response) = crate::web::context::with_response()?;
    let ctx = super::AccountContext { base: ctx, credentials: crate::web::context::part()? };
    let cookie = super::sign_in::sign_in(&ctx, &email, password).await?;
    response.append_header(axum::http::header::SET_COOKIE, cookie);
    Ok(())
}

/// Ends the session, here and in the database.
///
/// # Errors
/// 503.
#[server(prefix = "/api", endpoint = "sign_out")]
pub async fn sign_out() -> Result<(), AppError> {
    let (ctx, response) = crate::web::context::with_response()?;
    let cookie = super::session::end(&ctx).await?;
    response.append_header(axum::http::header::SET_COOKIE, cookie);
    Ok(())
}
