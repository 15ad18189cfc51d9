//! Doing an action: load, decide, write once, answer with the fresh booking.

use std::collections::BTreeMap;
use std::time::Instant;

use sha2::{Digest, Sha256};

use super::machine::FieldError;
use super::machine::guards::Guard;
use super::machine::{Actor, Ask, Booking, Denial, Inputs, Role, Row, Status, decide};
use super::schema::{BookingPage, BookingView};
use super::store::{self, ApplyError, Command, ListFilter, Loaded};
use super::view::{self, ViewContext};
use crate::booking::context::BookingContext;
use crate::error::{AppError, ErrorKind, FieldProblem};
use crate::web::viewer::Viewer;

/// One action as it was sent.
#[derive(Clone, Debug)]
pub struct PerformRequest {
    /// On which booking.
    pub booking_id: String,
    /// Which action.
    pub action_name: String,
    /// The version that the sender saw.
    pub version: i64,
    /// The sender's idempotency key.
    pub command_id: String,
    /// What was typed, by field name.
    pub inputs: BTreeMap<String, String>,
}

/// The booking as the viewer may see it.
///
/// # Errors
/// 404 when it is not there or not theirs; 503 when the database is away.
pub async fn load_view(ctx: &BookingContext, viewer: &Viewer, booking_id: &str) -> Result<BookingView, AppError> {
    load_with_view(ctx, viewer, booking_id).await.map(|(_, view)| view)
}

/// The booking, and what the viewer may see of it.
///
/// # Errors
/// 404 when it is not there or not theirs; 503 when the database is away.
pub async fn load_with_view(
    ctx: &BookingContext,
    viewer: &Viewer,
    booking_id: &str,
) -> Result<(Booking, BookingView), AppError> {
    let (loaded, actor) = load(ctx, viewer, booking_id).await?;
    let view = see(ctx, viewer, &actor, &loaded);
    Ok((loaded.booking, view))
}

/// Does an action once, however often it is sent.
///
/// # Errors
/// 404 not there or not theirs; 422 unknown action or bad input; 409 denied or somebody was faster, with the fresh
/// booking; 503 when the database is away. Nothing is changed by any of them.
pub async fn perform(ctx: &BookingContext, viewer: &Viewer, request: PerformRequest) -> Result<BookingView, AppError> {
    let started = Instant::now();
    let result = attempt(ctx, viewer, &request).await;
    let duration_us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    let (booking, action) = (request.booking_id.as_str(), request.action_name.as_str());
    match &result {
        Ok(done) => {
            let event = done.history.iter().find(|event| event.seq == done.version);
            let from = event.and_then(|event| event.from).map(Status::name);
            let (to, version) = (done.status.name(), done.version);
            tracing::info!(
                booking,
                action,
                actor = done.actor.name(),
                from,
                to,
                version,
                outcome = "done",
                duration_us,
                "action"
            );
        }
        Err(error) => {
            let actor = error.booking.as_ref().and_then(|booking| booking["actor"].as_str());
            let outcome = error.code.as_str();
            tracing::info!(booking, action, actor, version = request.version, outcome, duration_us, "action");
        }
    }
    result
}

/// What was typed, without what cannot be: photos come as files and get their ids here, or somebody could show another's.
pub fn typed(mut inputs: BTreeMap<String, String>) -> BTreeMap<String, String> {
    inputs.remove("photos");
    inputs
}

/// Whether the command was done to the booking, by whoever sent it.
///
/// # Errors
/// 404 when the booking is not there or not theirs; 503 when the database is away.
pub async fn was_done(
    ctx: &BookingContext,
    viewer: &Viewer,
    booking_id: &str,
    command_id: &str,
) -> Result<bool, AppError> {
    let (loaded, _) = load(ctx, viewer, booking_id).await?;
    Ok(loaded.commands.iter().any(|command| command.command_id == command_id))
}

