//! The second step: everything at a glance, what it would cost and when it can be cancelled, and then sending it.

mod guest_form;
mod photos;
mod view;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::asked::{Asked, path};
use super::model::AskDraft;
use super::{draft, owner, store};
use crate::booking::machine::aggregate::Party;
use crate::booking::machine::names;
use crate::booking::machine::{Actor, Booking, Facts, Role};
use crate::booking::schema::BookingView;
use crate::booking::store as bookings;
use crate::booking::view::{ViewContext, booking as view_of};
use crate::booking_pages::ask::AskContext;
use crate::error::AppError;
use crate::ids;
use crate::ui::form::Form;
use crate::web::PageHead;
use crate::web::shell::respond;
use crate::web::viewer::Viewer;

pub(super) use view::request_card;

/// The actions with which a request leaves, the best first.
pub(super) const SENDING: [&str; 2] = [names::BOOK_INSTANTLY, names::REQUEST];

/// `GET /book/{slug}/review`
pub(super) async fn show(ctx: AskContext, asked: Asked) -> Result<Response, AppError> {
    match load(&ctx, &asked).await? {
        Some(draft) => page(&ctx, asked, draft, Form::default(), StatusCode::OK).await,
        None => Ok(Redirect::to(&path(&asked.service.slug)).into_response()),
    }
}

/// The request's draft, adopted by the account if somebody has signed in since it was begun.
///
/// # Errors
/// When the database is away.
pub(super) async fn load(ctx: &AskContext, asked: &Asked) -> Result<Option<AskDraft>, AppError> {
    let viewer = asked.page.viewer.as_ref();
    let mine = owner::owners(&ctx.headers, viewer);
    let mut draft = store::find_owned(&ctx.kit.db, &mine, asked.service.id, ctx.now).await?;
    if let (Some(draft), Some(viewer)) = (&mut draft, viewer) {
        adopt(ctx, draft, viewer).await?;
    }
    Ok(draft)
}

/// Makes a browser's draft an account's.
///
/// # Errors
/// When the database is away.
pub(super) async fn adopt(ctx: &AskContext, draft: &mut AskDraft, viewer: &Viewer) -> Result<(), AppError> {
    let account = owner::account(&viewer.id);
    if draft.owner != account {
        draft.owner = account;
        store::save(&ctx.kit.db, draft).await?;
    }
    Ok(())
}

/// The draft as the booking it would become, seen by who asks, with what stands in its way.
///
/// # Errors
/// When the database is away.
pub(super) async fn preview(
    ctx: &AskContext,
    asked: &Asked,
    draft: &AskDraft,
) -> Result<(Booking, BookingView), AppError> {
    let viewer = asked.page.viewer.as_ref();
    let guest = draft.guest.as_ref().map_or("You", |guest| guest.name.as_str());
    let party = viewer.map_or_else(
        || Party { id: String::new(), name: guest.into() },
        |viewer| Party { id: viewer.id.clone(), name: viewer.name.clone() },
    );
    let actor = Actor { role: Role::Customer, id: party.id.clone(), name: party.name.clone() };
    // It is only looked at, so its code opens nothing.
    let booking = draft::booking(draft, &asked.service, party, ids::fresh_reference(), String::new(), ctx.now);
    let facts = match viewer {
        Some(_) => bookings::facts_of(&ctx.kit.db, &booking, ctx.now).await?,
        None => Facts::good(),
    };
    let zone = asked.page.zone.as_deref().unwrap_or(&draft.zone);
    let context = ViewContext { actor: &actor, zone, table: ctx.table, facts: &facts, now: ctx.now };
    let view = view_of(&booking, &context);
    Ok((booking, view))
}

/// The review, with what was typed into its forms.
///
/// # Errors
/// When the database is away.
pub(super) async fn page(
    ctx: &AskContext,
    asked: Asked,
    draft: AskDraft,
    form: Form,
    status: StatusCode,
) -> Result<Response, AppError> {
    let (_, view) = preview(ctx, &asked, &draft).await?;
    let title = asked.service.title.as_str();
    let icons = ["arrow-left", "calendar", "clock", "map-pin", "receipt", "triangle-alert", "users"];
    let head = PageHead::new(format!("Review: {title}"), &icons);
    Ok(respond(status, &asked.page, head, || view::body(&asked, &draft, &view, &form, ctx.now)))
}
