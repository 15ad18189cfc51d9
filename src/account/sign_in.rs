//! Signing in and out: one way in, for the form and for the server function.

use axum::http::HeaderValue;

use super::{session, store};
use crate::account::AccountContext;
use crate::domain::email::{MAX_ADDRESS_BYTES, normal_email};
use crate::domain::limit::sentence;
use crate::error::{AppError, ErrorKind};

/// Checks address and password, and begins a session. Gives the cookie to set.
///
/// # Errors
/// 401 without disclosing which of the two is wrong, 422 when one is missing, 429 after too many failures, 503.
pub async fn sign_in(ctx: &AccountContext, email: &str, password: String) -> Result<HeaderValue, AppError> {
    let email = normal_email(email);
    if email.is_empty() {
        return Err(AppError::bad_field("email", "email_missing", "Enter your e-mail address."));
    }
    // Before anything is kept of it.
    if email.len() > MAX_ADDRESS_BYTES {
        let message = sentence!("This e-mail address is too long. It has at most ", MAX_ADDRESS_BYTES, " letters.");
        return Err(AppError::bad_field("email", "email_too_long", message));
    }
    if password.is_empty() {
        return Err(AppError::bad_field("password", "password_missing", "Enter your password."));
    }
    if let Err(seconds) = ctx.credentials.throttle.attempt(&email, ctx.peer, ctx.now) {
        let minutes = seconds.div_ceil(60);
        let span = if minutes == 1 { "a minute".to_owned() } else { format!("{minutes} minutes") };
        let message = format!("Too many sign-ins with this e-mail address went wrong. Try again in {span}.");
        return Err(AppError::too_many(message, seconds));
    }
    let account = store::find_by_email(&ctx.kit.db, &email).await?;
    let hash = account.as_ref().map(|account| account.password_hash.clone());
    let right = ctx.credentials.passwords.verify(password, hash).await?;
    let Some(account) = account.filter(|_| right) else {
        let message = "The e-mail address or the password is not right.";
        return Err(AppError::new(ErrorKind::SignInNeeded, "wrong_credentials", message));
    };
    let cookie = session::begin(ctx, account.id).await?;
    ctx.credentials.throttle.succeeded(&email, ctx.peer);
    tracing::info!(account = %account.id, "signed in");
    Ok(cookie)
}
