//! `/admin/disputes`: the open disputes, the oldest first, and until when each is to be ruled on.

use axum::http::StatusCode;
use axum::response::Response;

use super::HOME;
use super::labels::{DUE_DAYS, Urgency, age};
use super::store::{self, Disputed, PAGE_SIZE};
use crate::time::Timestamp;
use crate::ui::html::Html;
use crate::web::PageHead;
use crate::web::context::RequestContext;
use crate::web::guard::require_admin;
use crate::web::plain::{back, narrow};
use crate::web::problem::answer;

/// Its address.
pub const PATH: &str = "/admin/disputes";

/// `GET /admin/disputes`
pub async fn show(ctx: RequestContext) -> Response {
    let (frame, viewer) = match require_admin(&ctx, PATH).await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    let disputes = match store::disputes(&ctx.kit.db).await {
        Ok(disputes) => disputes,
        Err(error) => return answer(&frame, PATH, error.into()),
    };
    let mut html = Html::new();
    back(&mut html, HOME, "Admin");
    html.raw("<h1>Disputes</h1><p class=\"sub\">The oldest first. The alarm comes after 7 days, a ruling is due after 14.</p>");
    if disputes.is_empty() {
        html.raw("<div class=\"card empty\">").icon("circle-check");
        html.raw("<h2>No open dispute</h2><p>When two sides disagree, their booking is here until they settle or you rule.</p>");
        html.raw("<a class=\"btn\" href=\"/admin\">Back to the dashboard</a></div>");
    } else {
        html.raw("<ol class=\"stack\" aria-label=\"Open disputes\">");
        for one in &disputes {
            draw(&mut html, one, &viewer.zone, ctx.now);
        }
        html.raw("</ol>");
    }
    if i64::try_from(disputes.len()).is_ok_and(|count| count >= PAGE_SIZE) {
        html.raw(
            "<p class=\"hint\">These are the hundred oldest. The next ones follow when some of them are ruled on.</p>",
        );
    }
    let icons = ["arrow-left", "circle-check", "clock", "scale", "triangle-alert"];
    narrow(StatusCode::OK, &frame, PageHead::new("Disputes", &icons), &mut html)
}

fn draw(html: &mut Html, one: &Disputed, zone: &str, now: Timestamp) {
    let opened = one.state.dispute.at;
    let due = opened.plus_hours(24 * DUE_DAYS);
    let (class, icon, words) = Urgency::of(opened, now).ui();
    html.raw("<li class=\"card booking\"><h2><a class=\"link\"")
        .attr("href", &format!("/bookings/{}", one.id))
        .raw(">");
    html.text(&one.service.title).raw(" <span class=\"hint\">").text(&one.reference).raw("</span></a></h2><p><span");
    html.attr("class", class).raw(">").icon(icon).raw(words).raw("</span></p><p>").text(&one.customer.name);
    html.raw(" and ").text(&one.provider.name);
    if let Some(price) = one.state.price {
        html.raw(", ").text(&price.text());
    }
    html.raw("</p><p class=\"hint\">Opened by the ").text(one.state.dispute.by.name()).raw(" ").text(&age(opened, now));
    html.raw(" ago. Due <time")
        .attr("datetime", &due.rfc3339())
        .raw(">")
        .text(&due.text(zone))
        .raw("</time>.</p></li>");
}
