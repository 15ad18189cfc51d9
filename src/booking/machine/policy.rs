//! What a cancellation or a no-show costs, and the splits of the agreed price.

use super::aggregate::{Booking, Role, Split};
use crate::money::Money;
use crate::time::Timestamp;

pub use super::terms::Policy;

/// What happens to the agreed price if `canceller` cancels now. None while no price is agreed.
pub fn cancellation(booking: &Booking, canceller: Role, now: Timestamp) -> Option<Split> {
    let price = booking.state.price?;
    if canceller != Role::Customer {
        return Some(refund_all(price));
    }
    let state = &booking.state;
    let policy = state.policy.unwrap_or(Policy::CURRENT);
    let in_grace = state.accepted_at.is_some_and(|at| now < at.plus_minutes(policy.grace_minutes));
    let start = fee_start(booking);
    let fee = if in_grace || now <= start.plus_hours(-policy.free_hours) {
        price.zero()
    } else if now <= start.plus_hours(-policy.last_hours) {
        capped(booking, price, policy.late_percent, policy.late_rate_hours)
    } else {
        capped(booking, price, policy.last_percent, policy.last_rate_hours)
    };
    Some(keep(price, fee))
}

/// What cancelling costs the customer from an instant on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeeStep {
    /// From here on, until the next step.
    pub from: Timestamp,
    /// The fee.
    pub fee: Money,
}

/// How the customer's fee grows from now until the start: the first step is the one at `now`. None where no price is agreed
/// or the start is over.
pub fn fee_steps(booking: &Booking, now: Timestamp) -> Vec<FeeStep> {
    let state = &booking.state;
    let policy = state.policy.unwrap_or(Policy::CURRENT);
    let start = fee_start(booking);
    let just_after = |hours: i64| Timestamp(start.plus_hours(-hours).0.saturating_add(1));
    let grace = state.accepted_at.map(|at| at.plus_minutes(policy.grace_minutes));
    let mut edges = vec![now, just_after(policy.free_hours), just_after(policy.last_hours)];
    edges.extend(grace);
    edges.retain(|at| *at >= now && *at < state.starts_at);
    edges.sort_unstable();
    let fee = |from| Some(FeeStep { from, fee: cancellation(booking, Role::Customer, from)?.kept });
    let mut steps: Vec<FeeStep> = edges.into_iter().filter_map(fee).collect();
    steps.dedup_by_key(|step| step.fee);
    steps
}

/// The start that fees are counted from.
fn fee_start(booking: &Booking) -> Timestamp {
    let state = &booking.state;
    state.fee_anchor.map_or(state.starts_at, |anchor| anchor.min(state.starts_at))
}

/// What happens to the agreed price if `absent` did not come.
pub fn no_show(booking: &Booking, absent: Role) -> Option<Split> {
    let price = booking.state.price?;
    if absent != Role::Customer {
        return Some(refund_all(price));
    }
    let policy = booking.state.policy.unwrap_or(Policy::CURRENT);
    Some(keep(price, capped(booking, price, policy.last_percent, policy.last_rate_hours)))
}

/// Everything goes back to the customer.
pub fn refund_all(price: Money) -> Split {
    keep(price, price.zero())
}

/// The provider keeps `kept`; the rest goes back.
pub fn keep(price: Money, kept: Money) -> Split {
    Split { kept, refund: price.minus(kept) }
}

/// When a booking is moved inside the fee window, its old start stays the one that fees are counted from.
pub fn anchor_after_move(booking: &Booking, now: Timestamp) -> Option<Timestamp> {
    let state = &booking.state;
    let policy = state.policy?;
    let inside = now > state.starts_at.plus_hours(-policy.free_hours);
    let moved_from = inside.then_some(state.starts_at);
    state.fee_anchor.into_iter().chain(moved_from).min()
}

/// The smaller of a share of the price and a number of hours' rate; an hour's rate is price / planned hours.
fn capped(booking: &Booking, price: Money, percent: i64, rate_hours: i64) -> Money {
    price.ratio(percent, 100).min(price.ratio(rate_hours * 60, booking.planned_minutes()))
}
