//! The table itself. Adding an action is one more row here.

use Who::{
    Accused, Admin, Asked, CodeHolder, Customer, Offered, Proposer, Provider, Reporter, Reviewed, Reviewer, System,
};

use super::aggregate::CompletedBy;
use super::clocks::{CONTEST_HOURS, Clock, DRAFT_HOURS, SILENCE_HOURS};
use super::effects::Effect::*;
use super::fields::Field::*;
use super::guards::Guard::*;
use super::row::{EMPTY, Edge, Row, Who, edge, stay};
use super::updates::Update;
use crate::booking::status::Status::{self, *};
use crate::domain::limit::sentence;

/// A set of rows; the tests extend it by one.
#[derive(Clone, Copy, Debug)]
pub struct Table<'t>(pub &'t [Row]);

impl<'t> Table<'t> {
    /// The rows in the order of a booking's lifecycle.
    pub fn rows(self) -> &'t [Row] {
        self.0
    }

    /// The row of that name, if there is one.
    pub fn row(self, action_name: &str) -> Option<&'t Row> {
        self.0.iter().find(|row| row.action_name == action_name)
    }
}

/// The marketplace's table.
pub const TABLE: Table<'static> = Table(ROWS);

const BOTH: &[Who] = &[Customer, Provider];
const OPEN: &[Status] = &[Requested, Accepted];

