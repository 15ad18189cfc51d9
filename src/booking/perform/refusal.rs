//! Why an action was not done, as an error with what helps to go on.

use super::read::see;
use crate::booking::context::BookingContext;
use crate::booking::machine::guards::SLOT_TAKEN;
use crate::booking::machine::{Actor, Denial, FieldError};
use crate::booking::store::{self, Loaded};
use crate::booking::view;
use crate::error::{AppError, ErrorKind, FieldProblem};
use crate::web::viewer::Viewer;

pub(super) fn unknown_action() -> AppError {
    AppError::bad_field("action_name", "unknown_action", "There is no such action. Reload the page.")
}

pub(super) fn bad_inputs(errors: Vec<FieldError>) -> AppError {
    let problem =
        |error: FieldError| FieldProblem { field: error.field, code: error.code.into(), message: error.message };
    AppError::bad_input(errors.into_iter().map(problem).collect())
}

/// The answer to somebody who saw an older booking: what happened since, and what is possible now.
pub(super) fn stale(ctx: &BookingContext, viewer: &Viewer, actor: &Actor, fresh: &Loaded, seen: i64) -> AppError {
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
pub(super) async fn denied(
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
    if denials.iter().any(|denial| denial.code == SLOT_TAKEN) {
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
