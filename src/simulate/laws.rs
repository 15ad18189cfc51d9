//! The laws of the booking machine, as questions about what has just happened.

use std::collections::BTreeMap;

use super::store::Store;
use crate::booking::machine::aggregate::Hold;
use crate::booking::machine::clocks::reminders;
use crate::booking::machine::guards::{
    MAX_CHANGES, MAX_EVIDENCE, MAX_FIXES, MAX_NO_SHOWS, MAX_OFFERS, MAX_QUOTES, SLOT_TAKEN,
};
use crate::booking::machine::history::Source;
use crate::booking::machine::{
    Ask, AvailableAction, Booking, Denial, Facts, Role, Row, Status, Table, Transition, get_available_booking_actions,
    next_due,
};
use crate::booking::slots;
use crate::domain::chain;
use crate::time::Timestamp;

/// A law that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The law, in words.
    pub law: &'static str,
    /// The booking's id.
    pub booking: String,
    /// What was seen instead.
    pub what: String,
}

/// Whether a law holds, and if not, where.
pub type Held = Result<(), Broken>;

/// Says that a law is broken unless `holds`.
///
/// # Errors
/// The law.
pub fn law(holds: bool, law: &'static str, booking: &Booking, what: impl FnOnce() -> String) -> Held {
    if holds { Ok(()) } else { Err(Broken { law, booking: booking.id.clone(), what: what() }) }
}

/// The laws that one transition has to keep.
///
/// # Errors
/// The first law that is broken.
pub fn moved(table: Table, before: &Booking, after: &Booking) -> Held {
    let (old, state) = (&before.state, &after.state);
    let law =
        |holds: bool, description: &'static str| law(holds, description, after, || format!("{old:?} became {state:?}"));
    law(after.version == before.version + 1, "every action makes one version")?;
    if let Some(split) = state.split {
        let sums = state.price.is_some_and(|price| split.kept.amount + split.refund.amount == price.amount);
        law(sums && split.kept.amount >= 0 && split.refund.amount >= 0, "a split sums to the price")?;
    }
    let open = matches!(state.status, Status::Requested | Status::Quoted | Status::Accepted);
    law(open || state.change.is_none(), "a change is open only while the booking is")?;
    if state.is_final() {
        law(state.hold == Hold::Free, "a final booking holds no time")?;
    } else {
        let alarm = state.status == Status::Disputed && !reminders(after).is_empty();
        law(alarm || next_due(table, after).is_some(), "every unfinished status has a clock")?;
    }
    let reopened = old.status == Status::Completed && state.status == Status::Disputed;
    law(!old.is_final() || reopened || state.status == old.status, "final stays final")?;
    let within = |counts: &BTreeMap<String, u32>, most: u32| counts.values().all(|count| *count <= most);
    law(within(&state.changes_proposed, MAX_CHANGES), "changes are limited")?;
    law(within(&state.no_shows_reported, MAX_NO_SHOWS), "no-show reports are limited")?;
    law(state.fixes <= MAX_FIXES && state.reviews.len() <= 2, "fixes and reviews are limited")?;
    for role in [Role::Customer, Role::Provider] {
        let offers = state.dispute.iter().flat_map(|dispute| &dispute.offers).filter(|offer| offer.by == role);
        let evidence = state.dispute.iter().flat_map(|dispute| &dispute.evidence).filter(|one| one.by == role);
        law(state.quotes_by(role) <= MAX_QUOTES && offers.count() <= MAX_OFFERS, "quotes and offers are limited")?;
        law(evidence.count() <= MAX_EVIDENCE, "evidence is limited")?;
    }
    last_event(before, after)
}

/// The last event follows the one before, has the right hash, and belongs to this transition.
fn last_event(before: &Booking, after: &Booking) -> Held {
    let description = "the history is a chain";
    let Some(event) = after.history.last() else { return law(false, description, after, || "no event".into()) };
    let previous = before.history.last().map_or("", |event| event.hash.as_str());
    let follows = event.seq == after.version && event.prev_hash == previous;
    let belongs = event.from == Some(before.state.status) && event.to == after.state.status;
    let whole = after.history.len() == before.history.len() + 1 && event.hash == chain::digest(event);
    law(follows && belongs && whole, description, after, || format!("{event:?}"))?;
    let timer = (event.source == Source::Timer) == (event.actor == Role::System);
    law(timer, "the history says who acted", after, || format!("{event:?}"))
}

