//! Doing an action on an application: load, decide, write once, and notify whom it concerns.

use mongodb::bson::oid::ObjectId;

use crate::account::model::Account;
use crate::account::store as accounts;
use crate::catalogue;
use crate::error::DenialView;
use crate::error::{AppError, ErrorKind, FieldProblem};
use crate::mail;
use crate::mail::model::Mail;
use crate::mail::write::{self, Envelope};
use crate::provider::history::{self, Actor, Submission};
use crate::provider::model::Provider;
use crate::provider::onboarding::names;
use crate::provider::onboarding::{self, Denial, Part, Row, Standing};
use crate::provider::store;
use crate::web::context::RequestContext;
use crate::web::viewer::Viewer;

/// The longest reason, question or answer, in characters.
pub const MAX_MESSAGE_CHARACTERS: usize = 2000;

/// An application with the account behind it.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// Whose it is.
    pub account: Account,
    /// The application; nothing before it was begun.
    pub provider: Option<Provider>,
}

impl Loaded {
    /// Where they stand.
    pub fn standing(&self) -> Standing {
        self.provider.as_ref().map_or(Standing::NONE, Provider::standing)
    }

    /// The version to act upon; 0 before it was begun.
    pub fn version(&self) -> i64 {
        self.provider.as_ref().map_or(0, |provider| provider.version)
    }
}

/// The account and its application.
///
/// # Errors
/// 404 when there is no such account; 503.
pub async fn load(ctx: &RequestContext, id: &str) -> Result<Loaded, AppError> {
    let id = ObjectId::parse_str(id).map_err(|_| AppError::not_found())?;
    let db = &ctx.kit.db;
    let (account, provider) = tokio::try_join!(accounts::find(db, id), store::find(db, id))?;
    Ok(Loaded { account: account.ok_or_else(AppError::not_found)?, provider })
}

/// Does an action as the applicant or as an admin, upon the version that they saw.
///
/// # Errors
/// 409 when the rules deny it or somebody was faster, 422 when words are missing or too long, 503.
pub async fn perform(
    ctx: &RequestContext,
    viewer: &Viewer,
    loaded: &Loaded,
    row: &'static Row,
    version: i64,
    submission: Submission,
) -> Result<Provider, AppError> {
    if version != loaded.version() {
        return Err(too_late());
    }
    if submission.message.chars().count() > MAX_MESSAGE_CHARACTERS {
        return Err(AppError::bad_field(
            "message",
            "too_long",
            format!("This has at most {MAX_MESSAGE_CHARACTERS} letters."),
        ));
    }
    let own = loaded.account.id.to_hex() == viewer.id;
    let part = if row.by_admin { Part::Admin { own } } else { Part::Applicant };
    let transition =
        onboarding::decide(&loaded.standing(), part, row, &submission.message).map_err(|denials| deny(&denials))?;
    let actor = Actor { part, id: viewer.id.clone(), name: viewer.name.clone() };
    let db = &ctx.kit.db;
    let (before, written, after);
    match &loaded.provider {
        Some(provider) => {
            before = provider.takes_requests();
            after = history::apply(provider, row, transition, submission, &actor, ctx.now);
            written = store::advance(db, provider, &after).await?;
        }
        None => {
            before = false;
            let blank = history::blank(&loaded.account, ctx.now);
            after = history::apply(&blank, row, transition, submission, &actor, ctx.now);
            written = store::begin(db, &after).await?;
        }
    }
    if !written {
        return Err(too_late());
    }
    tracing::info!(provider = %after.id, action = row.action_name, "application advanced");
    if before != after.takes_requests() {
        catalogue::store::relist(db, after.id, after.takes_requests()).await?;
    }
    if let Some(mail) = mail_of(ctx, &loaded.account, &after) {
        mail::store::put(db, &mail).await?;
    }
    Ok(after)
}

/// The mail that goes with the latest event, if one does.
fn mail_of(ctx: &RequestContext, account: &Account, after: &Provider) -> Option<Mail> {
    let event = after.history.last()?;
    let key = format!("provider:{}:{}", after.id, event.seq);
    let envelope = Envelope { key: &key, to: &account.email, base_url: &ctx.kit.site.base_url, now: ctx.now };
    let (name, reason) = (account.name.as_str(), event.reason.as_deref().unwrap_or_default());
    match event.action_name.as_str() {
        names::SUBMIT | names::ANSWER_MORE => Some(write::provider_submitted(&envelope, name)),
        names::APPROVE => Some(write::provider_approved(&envelope, name)),
        names::REJECT => Some(write::provider_rejected(&envelope, name, reason)),
        names::ASK_MORE => Some(write::provider_more_asked(&envelope, name, reason)),
        names::SUSPEND => Some(write::provider_suspended(&envelope, name, reason)),
        names::REINSTATE => Some(write::provider_reinstated(&envelope, name)),
        _ => None,
    }
}

fn too_late() -> AppError {
    let message = "Somebody has changed this meanwhile. Nothing was done: look at it as it is now, and try again.";
    AppError::new(ErrorKind::Conflict, "stale_version", message)
}

/// A field to fill in is 422, everything else the rules say is 409.
fn deny(denials: &[Denial]) -> AppError {
    let field = |denial: &Denial| {
        let (code, message) = (denial.code.into(), denial.message.into());
        Some(FieldProblem { field: denial.field?.into(), code, message })
    };
    let fields: Vec<_> = denials.iter().filter_map(field).collect();
    if fields.len() == denials.len() {
        return AppError::bad_input(fields);
    }
    let message = denials.iter().map(|denial| denial.message).collect::<Vec<_>>().join(" ");
    let view =
        |denial: &Denial| DenialView { code: denial.code.into(), message: denial.message.into(), retry_at: None };
    let code = denials.first().map_or("denied", |denial| denial.code);
    AppError { denials: denials.iter().map(view).collect(), ..AppError::new(ErrorKind::Conflict, code, message) }
}
