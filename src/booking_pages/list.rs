//! The list of bookings: filters, cards, the way to the next page, and what to do when there is nothing.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::booking::machine::{Role, Status};
use crate::booking::model::Talk;
use crate::booking::schema::{BookingPage, BookingSummary};
use crate::booking::status_ui::{STATUS_ICONS, status_ui};
use crate::message::unread_text;
use crate::ui::icon::Icon;
use crate::web::PageHead;
use crate::web::urls;

/// What is read out when the list has been exchanged for a newer one.
const CHANGED: &str = "Your bookings have changed.";

/// The head of the list, for the shell.
pub fn head() -> PageHead {
    PageHead::new("Bookings", &["calendar", "map-pin", "users", "arrow-right"]).with_icons(STATUS_ICONS)
}

/// Which bookings are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListFilter {
    /// Only this status.
    pub status: Option<String>,
    /// Only where the viewer is this: `customer` or `provider`.
    pub role: Option<String>,
    /// Where to go on.
    pub cursor: Option<String>,
}

impl ListFilter {
    /// Reads the query; an empty choice is no choice.
    pub fn from_query(query: &BTreeMap<String, String>) -> Self {
        let chosen = |key: &str| query.get(key).filter(|value| !value.is_empty()).cloned();
        Self { status: chosen("status"), role: chosen("role"), cursor: chosen("cursor") }
    }

    fn next_href(&self, cursor: &str) -> String {
        let part = |key: &str, value: &Option<String>| {
            value.as_ref().map(|value| format!("{key}={}&", urls::query(value))).unwrap_or_default()
        };
        format!("/bookings?{}{}cursor={}", part("status", &self.status), part("role", &self.role), urls::query(cursor))
    }
}

/// Renders the list.
pub fn render(page: BookingPage, filter: ListFilter, talks: &[Talk]) -> AnyView {
    let next = page.next_cursor.as_ref().map(|cursor| filter.next_href(cursor));
    let filtered = filter.status.is_some() || filter.role.is_some() || filter.cursor.is_some();
    let cards: Vec<_> = page.bookings.into_iter().zip(talks).map(|(booking, talk)| card(booking, talk)).collect();
    let list = if cards.is_empty() {
        empty(filtered)
    } else {
        view! { <ul class="cards" aria-label="Bookings" id="bookings" data-live=CHANGED>{cards}</ul> }.into_any()
    };
    view! {
        <h1>"Bookings"</h1>
        {filters(&filter)}
        {list}
        {next
            .map(|href| {
                view! {
                    <p class="row">
                        <a class="btn" href=href rel="next">
                            "Next page"
                            <Icon name="arrow-right" />
                        </a>
                    </p>
                }
            })}
    }
    .into_any()
}

fn filters(filter: &ListFilter) -> AnyView {
    let option = |value: &'static str, text: &'static str, chosen: Option<&str>| {
        view! { <option value=value selected=chosen.unwrap_or_default() == value>{text}</option> }
    };
    let status = filter.status.as_deref();
    let role = filter.role.as_deref();
    let statuses: Vec<_> = Status::ALL.into_iter().map(|one| option(one.name(), one.label(), status)).collect();
    view! {
        <form class="filters" method="get" action="/bookings">
            <div class="field">
                <label for="status-filter">"Status"</label>
                <select class="control" id="status-filter" name="status">
                    {option("", "Every status", status)}
                    {statuses}
                </select>
            </div>
            <div class="field">
                <label for="role-filter">"Side"</label>
                <select class="control" id="role-filter" name="role">
                    {option("", "Both sides", role)}
                    {option("customer", "I am the customer", role)}
                    {option("provider", "I am the provider", role)}
                </select>
            </div>
            <button class="btn">"Show"</button>
        </form>
    }
    .into_any()
}

fn card(booking: BookingSummary, talk: &Talk) -> AnyView {
    let new = unread_text(talk.unread_by(booking.actor))
        .map(|new| view! { <b class="pill pill-wait">{format!("Messages: {new}")}</b> });
    let (class, icon) = status_ui(booking.status);
    let with = match booking.actor {
        Role::Customer => format!("with {}", booking.with),
        Role::Provider => format!("for {}", booking.with),
        Role::Admin | Role::System => booking.with,
    };
    view! {
        <li class="card booking">
            <div class="booking-head">
                <h2>
                    <a href=format!("/bookings/{}", booking.id)>{booking.service}</a>
                </h2>
                <span class=class>
                    <Icon name=icon />
                    {booking.status_label}
                </span>
            </div>
            <p>
                <Icon name="calendar" />
                {booking.when_text}
            </p>
            <p>
                <Icon name="map-pin" />
                {booking.place}
            </p>
            <p class="booking-foot">
                <span>
                    <Icon name="users" />
                    {with}
                </span>
                {booking.price.map(|price| view! { <b>{price.text}</b> })}
            </p>
            <p class="booking-foot">
                <span class="hint">{booking.reference}</span>
                {new}
            </p>
        </li>
    }
    .into_any()
}

fn empty(filtered: bool) -> AnyView {
    let (title, text, href, label) = if filtered {
        (
            "Nothing fits this choice",
            "Choose another status or side, or look at all of them.",
            "/bookings",
            "Show all bookings",
        )
    } else {
        (
            "No bookings yet",
            "As soon as you ask for a service, or somebody asks for yours, it is here with all that you can do.",
            "/machine",
            "See how a booking works",
        )
    };
    view! {
        <div class="card empty" id="bookings" data-live=CHANGED>
            <Icon name="calendar" />
            <h2>{title}</h2>
            <p>{text}</p>
            <a class="btn" href=href>
                {label}
            </a>
        </div>
    }
    .into_any()
}
