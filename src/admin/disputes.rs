//! `/admin/disputes`: the open disputes, the oldest first, and until when each is to be ruled on.

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::home::HOME;
use super::labels::{Urgency, age};
use crate::booking::machine::clocks::{DISPUTE_ALARM_DAYS, DISPUTE_DUE_DAYS};
use crate::booking::store::oversight::{self, Disputed, PAGE_SIZE};
use crate::domain::limit::sentence;
use crate::error::AppError;
use crate::time::Timestamp;
use crate::ui::icon::Icon;
use crate::web::PageHead;
use crate::web::context::RequestContext;
use crate::web::guard::Admin;
use crate::web::plain::{back_link, narrow};

/// Its address.
pub const PATH: &str = "/admin/disputes";

/// `GET /admin/disputes`
pub async fn show(ctx: RequestContext, Admin { page, viewer }: Admin) -> Result<Response, AppError> {
    let disputes = oversight::disputes(&ctx.kit.db).await?;
    let list = if disputes.is_empty() {
        view! {
            <div class="card empty">
                <Icon name="circle-check" />
                <h2>"No open dispute"</h2>
                <p>"When two sides disagree, their booking is here until they settle or you rule."</p>
                <a class="btn" href=HOME>
                    "Back to the dashboard"
                </a>
            </div>
        }
        .into_any()
    } else {
        let disputes: Vec<_> = disputes.iter().map(|one| render_dispute(one, &viewer.zone, ctx.now)).collect();
        view! {
            <ol class="stack" aria-label="Open disputes">
                {disputes}
            </ol>
        }
        .into_any()
    };
    let full = i64::try_from(disputes.len()).is_ok_and(|count| count >= PAGE_SIZE);
    let more = full.then(|| {
        view! {
            <p class="hint">"These are the hundred oldest. The next ones follow when some of them are ruled on."</p>
        }
    });
    let periods = sentence!(
        "The oldest first. The alarm comes after ",
        DISPUTE_ALARM_DAYS,
        " days, a ruling is due after ",
        DISPUTE_DUE_DAYS,
        "."
    );
    const { assert!(PAGE_SIZE == 100, "the page says a hundred") };
    let body = view! {
        {back_link(HOME, "Admin")}
        <h1>"Disputes"</h1>
        <p class="sub">{periods}</p>
        {list}
        {more}
    };
    let icons = ["arrow-left", "circle-check", "clock", "scale", "triangle-alert"];
    Ok(narrow(StatusCode::OK, &page, PageHead::new("Disputes", &icons), body))
}

fn render_dispute(one: &Disputed, zone: &str, now: Timestamp) -> AnyView {
    let opened = one.state.dispute.at;
    let due = opened.plus_hours(24 * DISPUTE_DUE_DAYS);
    let (class, icon, label) = Urgency::of(opened, now).ui();
    let price = one.state.price.map(|price| format!(", {}", price.text())).unwrap_or_default();
    let by = one.state.dispute.by.name();
    view! {
        <li class="card booking">
            <h2>
                <a class="link" href=format!("/bookings/{}", one.id)>
                    {format!("{} ", one.service.title)}
                    <span class="hint">{one.reference.clone()}</span>
                </a>
            </h2>
            <p>
                <span class=class>
                    <Icon name=icon />
                    {label}
                </span>
            </p>
            <p>{format!("{} and {}{price}", one.customer.name, one.provider.name)}</p>
            <p class="hint">
                {format!("Opened by the {by} {} ago. Due ", age(opened, now))}
                <time datetime=due.rfc3339()>{due.text(zone)}</time>"."
            </p>
        </li>
    }
    .into_any()
}