/// A page of the viewer's bookings.
///
/// # Errors
/// 422 for an unknown status, role or cursor; 503 when the database is away.
pub async fn list(
    ctx: &BookingContext,
    viewer: &Viewer,
    status: Option<&str>,
    role: Option<&str>,
    cursor: Option<&str>,
) -> Result<BookingPage, AppError> {
    let non_empty = |text: Option<&str>| text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let status = non_empty(status).map(|name| {
        Status::from_name(&name).ok_or_else(|| AppError::bad_field("status", "bad_status", "There is no such status."))
    });
    let role = non_empty(role).map(|name| match name.as_str() {
        "customer" => Ok(Role::Customer),
        "provider" => Ok(Role::Provider),
        _ => Err(AppError::bad_field("role", "bad_role", "Choose customer or provider.")),
    });
    let cursor = non_empty(cursor).map(|text| {
        let lost = "This page cannot be found. Begin with the first one.";
        store::Cursor::read(&text).ok_or_else(|| AppError::bad_field("cursor", "bad_cursor", lost))
    });
    let filter = ListFilter { status: status.transpose()?, role: role.transpose()?, cursor: cursor.transpose()? };
    let (bookings, next) = store::list_for(&ctx.kit.db, viewer, &filter).await?;
    let bookings = bookings.iter().map(|booking| view::summary(booking, viewer)).collect();
    Ok(BookingPage { bookings, next_cursor: next.map(|cursor| cursor.to_string()) })
}

async fn load(ctx: &BookingContext, viewer: &Viewer, booking_id: &str) -> Result<(Loaded, Actor), AppError> {
    let loaded = store::find_for(&ctx.kit.db, viewer, booking_id, ctx.now).await?.ok_or_else(AppError::not_found)?;
    let role = loaded.booking.role_of(&viewer.id, viewer.is_admin).ok_or_else(AppError::not_found)?;
    let actor = Actor { role, id: viewer.id.clone(), name: viewer.name.clone() };
    Ok((loaded, actor))
}

fn see(ctx: &BookingContext, viewer: &Viewer, actor: &Actor, loaded: &Loaded) -> BookingView {
    let context = ViewContext { actor, zone: &viewer.zone, table: ctx.table, facts: &loaded.facts, now: ctx.now };
    view::booking(&loaded.booking, &context)
}

async fn attempt(ctx: &BookingContext, viewer: &Viewer, request: &PerformRequest) -> Result<BookingView, AppError> {
    check_command_id(&request.command_id)?;
    let (mut loaded, actor) = load(ctx, viewer, &request.booking_id).await?;
    let row = ctx.table.row(&request.action_name).ok_or_else(unknown_action)?;
    let digest = digest(&actor, request);
    if repeated(&loaded, request, &digest)? {
        return Ok(see(ctx, viewer, &actor, &loaded));
    }
    let mut inputs = Inputs::parse(row, &request.inputs, &loaded.booking).map_err(bad_inputs)?;
    if request.version != loaded.booking.version {
        return Err(stale(ctx, viewer, &actor, &loaded, request.version));
    }
    if let Some(starts_at) = inputs.starts_at.filter(|_| checks_new_time(row, &loaded.booking)) {
        loaded.facts.new_time_free = store::new_time_free(&ctx.kit.db, &loaded.booking, starts_at, ctx.now).await?;
    }
    if let Some(known) = inputs.knowing_the_code(row, &loaded.booking) {
        // A code is compared only where nothing else stands in the way, and not before the try is counted.
        let ask =
            Ask { booking: &loaded.booking, actor: &actor, row, inputs: &known, facts: &loaded.facts, now: ctx.now };
        if decide(&ask).is_ok() {
            loaded.facts.code_tries_left = store::take_code_try(&ctx.kit.db, &loaded.booking.id).await?;
        } else {
            inputs = known;
        }
    }
    let ask = Ask { booking: &loaded.booking, actor: &actor, row, inputs: &inputs, facts: &loaded.facts, now: ctx.now };
    let transition = match decide(&ask) {
        Ok(transition) => transition,
        Err(denials) => return Err(denied(ctx, viewer, &actor, &loaded, denials).await),
    };
    let command =
        Command { command_id: request.command_id.clone(), digest: digest.clone(), version: request.version + 1 };
    match store::apply(&ctx.kit.db, &loaded.booking, transition, Some(command)).await {
        Ok(after) => {
            loaded.booking = after;
            Ok(see(ctx, viewer, &actor, &loaded))
        }
        Err(ApplyError::Database(error)) => Err(error.into()),
        Err(ApplyError::SlotTaken) => {
            loaded.facts.slot_free = false;
            let message = "That time has just been taken by another booking.".into();
            let denial = Denial { code: "slot_taken", message, retry_at: None, field: None };
            Err(denied(ctx, viewer, &actor, &loaded, vec![denial]).await)
        }
        Err(ApplyError::Stale) => {
            let (fresh, actor) = load(ctx, viewer, &request.booking_id).await?;
            if repeated(&fresh, request, &digest)? {
                return Ok(see(ctx, viewer, &actor, &fresh));
            }
            Err(stale(ctx, viewer, &actor, &fresh, request.version))
        }
    }
}

