//! `/admin/work`: what should have happened by itself and did not, and letting it be tried again.

use axum::extract::{Form as Sent, Query};
use axum::http::StatusCode;
use axum::response::Response;
use mongodb::bson::oid::ObjectId;
use serde::Deserialize;

use super::HOME;
use super::dashboard::counted;
use super::labels::age;
use super::model::AdminAct;
use super::store::{self, LATE_MINUTES, Late};
use crate::error::{AppError, ErrorKind};
use crate::mail::model::{DeadMail, QueueHealth};
use crate::mail::store as mail;
use crate::time::Timestamp;
use crate::ui::form::Form;
use crate::ui::html::Html;
use crate::web::context::RequestContext;
use crate::web::guard::require_admin;
use crate::web::plain::{back, hidden, narrow, refused, see_other};
use crate::web::problem::answer;
use crate::web::viewer::Viewer;
use crate::web::{PageContext, PageHead};
use crate::worker::store::{self as worker, DeadLetter, Stuck};

/// Its address.
pub const PATH: &str = "/admin/work";
/// Where a dead letter is sent to be tried again.
pub const RETRY: &str = "/admin/work/retry";

/// The longest key of a form.
const LONGEST_KEY: usize = 300;

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    done: String,
}

/// Which letter to try again.
#[derive(Deserialize)]
pub struct RetryForm {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    key: String,
}

struct Shown {
    stuck: Vec<Late>,
    how_many: u64,
    failing: Vec<Stuck>,
    effects: Vec<DeadLetter>,
    mails: Vec<DeadMail>,
    health: QueueHealth,
    acts: Vec<AdminAct>,
}

/// `GET /admin/work`
pub async fn show(ctx: RequestContext, Query(Asked { done }): Query<Asked>) -> Response {
    let (frame, viewer) = match require_admin(&ctx, PATH).await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    match load(&ctx).await {
        Ok(shown) => draw(StatusCode::OK, &frame, &viewer, &shown, &Form::default(), ctx.now, !done.is_empty()),
        Err(error) => answer(&frame, PATH, error),
    }
}

/// `POST /admin/work/retry`
pub async fn retry(ctx: RequestContext, Sent(form): Sent<RetryForm>) -> Response {
    let (frame, viewer) = match require_admin(&ctx, PATH).await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    match try_retry(&ctx, &frame, &viewer, &form).await {
        Ok(response) => response,
        Err(error) => answer(&frame, PATH, error),
    }
}

async fn try_retry(
    ctx: &RequestContext,
    frame: &PageContext,
    viewer: &Viewer,
    RetryForm { kind, key }: &RetryForm,
) -> Result<Response, AppError> {
    let action = match kind.as_str() {
        "effect" => "retry_effect",
        "mail" => "retry_mail",
        _ => return Err(AppError::bad_field("kind", "bad_kind", "There is no such kind of form.")),
    };
    if key.is_empty() || key.len() > LONGEST_KEY {
        return Err(AppError::bad_field("key", "bad_key", "There is no such form."));
    }
    let db = &ctx.kit.db;
    let (by, by_name) = (viewer.id.clone(), viewer.name.clone());
    let act = AdminAct { id: ObjectId::new(), at: ctx.now, by, by_name, action: action.into(), subject: key.clone() };
    // Kept before it is done: nothing is ever done of which nobody knows who did it.
    store::record(db, &act).await?;
    tracing::info!(admin = viewer.id, action, key, "admin act");
    let found = match action {
        "retry_effect" => worker::retry(db, key, ctx.now).await?,
        _ => mail::retry(db, key, ctx.now).await?,
    };
    if found {
        return Ok(see_other("/admin/work?done=retry#letters"));
    }
    let message =
        "That letter is no longer dead: somebody has let it be tried again. These are the ones that are left.";
    let mut form = Form::default();
    let status = refused(&mut form, &AppError::new(ErrorKind::Conflict, "not_dead", message));
    Ok(draw(status, frame, viewer, &load(ctx).await?, &form, ctx.now, false))
}

async fn load(ctx: &RequestContext) -> Result<Shown, AppError> {
    let db = &ctx.kit.db;
    let (stuck, how_many, failing, (effects, _), (mails, _), health, acts) = tokio::try_join!(
        store::stuck(db, ctx.now),
        store::count_stuck(db, ctx.now),
        worker::stuck(db),
        worker::dead(db, None),
        mail::dead(db, None),
        mail::queue_health(db),
        store::latest_acts(db),
    )?;
    Ok(Shown { stuck, how_many, failing, effects, mails, health, acts })
}

fn draw(
    status: StatusCode,
    frame: &PageContext,
    viewer: &Viewer,
    shown: &Shown,
    form: &Form,
    now: Timestamp,
    done: bool,
) -> Response {
    let mut html = Html::new();
    back(&mut html, HOME, "Admin");
    html.raw("<h1>What did not happen by itself</h1>");
    form.summary(&mut html);
    if done {
        html.raw("<p class=\"done\" role=\"status\">It is tried again now.</p>");
    }
    clocks(&mut html, shown, now);
    queue(&mut html, &shown.health, &viewer.zone);
    dead(&mut html, shown, &viewer.zone);
    acts(&mut html, &shown.acts, &viewer.zone);
    let icons = ["arrow-left", "circle-check", "triangle-alert", "undo"];
    narrow(status, frame, PageHead::new("What did not happen by itself", &icons), &mut html)
}

