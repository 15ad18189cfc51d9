//! The names of those actions that other code has to know one by one. A test holds them against the table.

use crate::domain::names::names;

names! {
    CHOOSE_PROVIDER = "choose_provider",
    SAVE_DETAILS = "save_details",
    SAVE_PAYOUT = "save_payout",
    SUBMIT = "submit",
    ANSWER_MORE = "answer_more",
    APPROVE = "approve",
    ASK_MORE = "ask_more",
    REJECT = "reject",
    SUSPEND = "suspend",
    REINSTATE = "reinstate",
    SAVE_PROFILE = "save_profile",
    PAUSE = "pause",
    RESUME = "resume",
}
