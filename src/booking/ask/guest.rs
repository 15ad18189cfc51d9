//! Asking without an account: a link by mail that shows first and acts only when a button is pressed.

use axum::Router;

use crate::ui::form::{Control, Form, Input};
use crate::ui::html::Html;

/// Draws the form for somebody who has no account.
pub(super) fn draw(html: &mut Html, slug: &str, form: &Form) {
    html.raw("<form class=\"card stack\" method=\"post\"").attr("action", &format!("/book/{slug}/guest")).raw(">");
    html.raw("<h2>Or as a guest</h2><p>We mail you a link. The request is sent when you open it and say so.</p>");
    let fields = [
        ("name", "Name", "text", "name"),
        ("email", "Email", "email", "email"),
        ("phone", "Phone", "tel", "tel"),
    ];
    for (name, label, kind, auto) in fields {
        let control = Control::Line(kind, auto);
        form.draw(html, &Input { name, label, control, required: true, hint: "" });
    }
    html.raw("<button class=\"btn\">Mail me the link</button></form>");
}
