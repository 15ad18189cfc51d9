//! What happened to the booking, newest first.

use leptos::prelude::*;

use crate::booking::action_ui::{ACTION_UI_METADATA, DEFAULT_ICON};
use crate::booking::role::Role;
use crate::booking::schema::EventView;
use crate::ui::timeline::{Entry, timeline};

/// The audit history as a list named "History".
pub fn history(events: &[EventView]) -> impl IntoView + use<> {
    timeline("History", events.iter().rev().map(event).collect())
}

fn event(event: &EventView) -> Entry {
    let known = ACTION_UI_METADATA.iter().find(|known| known.action_name == event.action_name);
    Entry {
        title: event.note.clone(),
        who: event.actor_name.clone(),
        at: event.at.clone(),
        at_text: event.at_text.clone(),
        message: event.message.clone(),
        changes: event.changes.clone(),
        icon: known.map_or(if event.actor == Role::System { "clock" } else { DEFAULT_ICON }, |known| known.icon),
    }
}
