//! `/admin`: where all bookings stand, rendered on the machine, and what waits for a person.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::labels::{Urgency, age, counted};
use super::{categories, dead_letters, disputes, history, work};
use crate::booking::context::BookingContext;
use crate::booking::machine::diagram::{self, Mark};
use crate::booking::machine::{Status, Table};
use crate::booking::status_ui::{STATUS_ICONS, status_ui};
use crate::booking::store as bookings;
use crate::booking::store::oversight::{self, Oldest};
use crate::domain::standing::ProviderStatus;
use crate::error::AppError;
use crate::provider::store as providers;
use crate::time::Timestamp;
use crate::ui::icon::Icon;
use crate::web::guard::Admin;
use crate::web::shell::respond;
use crate::web::{PageContext, PageHead};

/// `GET /admin`
pub async fn show(ctx: BookingContext, Admin { page, .. }: Admin) -> Result<Response, AppError> {
    let shown = load(&ctx).await?;
    Ok(render(&page, ctx.table, &shown, ctx.now))
}

struct Shown {
    counts: BTreeMap<Status, u64>,
    oldest: BTreeMap<Status, Oldest>,
    disputes: Vec<oversight::Disputed>,
    stuck: u64,
    dead: u64,
    waiting: u64,
}

async fn load(ctx: &BookingContext) -> Result<Shown, AppError> {
    let db = &ctx.kit.db;
    let (counts, oldest, disputes, stuck, dead, applications) = tokio::try_join!(
        bookings::count_by_status(db),
        oversight::oldest_by_status(db),
        oversight::disputes(db),
        oversight::count_stuck(db, ctx.now),
        dead_letters::count(db),
        providers::count_by_status(db),
    )?;
    let waiting = applications.get(&ProviderStatus::Pending).copied().unwrap_or_default();
    Ok(Shown { counts, oldest, disputes, stuck, dead, waiting })
}

fn render(page: &PageContext, table: Table<'static>, shown: &Shown, now: Timestamp) -> Response {
    let links = [
        ("/bookings", "All bookings"),
        (history::PATH, "Search the history"),
        ("/admin/reports", "Reported messages"),
        (categories::PATH, "Categories"),
        ("/admin/work#acts", "What admins did"),
    ]
    .map(|(href, text)| {
        view! {
            <li>
                <a class="pill" href=href>
                    {text}
                </a>
            </li>
        }
    });
    let body = view! {
        <div class="parts">
            <h1>"Admin"</h1>
            <section class="stack" aria-labelledby="waits-title">
                <h2 class="eyebrow" id="waits-title">
                    "What waits for you"
                </h2>
                <ul class="tiles">{render_tiles(shown, now)}</ul>
            </section>
            <nav aria-label="More for admins">
                <ul class="pills">{links.collect_view()}</ul>
            </nav>
        </div>
        <section class="card" aria-labelledby="drawn-title">
            <h2 class="eyebrow" id="drawn-title">
                "Where all bookings stand"
            </h2>
            <div
                class="scroll"
                tabindex="0"
                role="group"
                aria-labelledby="drawn-title"
                inner_html=diagram::svg(table, &[], &marks(shown, now))
            ></div>
            <div>{render_statuses(shown, now)}</div>
        </section>
    };
    let head = PageHead::new("Admin", &["triangle-alert", "users"]).with_icons(STATUS_ICONS);
    respond(StatusCode::OK, page, head, move || body.into_any())
}

fn render_tiles(shown: &Shown, now: Timestamp) -> AnyView {
    let urgent = shown.disputes.iter().filter(|one| Urgency::of(one.state.dispute.at, now) != Urgency::OnTime).count();
    let disputed = shown.counts.get(&Status::Disputed).copied().unwrap_or_default();
    let disputes_note = match (shown.disputes.first(), urgent) {
        (None, _) => "Nobody disagrees".to_owned(),
        (Some(first), 0) => format!("the oldest for {}", age(first.state.dispute.at, now)),
        (Some(first), urgent) => format!("{urgent} past the alarm, the oldest {}", age(first.state.dispute.at, now)),
    };
    let stuck = if shown.stuck > 0 { "the clock should have acted" } else { "Every clock is on time" };
    let dead = if shown.dead > 0 { "given up, can be tried again" } else { "Everything was delivered" };
    view! {
        {render_tile("scale", disputes::PATH, "Disputes", disputed, disputes_note, urgent > 0)}
        {render_tile("clock", work::PATH, "Stuck clocks", shown.stuck, stuck.into(), shown.stuck > 0)}
        {render_tile("send", "/admin/work#letters", "Dead letters", shown.dead, dead.into(), shown.dead > 0)}
        {render_tile("users", "/admin/providers", "Applications", shown.waiting, "of new providers".into(), false)}
    }
    .into_any()
}

fn render_tile(
    icon: &'static str,
    href: &'static str,
    title: &'static str,
    count: u64,
    note: String,
    alarm: bool,
) -> AnyView {
    let alarm = alarm.then(|| view! { <Icon name="triangle-alert" />" " });
    view! {
        <li class="card waits">
            <a class="link" href=href>
                <Icon name=icon />
                {title}
            </a>
            " "
            <b class="figure">{counted(count)}</b>
            <p class="hint">{alarm}{note}</p>
        </li>
    }
    .into_any()
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
fn render_statuses(shown: &Shown, now: Timestamp) -> AnyView {
    let line = |status: Status| {
        let (class, icon) = status_ui(status);
        let oldest = shown.oldest.get(&status).map(|oldest| {
            view! {
                " "
                <a class="link" href=format!("/bookings/{}", oldest.booking)>
                    {format!("oldest, made {} ago", age(oldest.created_at, now))}
                    <span class="sr-only">{format!(", {}", status.label())}</span>
                </a>
            }
        });
        view! {
            <li>
                <span>
                    <a class="link" href=format!("/bookings?status={}", status.name())>
                        <span class=class>
                            <Icon name=icon />
                            {status.label()}
                        </span>
                    </a>
                    {oldest}
                </span>
                <b>{shown.counts.get(&status).copied().unwrap_or_default()}</b>
            </li>
        }
    };
    let lines: Vec<_> = Status::ALL.into_iter().map(line).collect();
    view! {
        <ul class="rows" aria-label="Bookings by status">
            {lines}
        </ul>
    }
    .into_any()
}
