//! The server's half of the bar.

use leptos::prelude::*;

use super::actions::actions;
use super::schema::Bar;

/// The buttons as HTML.
pub fn contents(bar: Bar) -> String {
    actions(&bar).into_view().to_html()
}
