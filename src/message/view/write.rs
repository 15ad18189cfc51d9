//! The form for the next message, or why there is none.

use leptos::prelude::*;

use crate::booking::contacts::shows_contacts;
use crate::booking::machine::Role;
use crate::domain::limit::megabytes;
use crate::ids;
use crate::message::access::{Thread, path};
use crate::message::rules::{self, MAX_MESSAGE_PHOTO_BYTES, MAX_PHOTOS, OPEN_DAYS, ThreadStatus};
use crate::message::text::name_of;
use crate::photos::upload;
use crate::time::{Timestamp, zone_name};
use crate::ui::form::{Control, Form, Input};
use crate::ui::icon::Icon;
use crate::web::plain::hidden_field;

/// The form, or why there is none, with what was typed.
pub(super) fn section(thread: &Thread, now: Timestamp, form: &Form) -> AnyView {
    let booking = &thread.booking;
    let other = thread.role.other_party().map_or("both", |other| name_of(booking, other));
    let closed = match rules::thread_status(booking, now) {
        ThreadStatus::Open => None,
        ThreadStatus::NotYet => Some("Send the request first. Then you can write to each other.".to_owned()),
        ThreadStatus::Over => {
            Some(format!("The booking ended more than {OPEN_DAYS} days ago, so nothing can be added any more."))
        }
    };
    let content = match closed {
        None => open(thread, now, form),
        Some(why) => {
            let typed = form.get("text").to_owned();
            let kept = (!typed.is_empty()).then(|| {
                view! {
                    <p>"What you wrote:"</p>
                    <blockquote class="words" dir="auto">{typed}</blockquote>
                }
            });
            view! { <p>{why}</p> {kept} }.into_any()
        }
    };
    view! {
        <section class="card stack" id="write" aria-labelledby="write-title">
            <h2 class="eyebrow" id="write-title">{format!("Write to {other}")}</h2>
            {content}
        </section>
    }
    .into_any()
}

fn open(thread: &Thread, now: Timestamp, form: &Form) -> AnyView {
    let booking = &thread.booking;
    let hint = match (thread.role, shows_contacts(booking)) {
        (Role::Admin, _) => "Both sides read this, from \"GigSta\".",
        (_, true) => "",
        (_, false) => {
            "Phone numbers, e-mail and web addresses are shown to the other side once the booking is accepted."
        }
    };
    let text = Input { name: "text", label: "Message", control: Control::Area, required: false, hint };
    let photos = view! { "Photos"<span class="mark" aria-hidden="true">"optional"</span> };
    let photos_hint =
        format!("Up to {MAX_PHOTOS}, JPEG, PNG or WebP, together at most {}.", megabytes(MAX_MESSAGE_PHOTO_BYTES));
    view! {
        <form class="stack" method="post" enctype="multipart/form-data" action=path(&booking.id)>
            // A fresh key each time: what went wrong before was not written.
            {hidden_field("command_id", &ids::fresh_command_id())}
            {form.render(&text)}
            {upload::render_field(form, photos, &photos_hint, true)}
            <div class="row">
                <button class="btn btn-primary"><Icon name="send" />"Send"</button>
                <p class="hint">{format!("Times are {}.", zone_name(now, &booking.zone))}</p>
            </div>
        </form>
    }
    .into_any()
}