const ROWS: &[Row] = &[
    Row {
        action_name: "request",
        button_label: "Send request",
        note: "Request sent by the {role}",
        edges: &[edge(&[Customer], &[Draft], Requested)],
        guards: &[
            EmailVerified,
            ProfileComplete,
            ProviderActive,
            NotOwnService,
            LeadTime,
            InsideArea,
            WithinHours,
            SlotFree,
            FewOpenRequests,
        ],
        inputs: &[Message.optional()],
        updates: &[Update::Ask, Update::ListPrice, Update::HoldIfWanted],
        effects: &[TellProvider],
        ..EMPTY
    },
    Row {
        action_name: "book_instantly",
        button_label: "Book now",
        note: "Booked at once by the {role}",
        edges: &[edge(&[Customer], &[Draft], Accepted)],
        guards: &[
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
        ],
        inputs: &[Message.optional()],
        updates: &[Update::Ask, Update::ListPrice, Update::HoldFirmly, Update::Agree],
        effects: &[TellProvider, AuthorisePayment],
        ..EMPTY
    },
    Row {
        action_name: "accept",
        button_label: "Accept",
        note: "Booking accepted by the {role}",
        edges: &[edge(&[Provider], &[Requested], Accepted)],
        guards: &[PriceKnown, SlotFree, BeforeStart],
        inputs: &[Message.optional()],
        updates: &[Update::HoldFirmly, Update::Agree],
        effects: &[TellCustomer, AuthorisePayment],
        ..EMPTY
    },
    Row {
        action_name: "decline",
        button_label: "Decline",
        note: "Request declined by the {role}",
        is_critical: true,
        edges: &[edge(&[Provider], &[Requested], Declined)],
        inputs: &[Reason.required()],
        updates: &[Update::Release],
        effects: &[TellCustomer],
        ..EMPTY
    },
    Row {
        action_name: "quote",
        button_label: "Send quote",
        note: "Quote sent by the {role}",
        edges: &[edge(&[Provider], &[Requested, Quoted], Quoted)],
        guards: &[QuotesLeft, BeforeStart],
        inputs: &[Amount.required(), Message.optional()],
        updates: &[Update::AddQuote],
        effects: &[TellCustomer],
        ..EMPTY
    },
    Row {
        action_name: "counter",
        button_label: "Ask for a better price",
        note: "Better price asked for by the {role}",
        edges: &[edge(&[Customer], &[Quoted], Requested)],
        guards: &[QuoteOpen, QuotesLeft],
        inputs: &[Amount.required(), Message.optional()],
        updates: &[Update::AddQuote, Update::Ask],
        effects: &[TellProvider],
        ..EMPTY
    },
    Row {
        action_name: "accept_quote",
        button_label: "Accept quote",
        note: "Quote accepted by the {role}",
        edges: &[edge(&[Customer], &[Quoted], Accepted)],
        guards: &[QuoteOpen, SlotFree],
        updates: &[Update::HoldFirmly, Update::Agree],
        effects: &[TellProvider, AuthorisePayment],
        ..EMPTY
    },
    Row {
        action_name: "decline_quote",
        button_label: "Decline quote",
        note: "Quote declined by the {role}",
        is_critical: true,
        edges: &[edge(&[Customer], &[Quoted], Declined)],
        inputs: &[Reason.optional()],
        updates: &[Update::Release],
        effects: &[TellProvider],
        ..EMPTY
    },
    Row {
        action_name: "withdraw",
        button_label: "Withdraw request",
        note: "Request withdrawn by the {role}",
        is_critical: true,
        edges: &[edge(&[Customer], &[Requested, Quoted], Cancelled)],
        inputs: &[Reason.optional()],
        updates: &[Update::Release],
        effects: &[TellProvider],
        ..EMPTY
    },
    Row {
        action_name: "cancel",
        button_label: "Cancel booking",
        note: "Booking cancelled by the {role}",
        is_critical: true,
        edges: &[edge(BOTH, &[Accepted], Cancelled)],
        guards: &[BeforeStart],
        inputs: &[Reason.required()],
        updates: &[Update::CancelWithFee, Update::Release],
        effects: &[TellOther, SettlePayment, Strike],
        ..EMPTY
    },
    Row {
        action_name: "propose_change",
        button_label: "Propose a new time",
        note: "New time proposed by the {role}",
        edges: &[Edge { guards: &[OutsideNotice], ..stay(&[Customer], OPEN) }, stay(&[Provider], OPEN)],
        guards: &[NoChangeOpen, ChangesLeft, TimeToAnswerChange, NewTimeSensible, NewTimeFree],
        inputs: &[StartsAt.required(), Message.optional()],
        updates: &[Update::OpenChange],
        effects: &[TellOther],
        ..EMPTY
    },
    Row {
        action_name: "accept_change",
        button_label: "Accept new time",
        note: "New time accepted by the {role}",
        edges: &[stay(&[Asked], OPEN)],
        guards: &[ChangeStillOpen],
        updates: &[Update::MoveToChange],
        effects: &[TellOther],
        ..EMPTY
    },
    Row {
        action_name: "decline_change",
        button_label: "Decline new time",
        note: "New time declined by the {role}",
        edges: &[stay(&[Asked], OPEN)],
        inputs: &[Message.optional()],
        updates: &[Update::CloseChange],
        effects: &[TellOther],
        ..EMPTY
    },
    Row {
        action_name: "withdraw_change",
        button_label: "Withdraw proposal",
        note: "Proposal withdrawn by the {role}",
        edges: &[stay(&[Proposer], OPEN)],
        updates: &[Update::CloseChange],
        effects: &[TellOther],
        ..EMPTY
    },
    Row {
        action_name: "start",
        button_label: "Start work",
        note: "Work started by the {role}",
        edges: &[edge(&[Provider], &[Accepted], InProgress)],
        guards: &[StartWindow, NoChangeOpen, CodeTriesLeft, CodeRight],
        inputs: &[StartCode.optional()],
        updates: &[Update::Start],
        effects: &[TellCustomer],
        ..EMPTY
    },
    Row {
        action_name: "confirm_start",
        button_label: "Work has started",
        note: "Start confirmed by the {role}",
        edges: &[edge(&[CodeHolder], &[Accepted], InProgress)],
        guards: &[StartWindow, NoChangeOpen],
        updates: &[Update::Start],
        effects: &[TellProvider],
        ..EMPTY
    },
    Row {
        action_name: "finish",
        button_label: "Mark as done",
        note: "Marked as done by the {role}",
        edges: &[edge(&[Provider], &[InProgress], AwaitingConfirmation)],
        guards: &[AtMostAgreed(FinalAmount)],
        inputs: &[FinalAmount.optional(), Message.optional()],
        updates: &[Update::MarkDone],
        effects: &[TellCustomer],
        ..EMPTY
    },
    Row {
        action_name: "confirm",
        button_label: "Confirm completion",
        note: "Completion confirmed by the {role}",
        edges: &[edge(&[Customer], &[InProgress, AwaitingConfirmation], Completed)],
        updates: &[Update::CompleteAs(CompletedBy::Customer), Update::Release],
        effects: &[TellProvider, SettlePayment, InviteReviews, UpdateRatings],
        ..EMPTY
    },
    Row {
        action_name: "request_fix",
        button_label: "Ask for a fix",
        note: "A fix asked for by the {role}",
        edges: &[edge(&[Customer], &[AwaitingConfirmation], InProgress)],
        guards: &[FixesLeft],
        inputs: &[Message.required()],
        updates: &[Update::AskForFix],
        effects: &[TellProvider],
        ..EMPTY
    },
    Row {
        action_name: "report_no_show",
        button_label: "Report no-show",
        note: "No-show reported by the {role}",
        is_critical: true,
        edges: &[edge(BOTH, &[Accepted], NoShow)],
        guards: &[NoShowWindow, NoShowsLeft],
        inputs: &[Message.optional()],
        updates: &[Update::ReportNoShow, Update::CloseChange],
        effects: &[TellOther],
        ..EMPTY
    },
    Row {
        action_name: "undo_no_show",
        button_label: "Undo no-show report",
        note: "No-show report undone by the {role}",
        edges: &[edge(&[Reporter], &[NoShow], Accepted)],
        guards: &[NotSettled],
        updates: &[Update::UndoNoShow],
        effects: &[TellOther],
        ..EMPTY
    },
    Row {
        action_name: "open_dispute",
        button_label: "Open a dispute",
        note: "Dispute opened by the {role}",
        is_critical: true,
        edges: &[
            edge(BOTH, &[InProgress, AwaitingConfirmation], Disputed),
            Edge { guards: &[NotSettled, ContestWindow], ..edge(&[Accused], &[NoShow], Disputed) },
            Edge { guards: &[ClockCompleted, AfterCompletionWindow], ..edge(&[Customer], &[Completed], Disputed) },
        ],
        inputs: &[Topic.optional(), Reason.required()],
        updates: &[Update::OpenDispute],
        effects: &[TellOther, TellAdmins, UpdateRatings],
        ..EMPTY
    },
    Row {
        action_name: "add_evidence",
        button_label: "Add evidence",
        note: "Evidence added by the {role}",
        edges: &[stay(BOTH, &[Disputed])],
        guards: &[EvidenceLeft],
        inputs: &[Evidence.required(), Photos.optional()],
        updates: &[Update::AddEvidence],
        effects: &[TellOther],
        ..EMPTY
    },
    Row {
        action_name: "offer_settlement",
        button_label: "Offer a settlement",
        note: "Settlement offered by the {role}",
        edges: &[stay(BOTH, &[Disputed])],
        guards: &[OffersLeft, AtMostAgreed(RefundAmount)],
        inputs: &[RefundAmount.required(), Message.optional()],
        updates: &[Update::AddOffer],
        effects: &[TellOther],
        ..EMPTY
    },
    Row {
        action_name: "accept_settlement",
        button_label: "Accept settlement",
        note: "Settlement accepted by the {role}",
        edges: &[edge(&[Offered], &[Disputed], Completed)],
        updates: &[Update::CompleteAs(CompletedBy::Settlement), Update::Release],
        effects: &[TellOther, TellAdmins, SettlePayment, InviteReviews, UpdateRatings],
        ..EMPTY
    },
    Row {
        action_name: "rule_for_provider",
        button_label: "Rule: pay provider",
        note: "Ruled for the provider by an admin",
        is_critical: true,
        edges: &[edge(&[Admin], &[Disputed], Completed)],
        guards: &[NoInterest, AtMostAgreed(RefundAmount)],
        inputs: &[RefundAmount.required(), Reason.required()],
        updates: &[Update::CompleteAs(CompletedBy::Ruling), Update::Release],
        effects: &[TellOther, SettlePayment, InviteReviews, UpdateRatings],
        ..EMPTY
    },
    Row {
        action_name: "rule_for_customer",
        button_label: "Rule: refund customer",
        note: "Ruled for the customer by an admin",
        is_critical: true,
        edges: &[edge(&[Admin], &[Disputed], Cancelled)],
        guards: &[NoInterest],
        inputs: &[Reason.required()],
        updates: &[Update::RefundAll, Update::Release],
        effects: &[TellOther, SettlePayment],
        ..EMPTY
    },
    Row {
        action_name: "cancel_as_admin",
        button_label: "Cancel as admin",
        note: "Booking cancelled by an admin",
        is_critical: true,
        edges: &[edge(&[Admin], Status::UNFINISHED, Cancelled)],
        guards: &[NotSettled],
        inputs: &[Reason.required()],
        updates: &[Update::RefundAll, Update::Release],
        effects: &[TellOther, SettlePayment],
        ..EMPTY
    },
    Row {
        action_name: "review",
        button_label: "Leave a review",
        note: "Review left by the {role}",
        edges: &[stay(BOTH, &[Completed])],
        guards: &[ReviewWindow, NotReviewed],
        inputs: &[Stars.required(), Text.optional()],
        updates: &[Update::AddReview],
        effects: &[TellOther, UpdateRatings],
        ..EMPTY
    },
    Row {
        action_name: "edit_review",
        button_label: "Edit my review",
        note: "Review edited by the {role}",
        edges: &[stay(&[Reviewer], &[Completed])],
        guards: &[StillSealed, ReviewEditsLeft],
        inputs: &[Stars.required(), Text.optional()],
        updates: &[Update::EditReview],
        ..EMPTY
    },
    Row {
        action_name: "reply_to_review",
        button_label: "Reply publicly",
        note: "Review answered by the {role}",
        edges: &[stay(&[Reviewed], &[Completed])],
        guards: &[NotReplied],
        inputs: &[Text.required()],
        updates: &[Update::Reply],
        effects: &[TellOther],
        ..EMPTY
    },
    Row {
        action_name: "hide_review",
        button_label: "Hide a review",
        note: "Review hidden by an admin",
        is_critical: true,
        edges: &[stay(&[Admin], &[Completed])],
        guards: &[NoInterest, ReviewShown],
        inputs: &[Side.required(), Reason.required()],
        updates: &[Update::HideReview],
        effects: &[TellOther, UpdateRatings],
        ..EMPTY
    },
    Row {
        action_name: "unhide_review",
        button_label: "Show a hidden review",
        note: "Hidden review shown again by an admin",
        edges: &[stay(&[Admin], &[Completed])],
        guards: &[NoInterest, ReviewHidden],
        inputs: &[Side.required(), Reason.required()],
        updates: &[Update::UnhideReview],
        effects: &[TellOther, UpdateRatings],
        ..EMPTY
    },
    Row {
        action_name: "expire_draft",
        note: sentence!("Draft expired: it was not sent within ", DRAFT_HOURS, " hours"),
        clock: Some(Clock::Draft),
        edges: &[edge(&[System], &[Draft], Expired)],
        guards: &[Due],
        updates: &[Update::Release],
        ..EMPTY
    },
    Row {
        action_name: "expire_request",
        note: "Request expired: it was not answered in time",
        clock: Some(Clock::Answer),
        edges: &[edge(&[System], &[Requested, Quoted], Expired)],
        guards: &[Due],
        updates: &[Update::Release],
        effects: &[TellCustomer, TellProvider],
        ..EMPTY
    },
    Row {
        action_name: "lapse_change",
        note: "Proposed new time lapsed: it was not answered in time",
        clock: Some(Clock::Change),
        edges: &[stay(&[System], OPEN)],
        guards: &[Due],
        updates: &[Update::CloseChange],
        effects: &[TellCustomer, TellProvider],
        ..EMPTY
    },
    Row {
        action_name: "mark_unattended",
        note: "Nobody said that the work is done, so the customer is asked to confirm",
        clock: Some(Clock::Unattended),
        edges: &[edge(&[System], &[Accepted, InProgress], AwaitingConfirmation)],
        guards: &[Due],
        updates: &[Update::MarkUnattended, Update::CloseChange],
        effects: &[TellCustomer, TellProvider],
        ..EMPTY
    },
    Row {
        action_name: "auto_complete",
        note: sentence!("Completed: nobody objected within ", SILENCE_HOURS, " hours"),
        clock: Some(Clock::Confirmation),
        edges: &[edge(&[System], &[AwaitingConfirmation], Completed)],
        guards: &[Due],
        updates: &[Update::CompleteAs(CompletedBy::Clock), Update::Release],
        effects: &[TellCustomer, TellProvider, SettlePayment, InviteReviews, UpdateRatings],
        ..EMPTY
    },
    Row {
        action_name: "settle_no_show",
        note: sentence!("No-show settled: nobody contested the report within ", CONTEST_HOURS, " hours"),
        clock: Some(Clock::Contest),
        edges: &[stay(&[System], &[NoShow])],
        guards: &[Due],
        updates: &[Update::SettleNoShow, Update::Release],
        effects: &[TellCustomer, TellProvider, SettlePayment, Strike],
        ..EMPTY
    },
    Row {
        action_name: "close_reviews",
        note: "Reviews published: the time to review is over",
        clock: Some(Clock::Reviews),
        edges: &[stay(&[System], &[Completed])],
        guards: &[Due],
        updates: &[Update::PublishReviews],
        effects: &[TellCustomer, TellProvider, UpdateRatings],
        ..EMPTY
    },
];
