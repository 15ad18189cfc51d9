//! Signing up: the account is made by whoever confirms the address, and not before.
//!
//! Whether an address has an account is disclosed to its owner only, by mail: answers, their timing and what is written
//! are alike.

use axum::http::HeaderValue;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, deserialize_from_document, serialize_to_document};
use serde::{Deserialize, Serialize};

use super::forms::local;
use super::links::LinkKind;
use super::model::Account;
use super::store::{self, Created};
use super::{links, session};
use crate::account::AccountContext;
use crate::domain::email;
use crate::error::AppError;
use crate::ids;
use crate::mail;
use crate::mail::model::Mail;
use crate::mail::write::{self, Envelope, already_registered, verify_email};
use crate::ui::form::Form;
use crate::web::context::RequestContext;

/// How long a mailed link works, in hours.
pub const LINK_HOURS: i64 = 24;

/// The fewest characters of a password, and the most bytes, so that nobody makes the server hash long texts.
pub const MIN_PASSWORD_CHARACTERS: usize = 10;
const MAX_PASSWORD_BYTES: usize = 200;

/// The longest name, in characters.
pub const MAX_NAME_CHARACTERS: usize = 80;

/// The zone of an account until it chooses one.
const ZONE: &str = "Pacific/Auckland";

/// What somebody who signs up has typed, checked.
#[derive(Debug)]
pub struct Typed {
    name: String,
    /// In the stored form.
    pub email: String,
    password: String,
}

impl Typed {
    /// Reads the form; says in it what has to be different.
    pub fn read(form: &mut Form) -> Option<Self> {
        let name = name(form);
        let email = match email::check(form.get("email")) {
            Ok(email) => email,
            Err(message) => {
                form.problem("email", "email_wrong", message);
                String::new()
            }
        };
        // Not trimmed: spaces belong to a password.
        let password = form.all("password").last().cloned().unwrap_or_default();
        if let Err(message) = check_password(&password, &email) {
            form.problem("password", "password_wrong", &message);
        }
        form.is_fine().then_some(Self { name, email, password })
    }
}

/// The name in the form; says there what has to be different.
pub fn name(form: &mut Form) -> String {
    let name = form.text("name", "Your name", true, MAX_NAME_CHARACTERS);
    if name.chars().any(char::is_control) {
        form.problem("name", "name_wrong", "A name has no line breaks or control letters. Take them out.");
    }
    name
}

/// Whether a password can be taken for an account with this address; why not otherwise.
///
/// # Errors
/// What is wrong and what to do.
pub fn check_password(password: &str, email: &str) -> Result<(), String> {
    if password.is_empty() {
        return Err("Choose a password.".into());
    }
    if password.chars().count() < MIN_PASSWORD_CHARACTERS {
        return Err(format!(
            "A password has at least {MIN_PASSWORD_CHARACTERS} letters. Take a few words in a row, for example."
        ));
    }
    if password.len() > MAX_PASSWORD_BYTES {
        return Err(format!("A password has at most {MAX_PASSWORD_BYTES} bytes. Take a shorter one."));
    }
    if email::normal_email(password) == email {
        return Err("Your e-mail address is the first thing others would try. Take another password.".into());
    }
    Ok(())
}

/// What is said beside a field for a new password.
pub fn password_hint() -> String {
    format!("At least {MIN_PASSWORD_CHARACTERS} letters. A few words in a row are easy to remember and hard to guess.")
}

/// What a link of a sign-up holds.
#[derive(Debug, Serialize, Deserialize)]
struct Pending {
    /// Chosen beforehand, so that confirming twice cannot make two accounts.
    account_id: ObjectId,
    name: String,
    password_hash: String,
    next: Option<String>,
}

/// Writes the mail that goes on with a sign-up. `next` is where to go on to in the end.
///
/// # Errors
/// 429 after too many, 503.
pub async fn request(ctx: &AccountContext, typed: Typed, next: &str) -> Result<(), AppError> {
    let Typed { name, email, password } = typed;
    ctx.credentials.mail_limit.count(&email, ctx.peer, ctx.now)?;
    let password_hash = ctx.credentials.passwords.hash(password).await?;
    let pending = Pending { account_id: ObjectId::new(), name, password_hash, next: local(next).map(Into::into) };
    send(ctx, &email, Some(serialize_to_document(&pending).map_err(mongodb::error::Error::from)?)).await
}

/// Writes the mail once more. Nothing happens for an address that nobody has signed up with.
///
/// # Errors
/// 429 after too many, 503.
pub async fn again(ctx: &AccountContext, email: &str) -> Result<(), AppError> {
    ctx.credentials.mail_limit.count(email, ctx.peer, ctx.now)?;
    let latest = links::latest(&ctx.kit.db, LinkKind::SignUp, email, ctx.now).await?;
    send(ctx, email, latest.map(|link| link.payload)).await
}

