//! The native dialog: opened and closed by `commandfor` and `command`, without a script where the browser knows them.
//!
//! The browser traps the focus, closes it on Esc and gives the focus back to the button that opened it.

use leptos::prelude::*;

/// A modal dialog that takes its name from its title.
pub fn dialog(id: String, title: String, body: impl IntoView + 'static) -> impl IntoView {
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    view! {
        <dialog class="dialog" id=id aria-labelledby=labelled_by>
            <h2 id=title_id>{title}</h2>
            {body}
        </dialog>
    }
}

/// The button that closes a dialog and changes nothing.
pub fn close_button(dialog_id: String, label: &'static str, first_focus: bool) -> impl IntoView {
    view! {
        <button type="button" class="btn" command="close" commandfor=dialog_id autofocus=first_focus>
            {label}
        </button>
    }
}
