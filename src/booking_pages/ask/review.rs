//! The second step: everything at a glance, what it would cost and when it can be cancelled, and then sending it.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;

use super::model::AskDraft;
use super::pages::{Asked, path};
use super::{draft, guest, owner, photos, store};
use crate::booking::machine::aggregate::Party;
use crate::booking::machine::names;
use crate::booking::machine::{Actor, Booking, Facts, Role};
use crate::booking::schema::{AvailableAction, BookingView};
use crate::booking::store as bookings;
use crate::booking::view::{self, ViewContext};
use crate::booking_pages::ask::AskContext;
use crate::booking_pages::detail::facts::facts;
use crate::error::AppError;
use crate::ids;
use crate::time::{self, Timestamp};
use crate::ui::form::{Control, Form, Input};
use crate::ui::html::Html;
use crate::ui::icon::Icon;
use crate::web::problem::answer;
use crate::web::shell::{PageHead, respond};
use crate::web::urls;
use crate::web::viewer::Viewer;

/// The actions with which a request leaves, the best first.
pub(super) const SENDING: [&str; 2] = [names::BOOK_INSTANTLY, names::REQUEST];

/// `GET /book/{slug}/review`
pub(super) async fn show(ctx: AskContext, Path(slug): Path<String>) -> Response {
    let asked = match Asked::load(&ctx, &slug).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    match load(&ctx, &asked).await {
        Ok(Some(draft)) => draw(&ctx, asked, draft, Form::default(), StatusCode::OK).await,
        Ok(None) => Redirect::to(&path(&slug)).into_response(),
        Err(error) => answer(&asked.frame, &path(&slug), error),
    }
}

/// The request's draft, adopted by the account if somebody has signed in since it was begun.
///
/// # Errors
/// When the database is away.
pub(super) async fn load(ctx: &AskContext, asked: &Asked) -> Result<Option<AskDraft>, AppError> {
    let viewer = asked.frame.viewer.as_ref();
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
    let viewer = asked.frame.viewer.as_ref();
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
    let zone = asked.frame.zone.as_deref().unwrap_or(&draft.zone);
    let context = ViewContext { actor: &actor, zone, table: ctx.table, facts: &facts, now: ctx.now };
    let view = view::booking(&booking, &context);
    Ok((booking, view))
}

/// Draws the review with what was typed into its forms.
pub(super) async fn draw(ctx: &AskContext, asked: Asked, draft: AskDraft, form: Form, status: StatusCode) -> Response {
    let slug = asked.service.slug.clone();
    let view = match preview(ctx, &asked, &draft).await {
        Ok((_, view)) => view,
        Err(error) => return answer(&asked.frame, &path(&slug), error),
    };
    let mut html = Html::new();
    form.summary(&mut html);
    html.raw("<section class=\"card\" aria-labelledby=\"what-title\"><h2 class=\"eyebrow\" id=\"what-title\">");
    html.raw("Your request</h2><div class=\"parts\">");
    html.view(facts(&view)).raw("</div><p class=\"row\"><a class=\"btn\"").attr("href", &path(&slug));
    html.raw(">Change it</a></p></section>");
    photos::draw(&mut html, &slug, &draft, &form);
    held(&mut html, &draft, asked.frame.zone.as_deref().unwrap_or(&draft.zone), ctx.now);
    match &asked.frame.viewer {
        Some(_) => sending(&mut html, &asked, &draft, &view, &form),
        None => signing_in(&mut html, &slug, &form),
    }
    let title = asked.service.title.clone();
    let icons = ["arrow-left", "calendar", "clock", "map-pin", "receipt", "triangle-alert", "users"];
    respond(status, &asked.frame, PageHead::new(format!("Review: {title}"), &icons), move || {
        view! {
            <div class="narrow wide">
                <header class="title">
                    <a class="back" href=path(&slug)>
                        <Icon name="arrow-left" />
                        "Choose a time"
                    </a>
                    <h1>"Look at it once more"</h1>
                    <p class="sub">{title}</p>
                </header>
                <div class="stack" inner_html=html.finish()></div>
            </div>
        }
        .into_any()
    })
}

/// Until when the time is held, said honestly.
fn held(html: &mut Html, draft: &AskDraft, zone: &str, now: Timestamp) {
    html.raw("<p class=\"held\">").icon("clock");
    if draft.held_until > now {
        let until = draft.held_until;
        html.text(&format!(
            "This time is held for you until {} {}.",
            until.clock_text(zone),
            time::zone_name(until, zone)
        ));
    } else {
        html.raw("This time is not held for you any more. If nobody has taken it, you can still send the request.");
    }
    html.raw("</p>");
}

/// The buttons with which it leaves, with the reasons where they cannot be pressed.
fn sending(html: &mut Html, asked: &Asked, draft: &AskDraft, view: &BookingView, form: &Form) {
    let slug = asked.service.slug.as_str();
    let offered: Vec<&AvailableAction> = SENDING
        .iter()
        .filter_map(|name| view.actions.iter().find(|action| action.action_name == *name))
        .filter(|action| action.action_name != names::BOOK_INSTANTLY || asked.service.instant)
        .collect();
    html.raw("<form class=\"card stack\" method=\"post\"").attr("action", &format!("{}/send", path(slug))).raw(">");
    html.raw("<input type=\"hidden\" name=\"draft\"").attr("value", &draft.id.to_hex()).raw(">");
    html.raw("<input type=\"hidden\" name=\"version\"").attr("value", &asked.service.version.to_string()).raw(">");
    let hint = "A word to the provider, if you like.";
    let control = Control::Area;
    form.draw(html, &Input { name: "message", label: "Message", control, required: false, hint });
    let mut reasons: Vec<&str> = Vec::new();
    for (n, action) in offered.iter().enumerate() {
        let class = if n == 0 { "btn btn-primary" } else { "btn" };
        html.raw("<button").attr("class", class).raw(" name=\"action\"").attr("value", &action.action_name);
        html.flag("disabled aria-describedby=\"why-not\"", !action.available).raw(">");
        html.text(&action.button_label).raw("</button>");
        reasons.extend(action.denials.iter().map(|denial| denial.message.as_str()));
    }
    reasons.dedup();
    if !reasons.is_empty() {
        html.raw("<ul class=\"reasons\" id=\"why-not\">");
        for reason in reasons {
            html.raw("<li>").text(reason).raw("</li>");
        }
        html.raw("</ul>");
        let profile =
            view.actions.iter().flat_map(|action| &action.denials).any(|one| one.code == "profile_incomplete");
        if profile {
            let next = urls::query(&format!("{}/review", path(slug)));
            html.raw("<a class=\"btn\"").attr("href", &format!("/account?next={next}")).raw(">Complete my profile</a>");
        }
    }
    html.raw("</form>");
}

/// The three ways on for somebody who is not signed in.
fn signing_in(html: &mut Html, slug: &str, form: &Form) {
    let next = urls::query(&format!("{}/review", path(slug)));
    html.raw("<section class=\"card stack\" aria-labelledby=\"who-title\"><h2 id=\"who-title\">Who is asking?</h2>");
    html.raw("<p>Your request is kept while you sign in.</p><p class=\"row\"><a class=\"btn btn-primary\"");
    html.attr("href", &format!("/sign-in?next={next}")).raw(">Sign in</a><a class=\"btn\"");
    html.attr("href", &format!("/sign-up?next={next}")).raw(">Create an account</a></p></section>");
    guest::draw(html, slug, form);
}
