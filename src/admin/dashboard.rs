//! `/admin`: where all bookings stand, drawn on the machine, and what waits for a person.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::labels::{Urgency, age};
use super::store::{self, MOST_COUNTED, Oldest};
use super::{HOME, categories, dead_letters, disputes, history, work};
use crate::booking::context::BookingContext;
use crate::booking::machine::diagram::{self, Mark};
use crate::booking::machine::{Status, Table};
use crate::booking::status_ui::{STATUS_ICONS, status_ui};
use crate::booking::store as bookings;
use crate::domain::standing::ProviderStatus;
use crate::error::AppError;
use crate::provider::store as providers;
use crate::time::Timestamp;
use crate::ui::html::Html;
use crate::web::guard::require_admin;
use crate::web::problem::answer;
use crate::web::shell::respond;
use crate::web::{PageContext, PageHead};

/// `GET /admin`
pub async fn show(ctx: BookingContext) -> Response {
    let frame = match require_admin(&ctx, HOME).await {
        Ok((frame, _)) => frame,
        Err(response) => return response,
    };
    match load(&ctx).await {
        Ok(shown) => draw(&frame, ctx.table, &shown, ctx.now),
        Err(error) => answer(&frame, HOME, error),
    }
}

struct Shown {
    counts: BTreeMap<Status, u64>,
    oldest: BTreeMap<Status, Oldest>,
    disputes: Vec<store::Disputed>,
    stuck: u64,
    dead: u64,
    waiting: u64,
}

async fn load(ctx: &BookingContext) -> Result<Shown, AppError> {
    let db = &ctx.kit.db;
    let (counts, oldest, disputes, stuck, dead, applications) = tokio::try_join!(
        bookings::count_by_status(db),
        store::oldest_by_status(db),
        store::disputes(db),
        store::count_stuck(db, ctx.now),
        dead_letters::count(db),
        providers::count_by_status(db),
    )?;
    let waiting = applications.get(&ProviderStatus::Pending).copied().unwrap_or_default();
    Ok(Shown { counts, oldest, disputes, stuck, dead, waiting })
}

fn draw(frame: &PageContext, table: Table<'static>, shown: &Shown, now: Timestamp) -> Response {
    let mut html = Html::new();
    html.raw("<h1>Admin</h1><section class=\"stack\" aria-labelledby=\"waits-title\"><h2 class=\"eyebrow\" id=\"waits-title\">");
    html.raw("What waits for you</h2><ul class=\"tiles\">");
    let urgent = shown.disputes.iter().filter(|one| Urgency::of(one.state.dispute.at, now) != Urgency::OnTime).count();
    let disputed = shown.counts.get(&Status::Disputed).copied().unwrap_or_default();
    let disputes_note = match (shown.disputes.first(), urgent) {
        (None, _) => "Nobody disagrees".to_owned(),
        (Some(first), 0) => format!("the oldest for {}", age(first.state.dispute.at, now)),
        (Some(first), urgent) => format!("{urgent} past the alarm, the oldest {}", age(first.state.dispute.at, now)),
    };
    tile(&mut html, "scale", disputes::PATH, "Disputes", disputed, &disputes_note, urgent > 0);
    let stuck = if shown.stuck > 0 { "the clock should have acted" } else { "Every clock is on time" };
    tile(&mut html, "clock", work::PATH, "Stuck clocks", shown.stuck, stuck, shown.stuck > 0);
    let dead = if shown.dead > 0 { "given up, can be tried again" } else { "Everything was delivered" };
    tile(&mut html, "send", "/admin/work#dead_letters", "Dead dead_letters", shown.dead, dead, shown.dead > 0);
    tile(&mut html, "users", "/admin/providers", "Applications", shown.waiting, "of new providers", false);
    html.raw("</ul></section><nav aria-label=\"More for admins\"><ul class=\"pills\">");
    for (href, text) in [
        ("/bookings", "All bookings"),
        (history::PATH, "Search the history"),
        ("/admin/reports", "Reported messages"),
        (categories::PATH, "Categories"),
        ("/admin/work#acts", "What admins did"),
    ] {
        html.raw("<li><a class=\"pill\"").attr("href", href).raw(">").text(text).raw("</a></li>");
    }
    html.raw("</ul></nav>");
    let waits = html.finish();
    let drawn = diagram::svg(table, &[], &marks(shown, now));
    let listed = statuses(shown, now);
    let page = PageHead::new("Admin", &["triangle-alert", "users"]).with_icons(STATUS_ICONS);
    respond(StatusCode::OK, frame, page, move || {
        view! {
            <div class="parts" inner_html=waits></div>
            <section class="card" aria-labelledby="drawn-title">
                <h2 class="eyebrow" id="drawn-title">
                    "Where all bookings stand"
                </h2>
                <div class="scroll" tabindex="0" role="group" aria-labelledby="drawn-title" inner_html=drawn></div>
                <div inner_html=listed></div>
            </section>
        }
        .into_any()
    })
}

fn tile(html: &mut Html, icon: &'static str, href: &str, title: &str, count: u64, note: &str, alarm: bool) {
    html.raw("<li class=\"card waits\"><a class=\"link\"").attr("href", href).raw(">").icon(icon).text(title);
    html.raw("</a> <b class=\"figure\">").text(&counted(count)).raw("</b><p class=\"hint\">");
    if alarm {
        html.icon("triangle-alert").raw(" ");
    }
    html.text(note).raw("</p></li>");
}

/// A number, or that it is more than is counted.
pub(super) fn counted(count: u64) -> String {
    if count >= MOST_COUNTED { format!("{MOST_COUNTED} or more") } else { count.to_string() }
}

fn marks(shown: &Shown, now: Timestamp) -> BTreeMap<Status, Mark> {
    let mark = |status: Status| {
        let note = shown
            .oldest
            .get(&status)
            .map_or(String::new(), |oldest| format!(", oldest {}", age(oldest.created_at, now)));
        (status, Mark { count: shown.counts.get(&status).copied().unwrap_or_default(), note })
    };
    Status::ALL.into_iter().map(mark).collect()
}

/// The same as a list, for those who do not see the picture, with the way to each.
fn statuses(shown: &Shown, now: Timestamp) -> String {
    let mut html = Html::new();
    html.raw("<ul class=\"rows\" aria-label=\"Bookings by status\">");
    for status in Status::ALL {
        let (class, icon) = status_ui(status);
        let count = shown.counts.get(&status).copied().unwrap_or_default();
        html.raw("<li><span><a class=\"link\"")
            .attr("href", &format!("/bookings?status={}", status.name()))
            .raw("><span");
        html.attr("class", class).raw(">").icon(icon).text(status.label()).raw("</span></a>");
        if let Some(oldest) = shown.oldest.get(&status) {
            html.raw(" <a class=\"link\"").attr("href", &format!("/bookings/{}", oldest.booking)).raw(">oldest, made ");
            html.text(&age(oldest.created_at, now)).raw(" ago<span class=\"sr-only\">, ").text(status.label());
            html.raw("</span></a>");
        }
        html.raw("</span><b>").text(&count.to_string()).raw("</b></li>");
    }
    html.raw("</ul>").finish()
}
