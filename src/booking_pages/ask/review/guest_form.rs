//! The form for somebody who has no account: the link is mailed to the address that it takes.

use leptos::prelude::*;

use crate::booking_pages::ask::asked::path;
use crate::ui::form::{Control, Form, Input};

/// The form for somebody who has no account.
pub(super) fn render(slug: &str, form: &Form) -> AnyView {
    let fields =
        [("name", "Name", "text", "name"), ("email", "Email", "email", "email"), ("phone", "Phone", "tel", "tel")];
    let fields = fields.map(|(name, label, kind, auto)| {
        form.render(&Input { name, label, control: Control::Line(kind, auto), required: true, hint: "" })
    });
    view! {
        <form class="card stack" method="post" action=format!("{}/guest", path(slug))>
            <h2>"Or as a guest"</h2>
            <p>"We mail you a link. The request is sent when you open it and say so."</p>
            {fields.into_iter().collect_view()}
            <button class="btn">"Mail me the link"</button>
        </form>
    }
    .into_any()
}
