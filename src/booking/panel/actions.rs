//! The buttons of a booking, each in a form that works by itself, and their dialogs.

use std::collections::BTreeMap;

use crate::booking::action_form::{action_fields, action_path, consequence, open_form, takes_photos};
use crate::booking::action_ui::{ActionButton, Group, use_booking_actions};
use crate::booking::schema::BookingView;
use crate::ui::dialog::{close_button, open_dialog};
use crate::ui::html::Html;

/// What was typed and not sent, by action and field.
pub type Typed = BTreeMap<String, BTreeMap<String, String>>;

/// The id of an action's dialog.
pub fn dialog_id(action_name: &str) -> String {
    format!("dlg-{action_name}")
}

/// The id of an action's button on the page. When the buttons are drawn again, it finds the one that had the focus.
pub fn button_id(action_name: &str) -> String {
    format!("do-{action_name}")
}

/// The id of the place in a dialog for what went wrong with none of its fields.
pub fn trouble_id(action_name: &str) -> String {
    format!("trouble-{action_name}")
}

/// Every action: what leads on first, what ends something apart.
pub fn draw(view: &BookingView, typed: &Typed) -> String {
    let buttons = use_booking_actions(&view.actions);
    let mut html = Html::new();
    if buttons.is_empty() {
        return html.raw("<p class=\"hint\">There is nothing for you to do here now.</p>").finish();
    }
    let mut group = None;
    for button in &buttons {
        let apart = button.group == Group::Apart;
        if group != Some(apart) {
            html.raw(match (group, apart) {
                (None, _) => "<div class=\"actions\">",
                _ => "</div><div class=\"actions apart\">",
            });
            group = Some(apart);
        }
        draw_one(&mut html, view, button, typed);
    }
    html.raw("</div>");
    without_script(&mut html, view, &buttons);
    html.finish()
}

fn draw_one(html: &mut Html, view: &BookingView, button: &ActionButton, typed: &Typed) {
    let action = &button.action;
    if !action.available {
        return unavailable(html, button);
    }
    if !button.opens_dialog {
        open_form(html, "action", view, action);
        html.raw("<button").attr("id", &button_id(&action.action_name)).attr("class", button.variant.class()).raw(">");
        html.icon(button.icon).text(&action.button_label).raw("</button></form>");
        return;
    }
    if takes_photos(action) {
        html.raw("<form class=\"action\"").attr("action", &action_path(&view.id, &action.action_name)).raw(">");
        submit_button(html, button, button.variant.class());
        html.raw("</form>");
        return;
    }
    let id = dialog_id(&action.action_name);
    html.raw("<div class=\"action\"><button type=\"button\" command=\"show-modal\"").attr("commandfor", &id);
    html.attr("id", &button_id(&action.action_name));
    html.attr("class", button.variant.class()).raw(">").icon(button.icon).text(&action.button_label).raw("</button>");
    open_dialog(html, &id, &format!("{} {}", action.button_label, view.reference));
    open_form(html, "stack", view, action);
    consequence(html, button);
    html.raw("<div aria-live=\"polite\"").attr("id", &trouble_id(&action.action_name)).raw("></div>");
    action_fields(html, view, action, typed.get(&action.action_name), &[]);
    html.raw("<div class=\"dialog-buttons\">");
    close_button(html, &id, button.safe_label, action.is_critical);
    submit_button(html, button, button.variant.final_class());
    html.raw("</div></form></dialog></div>");
}

/// The button that does it.
pub fn submit_button(html: &mut Html, button: &ActionButton, class: &'static str) {
    html.raw("<button").attr("class", class).raw(">").icon(button.icon).text(&button.action.button_label);
    html.raw("</button>");
}

fn unavailable(html: &mut Html, button: &ActionButton) {
    let reason_id = format!("why-{}", button.action.action_name);
    html.raw("<div class=\"action\"><button type=\"button\" class=\"btn btn-off\" aria-disabled=\"true\"");
    html.attr("aria-describedby", &reason_id).raw(">").icon(button.icon).text(&button.action.button_label);
    html.raw("</button><p class=\"hint\"").attr("id", &reason_id).raw(">");
    for denial in &button.action.denials {
        html.text(&denial.message).raw(" ");
    }
    html.raw("</p></div>");
}

/// For browsers that have no script and do not know `commandfor`.
fn without_script(html: &mut Html, view: &BookingView, buttons: &[ActionButton]) {
    let opening = || buttons.iter().filter(|button| button.opens_dialog && button.action.available);
    if opening().next().is_none() {
        return;
    }
    html.raw("<noscript><p class=\"hint\">If a button does not open anything, use a page of its own:</p>");
    html.raw("<ul class=\"plain-links\">");
    for button in opening() {
        let path = action_path(&view.id, &button.action.action_name);
        html.raw("<li><a class=\"link\"").attr("href", &path).raw(">").text(&button.action.button_label);
        html.raw("</a></li>");
    }
    html.raw("</ul></noscript>");
}
