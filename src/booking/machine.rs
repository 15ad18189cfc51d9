//! The booking machine: one pure table decides who may do what now, why not, what it costs, what
//! follows, and what happens by itself. Values in, values out: no clock, no database, no web.
//!
//! A new action is one more row in [`table`].

pub mod aggregate;
pub mod available;
pub mod case;
pub mod clocks;
pub mod decide;
pub mod diagram;
pub mod effects;
pub mod event;
pub mod fields;
pub mod guards;
pub mod history;
pub mod inputs;
pub mod names;
pub mod outbox;
pub mod policy;
pub mod reading;
pub mod row;
pub mod service;
pub mod state;
pub mod table;
pub mod terms;
pub mod updates;

#[cfg(test)]
pub(crate) mod tests;

pub use crate::booking::role::{self, Role};
pub use crate::booking::status::{self, Status};
pub use aggregate::{Actor, Booking, Facts, NewBooking, State};
pub use available::{AvailableAction, Preview, asks_for_slot, get_available_booking_actions, next_due};
pub use case::{Case, Denial};
pub use decide::{Ask, Transition, decide};
pub use inputs::Inputs;
pub use reading::FieldError;
pub use row::Row;
pub use table::{TABLE, Table};
