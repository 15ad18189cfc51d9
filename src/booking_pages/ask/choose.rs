//! The first step: when, where, and about the job. Choosing holds the time for a while.

use std::collections::BTreeMap;

use axum::extract::{Form as Posted, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use mongodb::bson::oid::ObjectId;

use super::asked::{Asked, path};
use super::draft;
use super::model::{AskDraft, HELD_MINUTES};
use super::picker::{self, Week};
use super::{owner, store};
use crate::account::{address, store as accounts};
use crate::booking::machine::guards::SLOT_TAKEN;
use crate::booking::slots;
use crate::booking::store::{self as bookings, ApplyError};
use crate::booking_pages::ask::AskContext;
use crate::catalogue::model::Reach;
use crate::error::{AppError, ErrorKind};
use crate::time::Timestamp;
use crate::ui::form::{Control, Form, Input};
use crate::web::plain;
use crate::web::plain::back_link;
use crate::web::shell::respond;
use crate::web::viewer::Viewer;
use crate::web::{PageHead, Script};

/// The most times that one person holds at once.
const MOST_HELD: u64 = 3;
/// The most times that are held from one network address at once: enough for a household or an office.
const MOST_HELD_FROM: u64 = 10;
/// How often a draft may hold a time. After that it can only be sent without a held time.
const MOST_HOLDS: i32 = 6;

/// `GET /book/{slug}`; `?starts_at=` chooses a time that a page before offered.
pub(super) async fn show(
    ctx: AskContext,
    asked: Asked,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, AppError> {
    let mine = owner::owners(&ctx.headers, asked.page.viewer.as_ref());
    let draft = store::find_owned(&ctx.kit.db, &mine, asked.service.id, ctx.now).await?;
    let mut form = match (&draft, &asked.page.viewer) {
        (Some(draft), _) => typed(draft),
        (None, Some(viewer)) => at_home(&ctx, viewer).await?,
        (None, None) => Form::default(),
    };
    if let Some(starts_at) = query.get("starts_at") {
        form.set("starts_at", starts_at.clone());
    }
    let from = form.get("starts_at").parse().ok().map(Timestamp);
    page(&ctx, asked, form, draft, from, StatusCode::OK).await
}

/// `POST /book/{slug}`: shows other days, or keeps the draft, holds its time and goes on to the review.
pub(super) async fn choose(
    ctx: AskContext,
    asked: Asked,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let mut form = Form::from_pairs(&pairs);
    let mine = owner::owners(&ctx.headers, asked.page.viewer.as_ref());
    let draft = store::find_owned(&ctx.kit.db, &mine, asked.service.id, ctx.now).await?;
    let from = form.get("from").parse().ok().map(Timestamp);
    if let Some(from) = from.and_then(|from| Week::step(from, form.get("go"))) {
        return page(&ctx, asked, form, draft, Some(from), StatusCode::OK).await;
    }
    let Some(wanted) = draft::read(&mut form, &asked.service) else {
        return page(&ctx, asked, form, draft, from, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let (owner, cookie) = owner::of_request(&ctx, asked.page.viewer.as_ref());
    let peer = ctx.peer.map(|peer| peer.to_string()).unwrap_or_default();
    let wanted = wanted.draft(draft.clone(), owner, peer, &asked.service, ctx.now);
    match keep(&ctx, &asked, wanted).await {
        Ok(()) => {
            let to = format!("{}/review", path(&asked.service.slug));
            Ok(owner::with_cookie(Redirect::to(&to).into_response(), cookie))
        }
        Err(error) if matches!(error.status, 409 | 429) => {
            let status = plain::status(&error);
            let from = form.get("starts_at").parse().ok().map(Timestamp).or(from);
            form.problem("starts_at", &error.code, error.message);
            page(&ctx, asked, form, draft, from, status).await
        }
        Err(error) => Err(error),
    }
}

/// Holds the draft's time and writes it down.
///
/// # Errors
/// 409 when the time is not free, 429 when too many are held, 503.
async fn keep(ctx: &AskContext, asked: &Asked, mut draft: AskDraft) -> Result<(), AppError> {
    let db = &ctx.kit.db;
    if !picker::is_free(ctx, asked, Some(draft.id), draft.starts_at).await? {
        return Err(taken(ctx, asked, &draft).await);
    }
    let (by_owner, from_peer) = store::live_holds(db, &draft.owner, &draft.peer, draft.id, ctx.now).await?;
    if by_owner >= MOST_HELD || from_peer >= MOST_HELD_FROM {
        let message = format!(
            "Several times are being held for you already. Send or leave those requests first, or wait {HELD_MINUTES} minutes."
        );
        return Err(AppError::too_many(message, u32::try_from(60 * HELD_MINUTES).unwrap_or(u32::MAX)));
    }
    if draft.holds < MOST_HOLDS {
        let until = ctx.now.plus_minutes(HELD_MINUTES);
        let cells = cells(&draft, asked);
        match bookings::hold(db, draft.id, &cells, until, ctx.now).await {
            Ok(()) => (draft.held_until, draft.holds) = (until, draft.holds + 1),
            Err(ApplyError::Database(error)) => return Err(error.into()),
            Err(ApplyError::SlotTaken | ApplyError::Stale) => return Err(taken(ctx, asked, &draft).await),
        }
    }
    Ok(store::save(db, &draft).await?)
}

/// Somebody was faster: the next three times that are free.
async fn taken(ctx: &AskContext, asked: &Asked, draft: &AskDraft) -> AppError {
    // The refusal stands even if the alternatives cannot be read.
    let free = picker::next_free(ctx, asked, Some(draft.id), draft.starts_at).await.unwrap_or_default();
    let alternatives: Vec<String> = free.into_iter().map(|at| at.text(&asked.service.zone)).collect();
    let instead = if alternatives.is_empty() {
        "Choose another one.".to_owned()
    } else {
        format!("Free instead: {}.", alternatives.join("; "))
    };
    let message = format!("This time is not free any more. {instead}");
    AppError { alternatives, ..AppError::new(ErrorKind::Conflict, SLOT_TAKEN, message) }
}

/// The cells of the draft's time with the service's buffers.
fn cells(draft: &AskDraft, asked: &Asked) -> Vec<String> {
    let service = &asked.service;
    let from = draft.starts_at.plus_minutes(-service.buffer_before_minutes.max(0));
    let to = draft.starts_at.plus_minutes(service.minutes + service.buffer_after_minutes.max(0));
    slots::cells(&service.provider_id.to_hex(), from, to)
}

/// The form for somebody whose address is known: nobody is asked twice.
async fn at_home(ctx: &AskContext, viewer: &Viewer) -> Result<Form, AppError> {
    let mut form = Form::default();
    let id = ObjectId::parse_str(&viewer.id).map_err(|_| AppError::fault())?;
    if let Some(account) = accounts::find(&ctx.kit.db, id).await? {
        address::prefill(&mut form, account.place.as_ref(), account.address.as_deref());
    }
    Ok(form)
}

/// What was typed for a draft.
fn typed(draft: &AskDraft) -> Form {
    let mut form = Form::default();
    form.set("starts_at", draft.starts_at.0.to_string()).set("street", draft.street.clone());
    form.set("locality", draft.locality.clone()).set("details", draft.details.clone());
    form
}

async fn page(
    ctx: &AskContext,
    asked: Asked,
    form: Form,
    draft: Option<AskDraft>,
    from: Option<Timestamp>,
    status: StatusCode,
) -> Result<Response, AppError> {
    let week = picker::week(ctx, &asked, draft.map(|draft| draft.id), from).await?;
    let slug = asked.service.slug.as_str();
    let (title, by) = (asked.service.title.as_str(), asked.service.provider_name.as_str());
    let somewhere = (asked.service.reach != Reach::Remote).then(|| {
        view! {
            {address::render(&form)}
            <p class="hint">"Only the provider you ask sees the exact address."</p>
        }
    });
    let hint = "What should the provider know? Access, size, what you have tried. They see it with your request.";
    let details = Input { name: "details", label: "About the job", control: Control::Area, required: false, hint };
    let body = view! {
        <div class="narrow wide">
            <header class="title">
                {back_link(&format!("/services/{slug}"), title)}
                <h1>"Choose a time"</h1>
                <p class="sub">{format!("{title} by {by}")}</p>
            </header>
            <div>{form.render_summary()}</div>
            <form class="card stack" method="post" action=path(slug)>
                <div
                    class="days"
                    aria-live="polite"
                    data-src=format!("{}/days", path(slug))
                    data-zone-unknown=asked.page.zone.is_none().then_some("")
                >
                    {week.render(&form)}
                </div>
                <div class="stack">
                    {somewhere}
                    {form.render(&details)}
                    <button class="btn btn-primary" name="go" value="on">"Continue"</button>
                </div>
            </form>
        </div>
    };
    let head = PageHead::new(format!("Book {title}"), &["arrow-left", "triangle-alert"]);
    Ok(respond(status, &asked.page, PageHead { script: Some(Script::Days), ..head }, || body.into_any()))
}
