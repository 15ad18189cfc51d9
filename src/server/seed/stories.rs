//! The bookings of the demo, as stories: who books what for when, and what happened then.
//!
//! Around now Hemi's day is full on purpose: a job that began half an hour ago and one that begins soon leave no time
//! for a third, so what else has to be near now is Priya's, or earlier and later today.

use super::jobs::{Job, Spot};
use super::people::Person;
use crate::booking::machine::Role;

mod now;
mod past;

/// When a booking starts.
#[derive(Clone, Copy)]
pub(super) enum When {
    /// So many quarters of an hour after the last full one.
    Quarter(i64),
    /// So many days after today, at this time on the wall of the place.
    Day(i64, &'static str),
}

/// When something was done, in minutes.
#[derive(Clone, Copy)]
pub(super) enum At {
    /// Before now.
    Ago(i64),
    /// Before the start.
    Before(i64),
    /// After the start.
    After(i64),
    /// When the clock struck.
    Due,
}

/// Something that was done.
pub(super) struct Step {
    pub by: Role,
    pub action: &'static str,
    pub at: At,
    /// What was typed. A new start is written as days after the old one.
    pub inputs: &'static [(&'static str, &'static str)],
}

impl Step {
    /// The same with what was typed.
    const fn with(self, inputs: &'static [(&'static str, &'static str)]) -> Step {
        Step { inputs, ..self }
    }
}

/// One booking of the demo.
pub(super) struct Story {
    /// Never changes: the booking's id is made of it.
    pub key: &'static str,
    pub customer: &'static Person,
    pub job: &'static Job,
    pub spot: &'static Spot,
    pub start: When,
    pub details: &'static str,
    pub steps: &'static [Step],
}

/// Every story.
pub(super) static STORIES: [&[Story]; 2] = [now::STORIES, past::STORIES];

/// The keys of all stories.
pub(super) fn keys() -> impl Iterator<Item = &'static str> {
    STORIES.iter().flat_map(|stories| stories.iter()).map(|story| story.key)
}

const fn step(by: Role, action: &'static str, at: At) -> Step {
    Step { by, action, at, inputs: &[] }
}

const fn customer(action: &'static str, at: At) -> Step {
    step(Role::Customer, action, at)
}

const fn provider(action: &'static str, at: At) -> Step {
    step(Role::Provider, action, at)
}

const fn admin(action: &'static str, at: At) -> Step {
    step(Role::Admin, action, at)
}

const fn clock(action: &'static str) -> Step {
    step(Role::System, action, At::Due)
}

macro_rules! story {
    ($key:literal: $customer:ident, $job:ident, $spot:ident, $start:expr, $details:literal, [$($step:expr),* $(,)?]) => {
        Story {
            key: $key,
            customer: &$customer,
            job: &$job,
            spot: &$spot,
            start: $start,
            details: $details,
            steps: &[$($step),*],
        }
    };
}
use story;
