//! Doing an action: load, decide, write once, answer with the fresh booking.

mod command;
mod read;
mod refusal;

use std::time::Instant;

use super::machine::guards::{Guard, SLOT_TAKEN};
use super::machine::{Ask, Booking, Denial, Inputs, Row, Status, Transition, decide};
use super::schema::BookingView;
use super::store::{self, ApplyError, Command};
use crate::booking::context::BookingContext;
use crate::error::AppError;
use crate::web::viewer::Viewer;
use command::{digest, repeated};
use read::{load, see};
use refusal::{bad_inputs, denied, stale, unknown_action};

pub use command::{PerformRequest, check_command_id, typed};
pub use read::{list, load_view, load_with_view, was_done};

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
    match write(ctx, &loaded.booking, transition, command).await {
        Ok(after) => {
            loaded.booking = after;
            Ok(see(ctx, viewer, &actor, &loaded))
        }
        Err(ApplyError::Database(error)) => Err(error.into()),
        Err(ApplyError::SlotTaken) => {
            loaded.facts.slot_free = false;
            let message = "That time has just been taken by another booking.".into();
            let denial = Denial { code: SLOT_TAKEN, message, retry_at: None, field: None };
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

/// Writes a transition, and hands the booking to this process's worker if that has room.
async fn write(
    ctx: &BookingContext,
    before: &Booking,
    transition: Transition,
    command: Command,
) -> Result<Booking, ApplyError> {
    let (db, command) = (&ctx.kit.db, Some(command));
    let Some(room) = ctx.handover.room() else {
        return store::apply(db, before, transition, command).await;
    };
    let (after, lease) = store::apply_and_lease(db, before, transition, command).await?;
    room.put(lease);
    Ok(after)
}

fn checks_new_time(row: &Row, booking: &Booking) -> bool {
    let is_possible = row.edges.iter().any(|edge| edge.from.contains(&booking.state.status));
    is_possible && row.guards.contains(&Guard::NewTimeFree)
}
