//! The native dialog: opened and closed by `commandfor` and `command`, without a script where the browser knows them.

use leptos::prelude::*;

/// A modal dialog that takes its name from its title.
///
/// The browser traps the focus, closes it on Esc and gives the focus back to the button that opened it.
pub fn dialog(id: String, title: String, body: AnyView) -> AnyView {
    let title_id = format!("{id}-title");
    let named_by = title_id.clone();
    view! {
        <dialog class="dialog" id=id aria-labelledby=named_by>
            <h2 class="dialog-title" id=title_id>
                {title}
            </h2>
            {body}
        </dialog>
    }
    .into_any()
}

/// The button that closes a dialog and changes nothing.
pub fn close_button(dialog_id: String, label: &'static str, first_focus: bool) -> AnyView {
    view! {
        <button type="button" class="btn" commandfor=dialog_id command="close" autofocus=first_focus>
            {label}
        </button>
    }
    .into_any()
}
