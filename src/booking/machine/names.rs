//! The names of those actions that other code has to know one by one: what is said of them, where they are offered. A test holds
//! them against the table. A new action needs none; ask a property of its row where one says the same.

macro_rules! names {
    ($($constant:ident = $name:literal,)*) => {
        $(#[expect(missing_docs, reason = "it is the name that it says")]
        pub const $constant: &str = $name;)*

        /// All of them.
        #[cfg(test)]
        pub const ALL: &[&str] = &[$($constant),*];
    };
}

names! {
    REQUEST = "request",
    BOOK_INSTANTLY = "book_instantly",
    ACCEPT = "accept",
    DECLINE = "decline",
    QUOTE = "quote",
    COUNTER = "counter",
    ACCEPT_QUOTE = "accept_quote",
    DECLINE_QUOTE = "decline_quote",
    WITHDRAW = "withdraw",
    CANCEL = "cancel",
    PROPOSE_CHANGE = "propose_change",
    ACCEPT_CHANGE = "accept_change",
    DECLINE_CHANGE = "decline_change",
    WITHDRAW_CHANGE = "withdraw_change",
    START = "start",
    CONFIRM_START = "confirm_start",
    FINISH = "finish",
    CONFIRM = "confirm",
    REQUEST_FIX = "request_fix",
    REPORT_NO_SHOW = "report_no_show",
    UNDO_NO_SHOW = "undo_no_show",
    OPEN_DISPUTE = "open_dispute",
    ADD_EVIDENCE = "add_evidence",
    OFFER_SETTLEMENT = "offer_settlement",
    ACCEPT_SETTLEMENT = "accept_settlement",
    RULE_FOR_PROVIDER = "rule_for_provider",
    RULE_FOR_CUSTOMER = "rule_for_customer",
    CANCEL_AS_ADMIN = "cancel_as_admin",
    REVIEW = "review",
    REPLY_TO_REVIEW = "reply_to_review",
    HIDE_REVIEW = "hide_review",
    UNHIDE_REVIEW = "unhide_review",
    EXPIRE_REQUEST = "expire_request",
    LAPSE_CHANGE = "lapse_change",
    MARK_UNATTENDED = "mark_unattended",
    AUTO_COMPLETE = "auto_complete",
    SETTLE_NO_SHOW = "settle_no_show",
    CLOSE_REVIEWS = "close_reviews",
}
