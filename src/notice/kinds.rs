//! The one table of notices: what it follows from, who reads it, in which words, and how it may be delayed
//! or ended. Pure data. A name in braces is filled in by [`text`](super::text); a sentence with a name that has nothing to
//! say is left out.

mod agreeing;
mod reviews;
mod trouble;
mod work;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::booking::machine::Role;
use crate::booking::machine::clocks::ReminderKind;
use crate::booking::machine::outbox::OutboxKind;

/// The mails somebody can do without, one choice each. What is of no group always comes.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Group {
    /// How a booking goes on.
    Bookings,
    /// Another time is proposed or answered.
    Changes,
    /// Something is due soon.
    Reminders,
    /// Reviews.
    Reviews,
    /// What the other side of a booking writes.
    Messages,
}

impl Group {
    /// Every group.
    pub const ALL: &[Group] = Self::VARIANTS;

    /// The name that is stored and stands in addresses: `bookings`.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// What it holds, in words.
    pub fn label(self) -> &'static str {
        match self {
            Group::Bookings => "How my bookings go on: requests, prices, answers, work done",
            Group::Changes => "New times that are proposed or answered",
            Group::Reminders => "Reminders of what is due soon",
            Group::Reviews => "Reviews",
            Group::Messages => "Messages about my bookings",
        }
    }

    /// The group of that name, if there is one.
    pub fn from_name(name: &str) -> Option<Group> {
        name.parse().ok()
    }
}

/// Whether a mail may wait for the end of somebody's quiet hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Within hours something is lost or somebody has arrived in vain.
    Urgent,
    /// Tomorrow morning is early enough.
    CanWait,
}

/// What a notice follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion<'a> {
    /// An action of the table, by its name.
    Action(&'a str),
    /// Something is due soon.
    Reminder(ReminderKind),
    /// A completed booking can be reviewed.
    Invitation,
    /// A review that was not sealed but published both.
    Published,
    /// Somebody has written.
    Message,
}

impl<'a> Occasion<'a> {
    /// The name that is stored as the kind of the notice and of its mail: `accept`, `starting_soon`.
    pub fn name(self) -> &'a str {
        match self {
            Occasion::Action(name) => name,
            Occasion::Reminder(kind) => kind.name(),
            Occasion::Invitation => OutboxKind::InviteReviews.name(),
            Occasion::Published => "review_published",
            Occasion::Message => "message",
        }
    }
}

/// One kind of notice for one kind of reader.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// What it follows from.
    pub on: Occasion<'static>,
    /// What its reader is to the booking.
    pub to: Role,
    /// The group it belongs to; none for what always comes.
    pub group: Option<Group>,
    /// Whether it may wait.
    pub class: Class,
    /// The title in the app and the subject of the mail.
    pub title: &'static str,
    /// What it says.
    pub sentences: &'static [&'static str],
    /// What the link to the booking's page is called.
    pub label: &'static str,
}

const TABLES: [&[Kind]; 4] = [agreeing::KINDS, work::KINDS, trouble::KINDS, reviews::KINDS];

/// Every kind.
pub fn all() -> impl Iterator<Item = &'static Kind> {
    TABLES.into_iter().flatten()
}

/// What an action of the table that has no words of its own is reported with: the sentence of its history.
const OTHERWISE: Kind =
    kind(Occasion::Action(""), Role::Customer, Group::Bookings, &["{note}."]).titled("{note}", "See the booking");

/// The notice to somebody in that role. An action that the table does not know is reported with its text in the history.
pub fn find(on: Occasion, to: Role) -> &'static Kind {
    all().find(|kind| kind.on == on && kind.to == to).unwrap_or(&OTHERWISE)
}

const fn kind(on: Occasion<'static>, to: Role, group: Group, sentences: &'static [&'static str]) -> Kind {
    Kind { on, to, group: Some(group), class: Class::CanWait, title: "", sentences, label: "" }
}

/// What nobody can end: it decides about money or a visit.
const fn always(on: Occasion<'static>, to: Role, sentences: &'static [&'static str]) -> Kind {
    Kind { group: None, ..kind(on, to, Group::Bookings, sentences) }
}

impl Kind {
    const fn titled(self, title: &'static str, label: &'static str) -> Kind {
        Kind { title, label, ..self }
    }

    const fn urgent(self) -> Kind {
        Kind { class: Class::Urgent, ..self }
    }
}