/// Whether exactly this command was done before.
fn repeated(loaded: &Loaded, request: &PerformRequest, digest: &str) -> Result<bool, AppError> {
    match loaded.commands.iter().find(|command| command.command_id == request.command_id) {
        None => Ok(false),
        Some(command) if command.digest == digest => Ok(true),
        Some(_) => {
            let message = "This form was sent before with something else in it. Reload the page and send it again.";
            Err(AppError::bad_field("command_id", "command_reused", message))
        }
    }
}

/// What makes two commands the same: who, what and with which words; not the version they saw.
fn digest(actor: &Actor, request: &PerformRequest) -> String {
    let whole = serde_json::json!([actor.id, request.action_name, request.inputs]);
    hex::encode(Sha256::digest(whole.to_string()))
}

/// Whether a sender's key can be one.
///
/// # Errors
/// 422 with the field `command_id`.
pub fn check_command_id(command_id: &str) -> Result<(), AppError> {
    let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if (8..=64).contains(&command_id.len()) && command_id.chars().all(fine) {
        return Ok(());
    }
    let message = "A command needs a key of its own: 8 to 64 letters, digits, - or _.";
    Err(AppError::bad_field("command_id", "bad_command_id", message))
}

fn unknown_action() -> AppError {
    AppError::bad_field("action_name", "unknown_action", "There is no such action. Reload the page.")
}

fn bad_inputs(errors: Vec<FieldError>) -> AppError {
    let problem =
        |error: FieldError| FieldProblem { field: error.field, code: error.code.into(), message: error.message };
    AppError::bad_input(errors.into_iter().map(problem).collect())
}

fn checks_new_time(row: &Row, booking: &Booking) -> bool {
    let is_possible = row.edges.iter().any(|edge| edge.from.contains(&booking.state.status));
    is_possible && row.guards.contains(&Guard::NewTimeFree)
}

/// The answer to somebody who saw an older booking: what happened since, and what is possible now.
fn stale(ctx: &BookingContext, viewer: &Viewer, actor: &Actor, fresh: &Loaded, seen: i64) -> AppError {
    let booking = see(ctx, viewer, actor, fresh);
    let since = booking.history.iter().filter(|event| event.seq > seen);
    let changed = since.map(|event| format!("{} ({}, {}).", event.note, event.actor_name, event.at_text)).collect();
    let message = "The booking has changed since you opened it, so nothing was done. Look at it again.";
    AppError {
        changed,
        booking: serde_json::to_value(booking).ok(),
        ..AppError::new(ErrorKind::Conflict, "stale", message)
    }
}

/// The answer of the rules: what to mend in a field, or why it is not possible now.
async fn denied(
    ctx: &BookingContext,
    viewer: &Viewer,
    actor: &Actor,
    loaded: &Loaded,
    denials: Vec<Denial>,
) -> AppError {
    let problem = |denial: &Denial| {
        let field = denial.field?.into();
        Some(FieldProblem { field, code: denial.code.into(), message: denial.message.clone() })
    };
    if let Some(problems) = denials.iter().map(problem).collect::<Option<Vec<_>>>() {
        return AppError::bad_input(problems);
    }
    let mut alternatives = Vec::new();
    if denials.iter().any(|denial| denial.code == "slot_taken") {
        // The refusal stands even if the alternatives cannot be read.
        let free = store::next_free_times(&ctx.kit.db, &loaded.booking, ctx.now).await.unwrap_or_default();
        alternatives = free.into_iter().map(|at| at.text(&loaded.booking.zone)).collect();
    }
    let (code, message) = denials.first().map_or(("denied", ""), |first| (first.code, first.message.as_str()));
    AppError {
        denials: denials.iter().map(view::denial).collect(),
        alternatives,
        booking: serde_json::to_value(see(ctx, viewer, actor, loaded)).ok(),
        ..AppError::new(ErrorKind::Conflict, code, message)
    }
}
