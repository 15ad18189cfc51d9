//! The guards that a number alone decides, and what there is at most of each.

use std::collections::BTreeMap;

use super::Guard;
use crate::booking::machine::aggregate::Role;
use crate::booking::machine::case::Case;
use crate::booking::machine::event::Event;
use crate::domain::limit::times;

/// Most open requests of one customer with one provider.
pub const MAX_OPEN_REQUESTS: u32 = 3;
/// Most prices each side may name.
pub const MAX_QUOTES: usize = 5;
/// Most proposals of another time a side.
pub const MAX_CHANGES: u32 = 3;
/// Most fixes a customer may ask for.
pub const MAX_FIXES: u32 = 2;
/// Most no-show reports a side.
pub const MAX_NO_SHOWS: u32 = 2;
/// Most settlement offers a side.
pub const MAX_OFFERS: usize = 3;
/// Most pieces of evidence a side.
pub const MAX_EVIDENCE: usize = 10;
/// Most edits of a review by whoever wrote it.
pub const MAX_REVIEW_EDITS: usize = 5;
/// Most wrong codes for the start of a booking, ever: of 10,000 codes they find one in 2,000.
pub const MAX_CODE_TRIES: i32 = 5;

/// The field of the state that holds the reviews, as histories name it.
const REVIEWS: &str = "reviews";

/// How much of something somebody has had, and the most that there is.
pub(super) struct Count {
    pub used: usize,
    pub most: usize,
    pub code: &'static str,
    /// What is said when nothing is left, of the most.
    pub sentence: fn(usize) -> String,
}

impl Guard {
    /// What has been given of something that there are only so many of, for guards that a number alone decides.
    pub(super) fn count(self, case: &Case) -> Option<Count> {
        let state = &case.booking.state;
        let by = case.actor.role;
        let of = |counts: &BTreeMap<String, u32>| counts.get(by.name()).copied().unwrap_or(0) as usize;
        let dispute = state.dispute.as_ref();
        let mine = |by_whom: &[Role]| by_whom.iter().filter(|role| **role == by).count();
        let (used, most, code, sentence): (usize, usize, &'static str, fn(usize) -> String) = match self {
            Guard::FewOpenRequests => {
                (case.facts.open_requests as usize, MAX_OPEN_REQUESTS as usize, "too_many_requests", |most| {
                    format!("You have {most} open requests with this provider. Wait for an answer first.")
                })
            }
            Guard::QuotesLeft => (state.quotes_by(by), MAX_QUOTES, "no_quotes_left", |most| {
                format!("You have named {most} prices, the most for one booking.")
            }),
            Guard::ChangesLeft => (of(&state.changes_proposed), MAX_CHANGES as usize, "no_changes_left", |most| {
                format!("You have proposed {most} other times, the most for one booking.")
            }),
            Guard::FixesLeft => (state.fixes as usize, MAX_FIXES as usize, "no_fixes_left", |most| {
                format!("You have asked for {most} fixes. You can confirm or open a dispute.")
            }),
            Guard::NoShowsLeft => (of(&state.no_shows_reported), MAX_NO_SHOWS as usize, "no_reports_left", |most| {
                format!("You have reported this {}, the most for one booking.", times(most))
            }),
            Guard::OffersLeft => {
                let offers: Vec<Role> = dispute.into_iter().flat_map(|it| &it.offers).map(|offer| offer.by).collect();
                (mine(&offers), MAX_OFFERS, "no_offers_left", |most| {
                    format!("You have made {most} offers, the most for one dispute.")
                })
            }
            Guard::EvidenceLeft => {
                let used: Vec<Role> = dispute.into_iter().flat_map(|it| &it.evidence).map(|one| one.by).collect();
                (mine(&used), MAX_EVIDENCE, "no_evidence_left", |most| {
                    format!("You have added evidence {}, the most for one dispute.", times(most))
                })
            }
            Guard::ReviewEditsLeft => {
                // The event of the draft names every field, and the first of the others wrote the review.
                let moves_reviews = |event: &&Event| event.actor == by && event.changes.contains_key(REVIEWS);
                let written = case.booking.history.iter().skip(1).filter(moves_reviews).count();
                (written.saturating_sub(1), MAX_REVIEW_EDITS, "no_edits_left", |most| {
                    format!("You have edited your review {}, the most for one review.", times(most))
                })
            }
            _ => return None,
        };
        Some(Count { used, most, code, sentence })
    }
}
