//! How a provider's own page looks.

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use crate::booking::schema::BookingSummary;
use crate::domain::standing::ProviderStatus;
use crate::provider::model::Provider;
use crate::provider::onboarding::{Step, names};
use crate::provider_pages::labels;
use crate::ui::form::Form;
use crate::ui::icon::Icon;
use crate::web::plain::{hidden_field, wide};
use crate::web::{PageContext, PageHead};

/// The icons beside those of the labels.
const ICONS: &[&str] = &[
    "triangle-alert",
    "arrow-right",
    "calendar",
    "map-pin",
    "wrench",
    "users",
    "calendar-clock",
    "calendar-x",
    "pencil",
];

/// The page; `next` are the next bookings of somebody who has or may have some.
pub(super) fn render(
    status: StatusCode,
    page: &PageContext,
    provider: &Provider,
    step: Step,
    next: Option<&[BookingSummary]>,
    form: &Form,
) -> Response {
    let body = view! {
        <header class="title">
            <h1>"My work"</h1>
            <p class="sub">{provider.trading_name.clone()}</p>
            {labels::render_pill(provider.status)}
        </header>
        {form.render_summary()}
        <section class="card stack">{render_standing(provider, step)}</section>
        {next.map(|next| view! { {render_next(next)} {render_entries(provider)} })}
    };
    wide(status, page, PageHead::new("My work", ICONS).with_icons(labels::ICONS), body)
}

fn render_standing(provider: &Provider, step: Step) -> AnyView {
    let button = |action: &'static str, label: &'static str, class: &'static str| {
        view! {
            <form method="post" action=format!("/provider/requests/{action}")>
                {hidden_field("version", &provider.version.to_string())}
                <button class={class}>{label}</button>
            </form>
        }
    };
    match (provider.status, provider.active) {
        (ProviderStatus::Approved, true) => view! {
            <p><b>"You take requests."</b> " Your published services can be found and asked for."</p>
            {button(names::PAUSE, "Pause requests", "btn")}
        }
        .into_any(),
        (ProviderStatus::Approved, false) => view! {
            <p>
                <b>"You have paused requests."</b>
                " Your services are not shown. Bookings that you have go on."
            </p>
            {button(names::RESUME, "Take requests again", "btn btn-primary")}
        }
        .into_any(),
        (ProviderStatus::Suspended, _) => {
            let last = provider.history.iter().rev().find(|event| event.action_name == names::SUSPEND);
            let reason = last.and_then(|event| event.reason.clone()).filter(|reason| !reason.is_empty());
            view! {
                <p>
                    <b>"You receive no new requests at the moment."</b>
                    " Bookings that you have go on as agreed."
                </p>
                {reason.map(|reason| view! { <blockquote class="words" dir="auto">{reason}</blockquote> })}
            }
            .into_any()
        }
        _ => {
            let label = match step {
                Step::Details => "Continue, 1 of 3",
                Step::Payout => "Continue, 2 of 3",
                Step::Review => "Continue, 3 of 3",
                Step::Answer => "Answer our question",
                Step::Again => "See the reason",
                _ => "See my application",
            };
            view! {
                <p>
                    <b>"You are on the way."</b>
                    " As soon as your application is approved, you can publish services."
                </p>
                <p class="row">
                    <a class="btn btn-primary" href="/onboarding">{label}<Icon name="arrow-right" /></a>
                    <a class="btn" href="/provider/availability">"Set my hours"</a>
                </p>
            }
            .into_any()
        }
    }
}

fn render_next(next: &[BookingSummary]) -> AnyView {
    let line = |booking: &BookingSummary| {
        view! {
            <li>
                <span>
                    <a class="link" href=format!("/bookings/{}", booking.id)>{booking.service.clone()}</a>
                    <span class="hint">{format!("{}, for {}", booking.when_text, booking.with)}</span>
                    <span class="hint">{booking.place.clone()}</span>
                </span>
            </li>
        }
    };
    let list = if next.is_empty() {
        let text = "Nothing is agreed for the days ahead. Requests that wait for your answer are among your bookings.";
        view! { <p>{text}</p> }.into_any()
    } else {
        view! { <ul class="rows">{next.iter().map(line).collect_view()}</ul> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="next-title" id="next" data-live="Your next bookings have changed.">
            <h2 class="eyebrow" id="next-title">"Next bookings"</h2>
            {list}
            <p class="row">
                <a class="btn" href="/bookings?role=provider&status=requested">"Requests to answer"</a>
                <a class="btn" href="/bookings?role=provider">"All my jobs"</a>
            </p>
        </section>
    }
    .into_any()
}

/// The ways to the rest of a provider's pages.
fn render_entries(provider: &Provider) -> AnyView {
    let profile = format!("/providers/{}", provider.id);
    let public = (provider.status == ProviderStatus::Approved).then_some((
        "users",
        profile.as_str(),
        "Public profile",
        "What everybody can see of you.",
    ));
    let own = [
        ("wrench", "/provider/services", "Services", "What you offer, what it costs, and where."),
        ("calendar-clock", "/provider/availability", "Hours", "Your week, days off and other calendars."),
        ("calendar-x", "/provider/sick-day", "Sick day", "Cancel or move all bookings of some days at once."),
        ("pencil", "/provider/profile", "Profile", "What you say about yourself, and your phone."),
    ];
    let tile = |(icon, href, title, text): (&'static str, &str, &'static str, &'static str)| {
        view! {
            <li class="card tile">
                <Icon name=icon />
                <h2><a class="link" href=href.to_owned()>{title}</a></h2>
                <p>{text}</p>
            </li>
        }
    };
    view! { <ul class="tiles">{own.into_iter().chain(public).map(tile).collect_view()}</ul> }.into_any()
}
