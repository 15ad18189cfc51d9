//! The native dialog: opened and closed by `commandfor` and `command`, without a script where the browser knows them.
//!
//! The browser traps the focus, closes it on Esc and gives the focus back to the button that opened it.

use super::html::Html;

/// Opens a modal dialog that takes its name from its title; `</dialog>` ends it.
pub fn open_dialog(html: &mut Html, id: &str, title: &str) {
    let title_id = format!("{id}-title");
    html.raw("<dialog class=\"dialog\"").attr("id", id).attr("aria-labelledby", &title_id);
    html.raw("><h2").attr("id", &title_id).raw(">").text(title).raw("</h2>");
}

/// The button that closes a dialog and changes nothing.
pub fn close_button(html: &mut Html, dialog_id: &str, label: &'static str, first_focus: bool) {
    html.raw("<button type=\"button\" class=\"btn\" command=\"close\"").attr("commandfor", dialog_id);
    html.flag("autofocus", first_focus).raw(">").raw(label).raw("</button>");
}
