//! How the page looks on which one makes and revokes one's feed.

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::PAGE;
use crate::calendar::model::CalendarFeed;
use crate::ui::icon::Icon;
use crate::web::plain::{back_link, narrow};
use crate::web::{PageContext, PageHead};

/// What the page shows.
pub(super) struct Shown<'a> {
    /// The feed that there is.
    pub feed: Option<&'a CalendarFeed>,
    /// The address of the one that was just made.
    pub fresh: Option<&'a str>,
    /// Whether one was just revoked.
    pub revoked: bool,
}

/// `zone` is the IANA zone in which times are shown.
pub(super) fn render(page: &PageContext, zone: &str, shown: &Shown) -> Response {
    let revoked = (shown.revoked && shown.feed.is_none()).then(|| {
        view! {
            <p class="done" role="status">
                "Revoked. Nobody can read your bookings by the old address."
            </p>
        }
    });
    let state = match (shown.fresh, shown.feed) {
        (Some(address), _) => render_fresh(address),
        (None, Some(feed)) => view! {
            <p>{format!("Your calendar has an address since {}.", feed.created_at.text(zone))}</p>
            <p class="hint">
                "We keep it in a form that nobody can read, so it cannot be shown again. \
                 If you have lost it, make a new one."
            </p>
        }
        .into_any(),
        (None, None) => view! {
            <p>
                "Make an address, and subscribe to it in Google Calendar, Apple Calendar, Outlook or another one. \
                 It brings your bookings from 30 days ago to a year ahead, as customer and as provider, \
                 and follows every change."
            </p>
            <p class="hint">
                "Whoever has the address can read your bookings. Keep it to yourself; you can revoke it at any time."
            </p>
        }
        .into_any(),
    };
    let body = view! {
        {back_link("/account", "Your account")}
        <h1>"Your calendar"</h1>
        <p class="sub">"Your bookings in the calendar that you look at every day."</p>
        {revoked}
        <section class="card stack">
            {state}
            {render_buttons(shown.fresh.is_some() || shown.feed.is_some())}
        </section>
    };
    narrow(StatusCode::OK, page, PageHead::new("Your calendar", &["arrow-left", "calendar"]), body)
}

fn render_buttons(has_address: bool) -> AnyView {
    if !has_address {
        return view! {
            <form method="post" action=PAGE>
                <button class="btn btn-primary">
                    <Icon name="calendar" />
                    "Make an address"
                </button>
            </form>
        }
        .into_any();
    }
    view! {
        <div class="row">
            <form method="post" action=PAGE>
                <button class="btn">"Make a new address"</button>
            </form>
            <form method="post" action="/account/calendar/revoke">
                <button class="btn">"Revoke it"</button>
            </form>
        </div>
        <p class="hint">"With a new address or without one, calendars that use the old one stop following."</p>
    }
    .into_any()
}

fn render_fresh(address: &str) -> AnyView {
    // The scheme by which systems open their own calendar.
    let open = address.split_once("://").map(|(_, rest)| {
        view! {
            <p>
                <a class="link" href=format!("webcal://{rest}")>
                    "Open it in this device's calendar"
                </a>
            </p>
        }
    });
    view! {
        <p class="done" role="status">
            "Here is the address. Copy it now: it is shown this once only."
        </p>
        <div class="field">
            <label for="address">"Address of your calendar"</label>
            <p class="hint" id="address-hint">
                "Paste it where your calendar says \"subscribe\" or \"add by URL\"."
            </p>
            <input
                class="control"
                id="address"
                type="text"
                readonly
                aria-describedby="address-hint"
                value=address.to_owned()
            />
        </div>
        {open}
    }
    .into_any()
}