/// A system action happens at its instant and not before.
///
/// # Errors
/// The law.
pub fn on_time(before: &Booking, row: &Row, at: Timestamp) -> Held {
    let due = row.clock.and_then(|clock| clock.due(before));
    let fair = row.clock.is_none() || due.is_some_and(|due| due <= at);
    law(fair, "no clock strikes early", before, || format!("{} at {at:?}, due {due:?}", row.action_name))
}

/// What is listed as available executes, and nothing else does, on the same facts.
///
/// # Errors
/// The law.
pub fn listed(listed: &[AvailableAction], ask: &Ask, decided: &Result<Transition, Vec<Denial>>) -> Held {
    let offer = listed.iter().find(|offer| offer.row.action_name == ask.row.action_name);
    // A listing knows nothing of what will be typed.
    let typed = |denial: &Denial| {
        let time = denial.code == SLOT_TAKEN && ask.inputs.starts_at.is_some();
        denial.field.is_some() || time
    };
    let agrees = match (offer, decided) {
        (Some(offer), Ok(done)) => {
            let ahead = offer.deadline.is_none_or(|deadline| deadline > ask.now);
            offer.available() && offer.to == done.state.status && ahead
        }
        (Some(offer), Err(denials)) if offer.available() => denials.iter().all(typed),
        (Some(offer), Err(denials)) => {
            let is_shown = |one: &Denial| denials.iter().any(|denial| denial.code == one.code) || typed(one);
            offer.denials.iter().all(is_shown)
        }
        (None, Err(denials)) => denials.len() == 1,
        (None, Ok(_)) => false,
    };
    law(agrees, "what is listed as available executes, and nothing else does", ask.booking, || {
        let offer = offer.map(|offer| &offer.denials);
        let denials = decided.as_ref().err();
        format!("{} by {:?}: listed {offer:?}, decided {denials:?}", ask.row.action_name, ask.actor.role)
    })
}

/// The one row as a listing shows it, or nothing. Asked of a table of one row, because the whole costs as many decisions.
pub fn offer<'t>(ask: &Ask<'t>, facts: &Facts) -> Vec<AvailableAction<'t>> {
    let table = Table(std::slice::from_ref(ask.row));
    get_available_booking_actions(table, ask.booking, ask.actor, facts, ask.now)
}

/// The booking's cells are claimed for it, all of them. That there are no others is counted at the end of a world.
///
/// # Errors
/// The law.
pub fn claimed(store: &Store, booking: &Booking) -> Held {
    let claims = store.claims();
    let wrong = slots::claims(booking).into_iter().find(|(cell, firm)| {
        let claim = claims.get(cell);
        claim.is_none_or(|claim| claim.booking != booking.id || claim.firm != *firm || claim.until.is_some())
    });
    law(wrong.is_none(), "the cells of a booking are claimed for it", booking, || format!("{wrong:?}"))
}

/// No two bookings of one provider that hold their time overlap. Compared by instants, not by cells.
#[derive(Clone, Debug, Default)]
pub struct Calendars(BTreeMap<String, BTreeMap<String, Vec<(Timestamp, Timestamp)>>>);

impl Calendars {
    /// Notes what a booking holds now, in place of what it held.
    ///
    /// # Errors
    /// The law, when it overlaps with another.
    pub fn note(&mut self, booking: &Booking) -> Held {
        let state = &booking.state;
        let change = state.change.as_ref().map(|change| (change.starts_at, change.ends_at));
        let own = (state.hold != Hold::Free).then_some((state.starts_at, state.ends_at));
        let (before, after) = (booking.service.buffer_before_minutes, booking.service.buffer_after_minutes);
        let spans = own.into_iter().chain(change);
        let spans: Vec<_> = spans.map(|(from, to)| (from.plus_minutes(-before), to.plus_minutes(after))).collect();
        let calendar = self.0.entry(booking.provider.id.clone()).or_default();
        calendar.remove(&booking.id);
        let meets = |other: &&(Timestamp, Timestamp)| spans.iter().any(|span| span.0 < other.1 && other.0 < span.1);
        let other = calendar.iter().find(|(_, held)| held.iter().any(|span| meets(&span)));
        let other = other.map(|(id, held)| format!("{spans:?} and {id} at {held:?}"));
        if !spans.is_empty() {
            calendar.insert(booking.id.clone(), spans);
        }
        law(other.is_none(), "no two bookings of one provider overlap", booking, || other.unwrap_or_default())
    }
}
