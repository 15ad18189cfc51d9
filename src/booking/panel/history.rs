//! What happened to the booking, newest first.

use crate::booking::action_ui::{ACTION_UI_METADATA, DEFAULT_ICON};
use crate::booking::role::Role;
use crate::booking::schema::{BookingView, EventView};
use crate::ui::html::Html;
use crate::ui::timeline::{Entry, timeline};

/// The audit history as a list named "History".
pub fn draw(view: &BookingView) -> String {
    let mut html = Html::new();
    timeline(&mut html, "History", view.history.iter().rev().map(entry));
    html.finish()
}

fn entry(event: &EventView) -> Entry<'_> {
    let known = ACTION_UI_METADATA.iter().find(|known| known.action_name == event.action_name);
    Entry {
        title: &event.note,
        who: &event.actor_name,
        at: &event.at,
        at_text: &event.at_text,
        message: event.message.as_deref(),
        changes: &event.changes,
        icon: known.map_or(if event.actor == Role::System { "clock" } else { DEFAULT_ICON }, |known| known.icon),
    }
}
