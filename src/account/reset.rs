//! A new password for somebody who does not know theirs any more: by a link to the address, once, for an hour.
//!
//! Whether an address has an account is disclosed to its owner only, by mail: answers, and what is written, are alike.

use mongodb::bson::doc;

use super::links::LinkKind;
use super::sign_up::check_password;
use super::{links, session, store};
use crate::account::AccountContext;
use crate::error::AppError;
use crate::ids;
use crate::mail;
use crate::mail::model::Mail;
use crate::mail::write::{Envelope, no_account, password_changed, reset_password};

/// How long a link works, in hours.
pub const LINK_HOURS: i64 = 1;

/// Writes the mail that leads on. `email` is in the stored form.
///
/// # Errors
/// 429 after too many, 503.
pub async fn request(ctx: &AccountContext, email: &str) -> Result<(), AppError> {
    ctx.credentials.mail_limit.count(email, ctx.peer, ctx.now)?;
    let account = store::find_by_email(&ctx.kit.db, email).await?;
    let kind = if account.is_some() { LinkKind::ResetPassword } else { LinkKind::Unsent };
    let token = links::create(&ctx.kit.db, kind, email, doc! {}, ctx.now, LINK_HOURS).await?;
    let key = format!("reset:{}", ids::fresh_command_id());
    let envelope = Envelope { key: &key, to: email, base_url: &ctx.kit.site.base_url, now: ctx.now };
    let mail = match &account {
        Some(account) => {
            Mail { to_account: Some(account.id.to_hex()), ..reset_password(&envelope, &token, LINK_HOURS) }
        }
        None => no_account(&envelope),
    };
    Ok(mail::store::put(&ctx.kit.db, &mail).await?)
}

/// Whose password a link would change: the address; nothing if it works no longer.
///
/// # Errors
/// 503.
pub async fn pending(ctx: &AccountContext, token: &str) -> Result<Option<String>, AppError> {
    Ok(links::find(&ctx.kit.db, LinkKind::ResetPassword, token, ctx.now).await?.map(|link| link.email))
}

/// Writes the new password, ends every session and every other link, and informs the owner. Gives the address; nothing if
/// the link works no longer.
///
/// # Errors
/// 422 when the password will not do, 429 when too many wait, 503.
pub async fn choose(ctx: &AccountContext, token: &str, password: String) -> Result<Option<String>, AppError> {
    let Some(email) = pending(ctx, token).await? else {
        return Ok(None);
    };
    check_password(&password, &email).map_err(|message| AppError::bad_field("password", "password_wrong", message))?;
    // Hashed before the link is used up: who has to wait for their turn can send it again.
    let hash = ctx.credentials.passwords.hash(password).await?;
    let Some(account) = store::find_by_email(&ctx.kit.db, &email).await? else {
        return Ok(None);
    };
    if links::use_once(&ctx.kit.db, LinkKind::ResetPassword, token, ctx.now).await?.is_none() {
        return Ok(None);
    }
    store::save_password(&ctx.kit.db, account.id, &hash).await?;
    session::end_all(&ctx.kit.db, account.id).await?;
    links::use_up(&ctx.kit.db, LinkKind::ResetPassword, &email, ctx.now).await?;
    ctx.credentials.throttle.succeeded(&email, ctx.peer);
    let key = format!("password_changed:{}", ids::fresh_command_id());
    let envelope = Envelope { key: &key, to: &email, base_url: &ctx.kit.site.base_url, now: ctx.now };
    let mail = Mail { to_account: Some(account.id.to_hex()), ..password_changed(&envelope, &account.name) };
    mail::store::put(&ctx.kit.db, &mail).await?;
    tracing::info!(account = %account.id, "password changed by a mailed link");
    Ok(Some(email))
}
