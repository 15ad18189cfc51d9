//! What a status looks like: a tone, an icon and never the colour alone.

use super::status::Status;

/// The class of its tone and the name of its icon.
pub fn status_ui(status: Status) -> (&'static str, &'static str) {
    match status {
        Status::Draft => ("pill", "circle-dot"),
        Status::Requested => ("pill pill-wait", "send"),
        Status::Quoted => ("pill pill-wait", "badge-dollar-sign"),
        Status::Accepted => ("pill pill-good", "calendar-check"),
        Status::InProgress => ("pill pill-good", "wrench"),
        Status::AwaitingConfirmation => ("pill pill-wait", "clock"),
        Status::Completed => ("pill pill-good", "circle-check"),
        Status::NoShow => ("pill pill-bad", "user-x"),
        Status::Disputed => ("pill pill-bad", "scale"),
        Status::Declined => ("pill", "thumbs-down"),
        Status::Expired => ("pill", "clock"),
        Status::Cancelled => ("pill", "calendar-x"),
    }
}

/// The icons that statuses may need.
pub const STATUS_ICONS: &[&str] = &[
    "circle-dot",
    "send",
    "badge-dollar-sign",
    "calendar-check",
    "wrench",
    "clock",
    "circle-check",
    "user-x",
    "scale",
    "thumbs-down",
    "calendar-x",
];
