//! From a kind to the words for one reader: names filled in, times on the reader's own clock. Pure.

use super::kinds::Kind;
use crate::booking::machine::aggregate::CompletedBy;
use crate::booking::machine::clocks::Clock;
use crate::booking::machine::history::Event;
use crate::booking::machine::outbox::OutboxEntry;
use crate::booking::machine::{Booking, Role, TABLE, next_due};
use crate::booking::redaction;
use crate::money::Money;
use crate::time::{Timestamp, zone_name};

/// What is reported, and to whom.
#[derive(Clone, Copy, Debug)]
pub struct NoticeContext<'a> {
    /// The booking as it stands.
    pub booking: &'a Booking,
    /// What it follows from.
    pub entry: &'a OutboxEntry,
    /// What the reader is to the booking.
    pub to: Role,
    /// The IANA zone the reader lives in.
    pub zone: &'a str,
}

/// A notice in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeText {
    /// One line.
    pub title: String,
    /// What happened and what to do, a sentence or two each.
    pub sentences: Vec<String>,
}

/// The words of a kind.
pub fn of(kind: &Kind, context: &NoticeContext) -> NoticeText {
    let title = fill(kind.title, context).unwrap_or_default();
    NoticeText { title, sentences: kind.sentences.iter().filter_map(|sentence| fill(sentence, context)).collect() }
}

/// The sentence with its names filled in; nothing if one of them has nothing to say.
fn fill(sentence: &str, context: &NoticeContext) -> Option<String> {
    let mut filled = String::with_capacity(2 * sentence.len());
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        filled.push_str(before);
        filled.push_str(&context.value(name)?);
        rest = after;
    }
    filled.push_str(rest);
    Some(filled)
}

impl<'a> NoticeContext<'a> {
    /// The event of the history that it follows from; none for a reminder.
    pub fn event(&self) -> Option<&'a Event> {
        let version: i64 = self.entry.key.split(':').nth(1)?.parse().ok()?;
        let event = self.booking.history.iter().find(|event| event.seq == version)?;
        (event.action_name == self.entry.action_name).then_some(event)
    }

    fn value(&self, name: &str) -> Option<String> {
        let NoticeContext { booking, .. } = *self;
        let state = &booking.state;
        match name {
            "customer" => Some(booking.customer.name.clone()),
            "provider" => Some(booking.provider.name.clone()),
            "other" => self.name(self.to.other_party()),
            "absent" => match state.no_show.as_ref()?.by.other_party() {
                absent if absent == Some(self.to) => Some("you".into()),
                absent => self.name(absent),
            },
            "opener" => self.name(Some(state.dispute.as_ref()?.by)),
            "service" => Some(booking.service.title.clone()),
            "reference" => Some(booking.reference.clone()),
            "place" => Some(booking.place.label.clone()),
            "note" => self.event().map(|event| event.note.clone()),
            "message" => {
                let event = self.event()?;
                Some(redaction::text(booking, event.actor, self.to, event.message.as_deref()?).into_owned())
            }
            "when" => Some(self.moment(state.starts_at)),
            "new_when" => Some(self.moment(state.change.as_ref()?.starts_at)),
            "due" => next_due(TABLE, booking).map(|(_, at)| self.moment(at)),
            "change_due" => Clock::Change.due(booking).map(|at| self.moment(at)),
            "price" => state.price.map(Money::text),
            "final_amount" => state
                .final_amount
                .filter(|last| state.price.is_some_and(|price| last.amount < price.amount))
                .map(Money::text),
            "offered" => Some(state.open_offer()?.refund.text()),
            "kept" | "fee" => more_than_nothing(state.split?.kept),
            "refund" => more_than_nothing(state.split?.refund),
            "proposed" => {
                let split = state.no_show.as_ref()?.split;
                let (kept, refund) = (split.kept.text(), split.refund.text());
                Some(format!("{kept} to {}, {refund} back to {}.", booking.provider.name, booking.customer.name))
            }
            "review" => self.may_review().then(|| {
                let other = self.name(self.to.other_party()).unwrap_or_default();
                let until = self.value("review_until").unwrap_or_default();
                format!("How was it with {other}? You can leave a review until {until}.")
            }),
            "review_until" => Clock::Reviews.due(booking).map(|at| self.moment(at)),
            _ => None,
        }
    }

    fn name(&self, role: Option<Role>) -> Option<String> {
        self.booking.party(role?).map(|party| party.name.clone())
    }

    fn may_review(&self) -> bool {
        let state = &self.booking.state;
        let completed = state.completed_by.is_some_and(|by| by != CompletedBy::Clock || state.completed_at.is_some());
        completed && !state.reviews.contains_key(self.to.name())
    }

    /// An instant on the reader's clock, and on that of the place where it shows another time.
    fn moment(&self, at: Timestamp) -> String {
        let (own, place) = (self.zone, self.booking.zone.as_str());
        if at.local_field(own) == at.local_field(place) {
            return at.text(own);
        }
        let there = if at.day_text(own) == at.day_text(place) {
            format!("{} {}", at.clock_text(place), zone_name(at, place))
        } else {
            at.soon_text(place)
        };
        format!("{} ({there} at the place)", at.text(own))
    }
}

fn more_than_nothing(money: Money) -> Option<String> {
    (money.amount > 0).then(|| money.text())
}
