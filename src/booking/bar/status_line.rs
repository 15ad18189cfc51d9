//! The status of a booking as its page shows it.

use leptos::prelude::*;

use crate::booking::status::Status;
use crate::booking::status_ui::status_ui;
use crate::ui::icon::icon;

/// What stands in the element of the status: the icon and the words.
pub fn status(status: Status, label: String) -> impl IntoView + use<> {
    view! {
        {icon(status_ui(status).1)}
        {label}
    }
}
