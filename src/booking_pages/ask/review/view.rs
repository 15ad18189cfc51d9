//! How the review looks: the request at a glance, until when its time is held, and the ways to send it.

use leptos::prelude::*;

use super::{SENDING, guest_form, photos};
use crate::booking::machine::guards::PROFILE_INCOMPLETE;
use crate::booking::machine::names;
use crate::booking::schema::{AvailableAction, BookingView};
use crate::booking_pages::ask::asked::{Asked, path};
use crate::booking_pages::ask::model::AskDraft;
use crate::booking_pages::detail::facts::facts;
use crate::time::{self, Timestamp};
use crate::ui::form::{Control, Form, Input};
use crate::ui::icon::Icon;
use crate::web::plain::back_link;
use crate::web::urls;

/// The whole body.
pub(super) fn body(asked: &Asked, draft: &AskDraft, view: &BookingView, form: &Form, now: Timestamp) -> AnyView {
    let slug = asked.service.slug.as_str();
    let zone = asked.page.zone.as_deref().unwrap_or(&draft.zone);
    let sending = match &asked.page.viewer {
        Some(_) => sending(asked, draft, view, form),
        None => signing_in(slug, form),
    };
    view! {
        <div class="narrow wide">
            <header class="title">
                {back_link(&path(slug), "Choose a time")}
                <h1>"Look at it once more"</h1>
                <p class="sub">{asked.service.title.clone()}</p>
            </header>
            <div class="stack">
                {form.render_summary()}
                {request_card(view, Some(path(slug)))}
                {photos::render(slug, draft, form)}
                {held(draft, zone, now)}
                {sending}
            </div>
        </div>
    }
    .into_any()
}

/// The request at a glance, with the way to change it if there is one.
pub(in crate::booking_pages::ask) fn request_card(view: &BookingView, change: Option<String>) -> AnyView {
    let change = change.map(|href| view! { <p class="row"><a class="btn" href=href>"Change it"</a></p> });
    view! {
        <section class="card" aria-labelledby="what-title">
            <h2 class="eyebrow" id="what-title">"Your request"</h2>
            <div class="parts">{facts(view)}</div>
            {change}
        </section>
    }
    .into_any()
}

/// Until when the time is held, said honestly.
fn held(draft: &AskDraft, zone: &str, now: Timestamp) -> AnyView {
    let until = draft.held_until;
    let text = if until > now {
        let (clock, zone) = (until.clock_text(zone), time::zone_name(until, zone));
        format!("This time is held for you until {clock} {zone}.")
    } else {
        "This time is not held for you any more. If nobody has taken it, you can still send the request.".to_owned()
    };
    view! { <p class="held"><Icon name="clock" />{text}</p> }.into_any()
}

/// The buttons with which it leaves, with the reasons where they cannot be pressed.
fn sending(asked: &Asked, draft: &AskDraft, view: &BookingView, form: &Form) -> AnyView {
    let slug = asked.service.slug.as_str();
    let offered: Vec<&AvailableAction> = SENDING
        .iter()
        .filter_map(|name| view.actions.iter().find(|action| action.action_name == *name))
        .filter(|action| action.action_name != names::BOOK_INSTANTLY || asked.service.instant)
        .collect();
    let hint = "A word to the provider, if you like.";
    let message = Input { name: "message", label: "Message", control: Control::Area, required: false, hint };
    let button = |(number, action): (usize, &&AvailableAction)| {
        let class = if number == 0 { "btn btn-primary" } else { "btn" };
        let (value, label) = (action.action_name.clone(), action.button_label.clone());
        let why_not = (!action.available).then_some("why-not");
        view! {
            <button class={class} name="action" value=value disabled=!action.available aria-describedby=why_not>
                {label}
            </button>
        }
    };
    view! {
        <form class="card stack" method="post" action=format!("{}/send", path(slug))>
            <input type="hidden" name="draft" value=draft.id.to_hex() />
            <input type="hidden" name="version" value=asked.service.version.to_string() />
            {form.render(&message)}
            {offered.iter().enumerate().map(button).collect_view()}
            {reasons(&offered, view, slug)}
        </form>
    }
    .into_any()
}

/// Why it cannot be sent, and the way to what can be done about it; nothing if it can.
fn reasons(offered: &[&AvailableAction], view: &BookingView, slug: &str) -> Option<AnyView> {
    let denials = offered.iter().flat_map(|action| &action.denials);
    let mut reasons: Vec<&str> = denials.map(|denial| denial.message.as_str()).collect();
    reasons.dedup();
    if reasons.is_empty() {
        return None;
    }
    let reasons: Vec<_> = reasons.into_iter().map(|reason| view! { <li>{reason.to_owned()}</li> }).collect();
    let mut denials = view.actions.iter().flat_map(|action| &action.denials);
    let profile = denials.any(|denial| denial.code == PROFILE_INCOMPLETE).then(|| {
        let next = urls::query(&format!("{}/review", path(slug)));
        view! { <a class="btn" href=format!("/account?next={next}")>"Complete my profile"</a> }
    });
    Some(view! { <ul class="reasons" id="why-not">{reasons}</ul> {profile} }.into_any())
}

/// The three ways on for somebody who is not signed in.
fn signing_in(slug: &str, form: &Form) -> AnyView {
    let next = urls::query(&format!("{}/review", path(slug)));
    view! {
        <section class="card stack" aria-labelledby="who-title">
            <h2 id="who-title">"Who is asking?"</h2>
            <p>"Your request is kept while you sign in."</p>
            <p class="row">
                <a class="btn btn-primary" href=format!("/sign-in?next={next}")>"Sign in"</a>
                <a class="btn" href=format!("/sign-up?next={next}")>"Create an account"</a>
            </p>
        </section>
        {guest_form::render(slug, form)}
    }
    .into_any()
}
