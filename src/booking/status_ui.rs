//! What a status looks like: a tone, an icon and never the colour alone.

/// The class of its tone and the name of its icon; plain for a status that this version does not know.
pub fn status_ui(status: &str) -> (&'static str, &'static str) {
    match status {
        "draft" => ("pill", "circle-dot"),
        "requested" => ("pill pill-wait", "send"),
        "quoted" => ("pill pill-wait", "badge-dollar-sign"),
        "accepted" => ("pill pill-good", "calendar-check"),
        "in_progress" => ("pill pill-good", "wrench"),
        "awaiting_confirmation" => ("pill pill-wait", "clock"),
        "completed" => ("pill pill-good", "circle-check"),
        "no_show" => ("pill pill-bad", "user-x"),
        "disputed" => ("pill pill-bad", "scale"),
        "declined" => ("pill", "thumbs-down"),
        "expired" => ("pill", "clock"),
        "cancelled" => ("pill", "calendar-x"),
        _ => ("pill", "circle-dot"),
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