fn clocks(html: &mut Html, shown: &Shown, now: Timestamp) {
    html.raw("<section class=\"card\" aria-labelledby=\"stuck-title\"><h2 class=\"eyebrow\" id=\"stuck-title\">");
    html.raw("Stuck clocks</h2>");
    if shown.stuck.is_empty() {
        html.raw("<p>")
            .icon("circle-check")
            .text(&format!("No clock is more than {LATE_MINUTES} minutes late."))
            .raw("</p>");
    } else {
        html.raw("<p>").text(&counted(shown.how_many)).raw(" late by more than ").text(&LATE_MINUTES.to_string());
        html.raw(" minutes. Is a worker running?</p><ul class=\"rows\" aria-label=\"Stuck clocks\">");
        for late in &shown.stuck {
            html.raw("<li><span><a class=\"link\"").attr("href", &format!("/bookings/{}", late.id)).raw(">");
            html.text(&late.reference).raw("</a><span class=\"hint\">").text(&plain(&late.next_due_action));
            html.raw("</span></span><b>").text(&age(late.next_due_at, now)).raw(" late</b></li>");
        }
        html.raw("</ul>");
    }
    if !shown.failing.is_empty() {
        html.raw("<p>On these the work fails again and again. It is tried as long as it takes.</p>");
        html.raw("<ul class=\"rows\" aria-label=\"Failing bookings\">");
        for failing in &shown.failing {
            html.raw("<li><span><a class=\"link\"").attr("href", &format!("/bookings/{}", failing.booking)).raw(">");
            html.text(&failing.reference)
                .raw("</a><span class=\"hint\">")
                .text(&failing.error)
                .raw("</span></span><b>");
            html.text(&failing.failures.to_string()).raw(" times</b></li>");
        }
        html.raw("</ul>");
    }
    html.raw("</section>");
}

/// How the mails do: how many wait, since when, and what went wrong last.
fn queue(html: &mut Html, health: &QueueHealth, zone: &str) {
    html.raw(
        "<section class=\"card\" aria-labelledby=\"mails-title\"><h2 class=\"eyebrow\" id=\"mails-title\">Mails</h2>",
    );
    html.raw("<p>").text(&health.pending.to_string()).raw(" wait to be sent");
    if let Some(oldest) = health.oldest {
        html.raw(", the oldest since ").text(&oldest.text(zone));
    }
    html.raw(".</p>");
    if let Some((at, error)) = &health.last_error {
        html.raw("<p class=\"note\">").icon("triangle-alert").raw("The last failure, ").text(&at.text(zone)).raw(": ");
        html.text(error).raw("</p>");
    }
    html.raw("</section>");
}

fn dead(html: &mut Html, shown: &Shown, zone: &str) {
    html.raw("<section class=\"card\" id=\"letters\" aria-labelledby=\"letters-title\"><h2 class=\"eyebrow\" ");
    html.raw("id=\"letters-title\">Dead letters</h2>");
    if shown.effects.is_empty() && shown.mails.is_empty() {
        html.raw("<p>").icon("circle-check").raw("Nothing was given up.</p></section>");
        return;
    }
    html.raw("<p>Given up after many tries. Mend the cause first, then let it be tried again.</p>");
    html.raw("<ul class=\"rows\" aria-label=\"Dead letters\">");
    for DeadLetter { booking, reference, queued } in &shown.effects {
        let entry = &queued.entry;
        html.raw("<li><span><a class=\"link\"").attr("href", &format!("/bookings/{booking}")).raw(">").text(reference);
        html.raw("</a> ").text(&format!("{}, after {}", plain(entry.kind.name()), plain(&entry.action_name)));
        why(html, entry.at, queued.error.as_deref(), zone);
        again(html, "effect", &entry.key, &format!("{} of {reference}", plain(entry.kind.name())));
    }
    for mail in &shown.mails {
        html.raw("<li><span>").text(&mail.subject).raw("<span class=\"hint\">to ").text(&mail.to).raw("</span>");
        why(html, mail.at, Some(&mail.last_error), zone);
        again(html, "mail", &mail.key, &format!("{} to {}", mail.subject, mail.to));
    }
    html.raw("</ul></section>");
}

fn why(html: &mut Html, at: Timestamp, error: Option<&str>, zone: &str) {
    html.raw("<span class=\"hint\">").text(&at.text(zone));
    if let Some(error) = error {
        html.raw(": ").text(error);
    }
    html.raw("</span></span>");
}

fn again(html: &mut Html, kind: &str, key: &str, what: &str) {
    html.raw("<form method=\"post\"").attr("action", RETRY).raw(">");
    hidden(html, "kind", kind);
    hidden(html, "key", key);
    html.raw("<button class=\"btn\">").icon("undo").raw("Try again<span class=\"sr-only\">: ").text(what);
    html.raw("</span></button></form></li>");
}

fn acts(html: &mut Html, acts: &[AdminAct], zone: &str) {
    html.raw(
        "<section class=\"card\" id=\"acts\" aria-labelledby=\"acts-title\"><h2 class=\"eyebrow\" id=\"acts-title\">",
    );
    html.raw(
        "What admins did here</h2><p class=\"hint\">What they did to a booking or an application stands in its own ",
    );
    html.raw("history. <a class=\"link\" href=\"/admin/history\">Search the bookings' history</a></p>");
    if acts.is_empty() {
        html.raw("<p>Nothing so far.</p>");
    } else {
        html.raw("<ul class=\"rows\" aria-label=\"What admins did here\">");
        for act in acts {
            html.raw("<li><span>")
                .text(&act.by_name)
                .raw(": ")
                .text(&plain(&act.action))
                .raw("<span class=\"hint key\">");
            html.text(&act.subject)
                .raw("</span><span class=\"hint\">")
                .text(&act.at.text(zone))
                .raw("</span></span></li>");
        }
        html.raw("</ul>");
    }
    html.raw("</section>");
}

/// A stored name as words: `update_ratings` is "update ratings".
fn plain(name: &str) -> String {
    name.replace('_', " ")
}
