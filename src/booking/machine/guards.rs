//! The conditions of the table. Each has a denial code, words, and where time cures it, an instant.

mod count;
mod state;
mod window;

use super::case::{Case, Denial};
use super::fields::Field;
use crate::time::Timestamp;

pub use count::{
    MAX_CHANGES, MAX_CODE_TRIES, MAX_EVIDENCE, MAX_FIXES, MAX_NO_SHOWS, MAX_OFFERS, MAX_OPEN_REQUESTS, MAX_QUOTES,
    MAX_REVIEW_EDITS,
};
pub use window::{DISPUTE_HOURS, Window};

/// The code of the denials of a time that is not free: the answer then names other times.
pub const SLOT_TAKEN: &str = "slot_taken";
/// The code of the denial that leads to one's profile.
pub const PROFILE_INCOMPLETE: &str = "profile_incomplete";

/// A condition of a row or a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named after what must hold; `check` says it in words")]
pub enum Guard {
    EmailVerified,
    ProfileComplete,
    ProviderActive,
    NotOwnService,
    LeadTime,
    InsideArea,
    WithinHours,
    SlotFree,
    FewOpenRequests,
    InstantAllowed,
    FixedPrice,
    PriceKnown,
    BeforeStart,
    QuotesLeft,
    QuoteOpen,
    NoChangeOpen,
    ChangesLeft,
    NewTimeSensible,
    NewTimeFree,
    OutsideNotice,
    TimeToAnswerChange,
    ChangeStillOpen,
    StartWindow,
    CodeTriesLeft,
    CodeRight,
    AtMostAgreed(Field),
    FixesLeft,
    NoShowWindow,
    NoShowsLeft,
    NotSettled,
    ContestWindow,
    ClockCompleted,
    AfterCompletionWindow,
    OffersLeft,
    EvidenceLeft,
    NoInterest,
    ReviewWindow,
    NotReviewed,
    StillSealed,
    ReviewEditsLeft,
    NotReplied,
    ReviewShown,
    ReviewHidden,
    Due,
}

impl Guard {
    /// Why the guard fails, or `None` when it holds.
    pub fn check(self, case: &Case) -> Option<Denial> {
        if let Some(window) = self.window(case.booking, case.clock) {
            if self == Guard::Due && window.opens.is_none() {
                let message = "This happens by itself, and there is nothing to wait for.".into();
                return Some(Denial { code: "not_due", message, retry_at: None, field: None });
            }
            return self.check_time(window, case);
        }
        if let Some(count) = self.count(case) {
            let message = || (count.sentence)(count.most);
            return (count.used >= count.most).then(|| Denial::new(count.code, message()));
        }
        let (holds, code, message) = self.check_state(case);
        (!holds).then(|| Denial { code, message: message.into(), retry_at: None, field: self.field() })
    }

    /// The code with which it denies, whether or not it does.
    pub fn code(self, case: &Case) -> &'static str {
        let never = Window { opens: Some(Timestamp(i64::MAX)), closes: None };
        match self.window(case.booking, case.clock) {
            Some(_) => self.check_time(never, case).map_or("", |denial| denial.code),
            None => self.count(case).map_or_else(|| self.check_state(case).1, |count| count.code),
        }
    }

    /// The field whose value the guard is about, so that the person can mend it.
    fn field(self) -> Option<&'static str> {
        match self {
            Guard::NewTimeSensible => Some(Field::StartsAt.name()),
            Guard::AtMostAgreed(field) => Some(field.name()),
            Guard::CodeRight => Some(Field::StartCode.name()),
            Guard::ReviewShown | Guard::ReviewHidden => Some(Field::Side.name()),
            _ => None,
        }
    }
}