async fn send(ctx: &AccountContext, email: &str, payload: Option<Document>) -> Result<(), AppError> {
    let db = &ctx.kit.db;
    let taken = store::find_by_email(db, email).await?.is_some();
    let kind = if taken || payload.is_none() { LinkKind::Unsent } else { LinkKind::SignUp };
    let known = payload.is_some();
    let token = links::create(db, kind, email, payload.unwrap_or_default(), ctx.now, LINK_HOURS).await?;
    let key = format!("sign_up:{}", ids::fresh_command_id());
    let envelope = Envelope { key: &key, to: email, base_url: &ctx.kit.site.base_url, now: ctx.now };
    let mail = match (taken, known) {
        (true, _) => already_registered(&envelope),
        (false, true) => verify_email(&envelope, &token, LINK_HOURS),
        (false, false) => return Ok(()),
    };
    mail::store::put(db, &mail).await?;
    Ok(())
}

/// For whom a link would make an account: address and name; nothing if it works no longer.
///
/// # Errors
/// 503.
pub async fn pending(ctx: &AccountContext, token: &str) -> Result<Option<(String, String)>, AppError> {
    let link = links::find(&ctx.kit.db, LinkKind::SignUp, token, ctx.now).await?;
    let Some(link) = link else {
        return Ok(None);
    };
    let pending: Pending = deserialize_from_document(link.payload).map_err(mongodb::error::Error::from)?;
    Ok(Some((link.email, pending.name)))
}

/// Makes the account and signs it in: the cookie to set, and where to go on to. Nothing if the link works no longer.
///
/// The account comes first and the link is used up then, so that a server that stops in between loses nobody's sign-up.
///
/// # Errors
/// 503.
pub async fn confirm(ctx: &AccountContext, token: &str) -> Result<Option<(HeaderValue, Option<String>)>, AppError> {
    let db = &ctx.kit.db;
    let Some(link) = links::find(db, LinkKind::SignUp, token, ctx.now).await? else {
        return Ok(None);
    };
    let pending: Pending = deserialize_from_document(link.payload).map_err(mongodb::error::Error::from)?;
    let account = Account {
        id: pending.account_id,
        email: link.email.clone(),
        name: pending.name.clone(),
        password_hash: pending.password_hash,
        is_admin: false,
        email_verified: true,
        phone: None,
        address: None,
        place: None,
        zone: ZONE.into(),
        created_at: ctx.now,
    };
    let created = store::create(db, account).await?;
    if links::use_once(db, LinkKind::SignUp, token, ctx.now).await?.is_none() {
        return Ok(None);
    }
    links::use_up(db, LinkKind::SignUp, &link.email, ctx.now).await?;
    if created == Created::AddressTaken && store::find(db, pending.account_id).await?.is_none() {
        return Ok(None);
    }
    if created == Created::Created {
        welcome(ctx, pending.account_id, &link.email, &pending.name).await?;
    }
    tracing::info!(account = %pending.account_id, "signed up");
    Ok(Some((session::begin(ctx, pending.account_id).await?, pending.next)))
}

/// Writes the mail that greets a new account.
///
/// # Errors
/// 503.
pub async fn welcome(ctx: &RequestContext, id: ObjectId, email: &str, name: &str) -> Result<(), AppError> {
    let key = format!("welcome:{id}");
    let envelope = Envelope { key: &key, to: email, base_url: &ctx.kit.site.base_url, now: ctx.now };
    let mail = Mail { to_account: Some(id.to_hex()), ..write::welcome(&envelope, name) };
    Ok(mail::store::put(&ctx.kit.db, &mail).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_a_password_has_its_limits() {
        let wrong = |password: &str| check_password(password, "a@demo.test").unwrap_err();
        assert_eq!(wrong("short"), "A password has at least 10 letters. Take a few words in a row, for example.");
        assert_eq!(wrong(&"a".repeat(201)), "A password has at most 200 bytes. Take a shorter one.");
        let hint = "At least 10 letters. A few words in a row are easy to remember and hard to guess.";
        assert_eq!(password_hint(), hint);
    }

    #[test]
    fn a_password_is_long_enough_not_too_long_and_not_the_address() {
        let check = |password: &str| check_password(password, "aroha.ngata@demo.test");
        for fine in ["ten letter", "ニュージーランドの雨", &"a".repeat(200), "          "] {
            assert_eq!(check(fine), Ok(()), "{fine}");
        }
        for wrong in ["", "nine-char", &"a".repeat(201), &"雨".repeat(67), "Aroha.Ngata@demo.test"] {
            assert!(check(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let pairs = [("name", ""), ("email", "a b@c"), ("password", "short")];
        let mut form = Form::from_pairs(&pairs.map(|(name, value)| (name.into(), value.into())));
        assert!(Typed::read(&mut form).is_none());
        let fields: Vec<_> = form.problems().iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["name", "email", "password"]);
    }
}
