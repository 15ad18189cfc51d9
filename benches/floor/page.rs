//! The floor's page of a booking, drawn by maud: what ours has too, with forms and rows until it has the same size.

use maud::{DOCTYPE, Markup, html};

use crate::model::{Action, Booking, Event};

/// The whole page; `more` rows fill the history up.
pub fn draw(booking: &Booking, actions: &[Action], more: usize) -> String {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (booking.reference) " · Floor" }
                link rel="stylesheet" href="/pkg/floor.css";
            }
            body {
                header class="navbar" {
                    a class="logo" href="/" { "Floor" }
                    nav aria-label="Main" {
                        a href="/services" { "Services" }
                        a href="/bookings" aria-current="page" { "Bookings" }
                        a href="/notices" { "Notices" }
                    }
                }
                main class="wide" {
                    h1 { (booking.service.title) }
                    p class="row" {
                        span class="badge" { (booking.state.status) }
                        span { (booking.reference) }
                    }
                    @for action in actions { (form(booking, action)) }
                    (facts(booking))
                    h2 { "History" }
                    ol class="timeline" {
                        @for event in booking.history.iter().cycle().take(booking.history.len() + more) { (row(event)) }
                    }
                }
                footer { p { "Floor" } }
            }
        }
    }
    .into_string()
}

fn form(booking: &Booking, action: &Action) -> Markup {
    html! {
        form class="card" method="post" action={ "/bookings/" (booking.id.to_hex()) "/actions/" (action.action_name) } {
            input type="hidden" name="version" value=(booking.version);
            @for (name, label) in action.inputs {
                label { span { (label) } input type="text" name={ "inputs[" (name) "]" }; }
            }
            p class="hint" { (action.note) }
            button class="btn" type="submit" { (action.button_label) }
        }
    }
}

fn facts(booking: &Booking) -> Markup {
    html! {
        dl class="facts" {
            dt { "Customer" } dd { (booking.customer.name) }
            dt { "Provider" } dd { (booking.provider.name) }
            dt { "Where" } dd { (booking.place.label) }
            dt { "Starts" } dd { (booking.state.starts_at) }
            dt { "Ends" } dd { (booking.state.ends_at) }
            dt { "Zone" } dd { (booking.zone) }
            dt { "Currency" } dd { (booking.currency) }
            dt { "Details" } dd { (booking.details) }
        }
    }
}

fn row(event: &Event) -> Markup {
    html! {
        li class="event" id=(event.hash) {
            span class="who" { (event.actor_name) }
            span class="note" { (event.note) }
            time datetime=(event.at) { (event.at) }
            @if let Some(message) = &event.message { blockquote { (message) } }
        }
    }
}
