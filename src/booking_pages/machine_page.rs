//! `/machine`: the rules as they run, rendered and listed from the same table.

use std::collections::BTreeMap;

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use crate::booking::context::BookingContext;
use crate::booking::machine::row::{Row, Who};
use crate::booking::machine::{Status, Table, diagram};
use crate::booking::status_ui::{STATUS_ICONS, status_ui};
use crate::booking::store;
use crate::error::AppError;
use crate::ui::icon::Icon;
use crate::web::shell::respond;
use crate::web::urls;
use crate::web::{Kept, PageContext, PageHead};

/// `GET /machine`; `?booking=<id>` lights the way of a booking of the viewer's.
pub async fn machine(
    ctx: BookingContext,
    page: PageContext,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, AppError> {
    let way = match query.get("booking") {
        Some(id) => Some(load_way(&ctx, &page, id).await?),
        None => None,
    };
    Ok(respond(StatusCode::OK, &page, head(), || body(ctx.table, way.as_ref())))
}

/// The way of one booking through the machine.
pub struct Way {
    /// Its address.
    href: String,
    /// What people call it.
    reference: String,
    /// Where it was, in order.
    statuses: Vec<Status>,
}

/// 404 for a booking that is not the viewer's, as if there were none; 401 for whoever has to sign in first.
async fn load_way(ctx: &BookingContext, page: &PageContext, id: &str) -> Result<Way, AppError> {
    let return_to = || format!("/machine?booking={}", urls::query(id));
    let viewer = page.viewer.as_ref().ok_or_else(|| AppError::sign_in_needed().returning_to(&return_to()))?;
    let loaded = store::find_for(&ctx.kit.db, viewer, id, ctx.now).await?.ok_or_else(AppError::not_found)?;
    let booking = loaded.booking;
    let mut statuses: Vec<Status> = booking.history.iter().map(|event| event.to).collect();
    statuses.dedup();
    Ok(Way { href: format!("/bookings/{}", booking.id), reference: booking.reference, statuses })
}

/// The head of the page, for the shell.
pub fn head() -> PageHead {
    PageHead { kept: Some(Kept::Shortly), ..PageHead::new("The machine", STATUS_ICONS) }
}

/// The page.
pub fn body(table: Table<'static>, way: Option<&Way>) -> AnyView {
    let svg = diagram::svg(table, way.map_or(&[], |way| &way.statuses), &BTreeMap::new());
    let way = way.map(|way| {
        view! {
            <p>
                "Lit: the way of "
                <a class="link" href=way.href.clone()>
                    {way.reference.clone()}
                </a>
                "."
            </p>
        }
    });
    let statuses: Vec<_> = Status::ALL
        .into_iter()
        .map(|status| {
            let (class, icon) = status_ui(status);
            view! {
                <li>
                    <span class=class>
                        <Icon name=icon />
                        {status.label()}
                    </span>
                </li>
            }
        })
        .collect();
    let (by_people, by_clock): (Vec<&Row>, Vec<&Row>) =
        table.rows().iter().partition(|row| !row.button_label.is_empty());
    let by_people: Vec<_> = by_people.into_iter().flat_map(rows).collect();
    let by_clock: Vec<_> = by_clock.into_iter().flat_map(rows).collect();
    view! {
        <h1>"The machine"</h1>
        <p class="lead">
            "Every booking follows this one table. It decides who may do what and when, what happens by itself, and what the buttons on a booking's page are."
        </p>
        <section class="card" aria-labelledby="diagram-title">
            <h2 class="eyebrow" id="diagram-title">
                "How a booking moves"
            </h2>
            {way}
            <div class="scroll" tabindex="0" role="group" aria-labelledby="diagram-title" inner_html=svg></div>
        </section>
        <section class="card" aria-labelledby="statuses-title">
            <h2 class="eyebrow" id="statuses-title">
                "The statuses"
            </h2>
            <ul class="pills">{statuses}</ul>
        </section>
        {actions("people-title", "What people can do", by_people)}
        {actions("clock-title", "What happens by itself", by_clock)}
    }
    .into_any()
}

fn actions(id: &'static str, title: &'static str, rows: Vec<AnyView>) -> AnyView {
    view! {
        <section class="card" aria-labelledby=id>
            <h2 class="eyebrow" id=id>
                {title}
            </h2>
            <div class="scroll" tabindex="0" role="group" aria-labelledby=id>
                <table class="rules">
                    <thead>
                        <tr>
                            <th scope="col">"Action"</th>
                            <th scope="col">"Who"</th>
                            <th scope="col">"From"</th>
                            <th scope="col">"To"</th>
                            <th scope="col">"Conditions"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// One line a way: a row of the table can have several.
fn rows(row: &Row) -> Vec<AnyView> {
    let label = if row.button_label.is_empty() { row.note } else { row.button_label };
    row.edges
        .iter()
        .map(|edge| {
            let who: Vec<_> = edge.by.iter().map(|who| who_label(*who)).collect();
            let from: Vec<_> = edge.from.iter().map(|status| status.label()).collect();
            let to = edge.to.map_or("stays", Status::label);
            let guards: Vec<_> =
                row.guards.iter().chain(edge.guards).map(|guard| guard_label(&format!("{guard:?}"))).collect();
            let guards = if guards.is_empty() { "none".to_owned() } else { guards.join(", ") };
            view! {
                <tr>
                    <th scope="row">
                        {label}
                        <code>{row.action_name}</code>
                    </th>
                    <td>{who.join(", ")}</td>
                    <td>{from.join(", ")}</td>
                    <td>{to}</td>
                    <td>{guards}</td>
                </tr>
            }
            .into_any()
        })
        .collect()
}

fn who_label(who: Who) -> &'static str {
    match who {
        Who::Customer => "customer",
        Who::Provider => "provider",
        Who::Admin => "admin",
        Who::System => "the clock",
        Who::Proposer => "who proposed the time",
        Who::CodeHolder => "the customer with a code",
        Who::Asked => "who is asked about the time",
        Who::Reporter => "who reported",
        Who::Accused => "who was reported",
        Who::Offered => "who is offered the settlement",
        Who::Reviewer => "who wrote the review",
        Who::Reviewed => "who was reviewed",
    }
}

/// A guard's name as words: `SlotFree` is "slot free".
fn guard_label(name: &str) -> String {
    if name == "Due" {
        return "its time has come".into();
    }
    let name = name.split('(').next().unwrap_or(name);
    let mut text = String::new();
    for character in name.chars() {
        if character.is_uppercase() && !text.is_empty() {
            text.push(' ');
        }
        text.extend(character.to_lowercase());
    }
    text
}
