//! `/provider`: where a provider stands, what comes next, and the doors to the rest.

use axum::extract::{Form as Sent, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::labels;
use crate::booking::context::BookingContext;
use crate::booking::perform as bookings;
use crate::booking::schema::BookingSummary;
use crate::domain::standing::ProviderStatus;
use crate::error::AppError;
use crate::provider::history::Submission;
use crate::provider::model::Provider;
use crate::provider::onboarding::names;
use crate::provider::onboarding::{self, Step, next_step};
use crate::provider_pages::perform;
use crate::ui::form::Form;
use crate::ui::html::Html;
use crate::web::plain::{hidden, refused, see_other, wide};
use crate::web::problem::answer;
use crate::web::viewer::Viewer;
use crate::web::{PageContext, PageHead};

/// Its address.
const HERE: &str = "/provider";

/// How many of the next bookings are shown.
const SHOWN: usize = 5;

/// `GET /provider`
pub async fn show(ctx: BookingContext) -> Response {
    let (frame, viewer) = match PageContext::require(&ctx, HERE).await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    match page(&ctx, &frame, &viewer, StatusCode::OK, &Form::default()).await {
        Ok(response) => response,
        Err(error) => answer(&frame, HERE, error),
    }
}

/// `POST /provider/requests/{pause|resume}`
pub async fn act(
    ctx: BookingContext,
    Path(action): Path<String>,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Response {
    let (frame, viewer) = match PageContext::require(&ctx, HERE).await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    let Some(row) = onboarding::row(&action).filter(|row| row.sets_active.is_some()) else {
        return answer(&frame, HERE, AppError::not_found());
    };
    let mut form = Form::from_pairs(&pairs);
    let version = form.get("version").parse().unwrap_or_default();
    let done = match perform::load(&ctx, &viewer.id).await {
        Ok(loaded) => perform::perform(&ctx, &viewer, &loaded, row, version, Submission::default()).await,
        Err(error) => Err(error),
    };
    let again = match done {
        Ok(_) => return see_other(HERE),
        Err(error) if error.status == 409 => {
            let status = refused(&mut form, &error);
            page(&ctx, &frame, &viewer, status, &form).await
        }
        Err(error) => Err(error),
    };
    again.unwrap_or_else(|error| answer(&frame, HERE, error))
}

async fn page(
    ctx: &BookingContext,
    frame: &PageContext,
    viewer: &Viewer,
    status: StatusCode,
    form: &Form,
) -> Result<Response, AppError> {
    let loaded = perform::load(ctx, &viewer.id).await?;
    let step = next_step(&loaded.standing());
    let Some(provider) = loaded.provider else {
        return Ok(Redirect::to("/onboarding").into_response());
    };
    let mut html = Html::new();
    html.raw("<header class=\"title\"><h1>My work</h1><p class=\"sub\">").text(&provider.trading_name).raw("</p>");
    labels::pill(&mut html, provider.status);
    html.raw("</header>");
    form.summary(&mut html);
    standing(&mut html, &provider, step);
    if matches!(provider.status, ProviderStatus::Approved | ProviderStatus::Suspended) {
        let page = bookings::list(ctx, viewer, Some("accepted"), Some("provider"), None).await?;
        // The list has the latest first; here the next one is.
        let now = ctx.now.rfc3339();
        let next = page.bookings.iter().rev().filter(|booking| booking.starts_at >= now).take(SHOWN);
        draw_next(&mut html, next);
        doors(&mut html, &provider);
    }
    let icons = [
        "triangle-alert",
        "arrow-right",
        "calendar",
        "map-pin",
        "wrench",
        "users",
        "calendar-clock",
        "calendar-x",
        "pencil",
    ];
    Ok(wide(status, frame, PageHead::new("My work", &icons).with_icons(labels::ICONS), &mut html))
}

fn standing(html: &mut Html, provider: &Provider, step: Step) {
    let button = |html: &mut Html, action: &'static str, label: &'static str, class: &'static str| {
        html.raw("<form method=\"post\" action=\"/provider/requests/").raw(action).raw("\">");
        hidden(html, "version", &provider.version.to_string());
        html.raw("<button class=\"").raw(class).raw("\">").raw(label).raw("</button></form>");
    };
    html.raw("<section class=\"card stack\">");
    match (provider.status, provider.active) {
        (ProviderStatus::Approved, true) => {
            html.raw("<p><b>You take requests.</b> Your published services can be found and asked for.</p>");
            button(html, names::PAUSE, "Pause requests", "btn");
        }
        (ProviderStatus::Approved, false) => {
            html.raw(
                "<p><b>You have paused requests.</b> Your services are not shown. Bookings that you have go on.</p>",
            );
            button(html, names::RESUME, "Take requests again", "btn btn-primary");
        }
        (ProviderStatus::Suspended, _) => {
            let last = provider.history.iter().rev().find(|event| event.action_name == names::SUSPEND);
            html.raw(
                "<p><b>You receive no new requests at the moment.</b> Bookings that you have go on as agreed.</p>",
            );
            html.wrap(
                "<blockquote class=\"words\" dir=\"auto\">",
                last.and_then(|event| event.reason.as_deref()).unwrap_or_default(),
                "</blockquote>",
            );
        }
        _ => {
            let words = match step {
                Step::Details => "Continue, 1 of 3",
                Step::Payout => "Continue, 2 of 3",
                Step::Review => "Continue, 3 of 3",
                Step::Answer => "Answer our question",
                Step::Again => "See the reason",
                _ => "See my application",
            };
            html.raw(
                "<p><b>You are on the way.</b> As soon as your application is approved, you can publish services.</p>",
            );
            html.raw("<p class=\"row\"><a class=\"btn btn-primary\" href=\"/onboarding\">")
                .raw(words)
                .icon("arrow-right");
            html.raw("</a><a class=\"btn\" href=\"/provider/availability\">Set my hours</a></p>");
        }
    }
    html.raw("</section>");
}

fn draw_next<'a>(html: &mut Html, next: impl Iterator<Item = &'a BookingSummary>) {
    html.raw("<section class=\"card\" aria-labelledby=\"next-title\" id=\"next\" data-live=\"Your next bookings have changed.\"><h2 class=\"eyebrow\" id=\"next-title\">Next bookings</h2>");
    let mut next = next.peekable();
    if next.peek().is_none() {
        html.raw(
            "<p>Nothing is agreed for the days ahead. Requests that wait for your answer are among your bookings.</p>",
        );
    } else {
        html.raw("<ul class=\"rows\">");
        for booking in next {
            html.raw("<li><span><a class=\"link\"").attr("href", &format!("/bookings/{}", booking.id)).raw(">");
            html.text(&booking.service).raw("</a><span class=\"hint\">").text(&booking.when_text).raw(", for ");
            html.text(&booking.with)
                .raw("</span><span class=\"hint\">")
                .text(&booking.place)
                .raw("</span></span></li>");
        }
        html.raw("</ul>");
    }
    html.raw("<p class=\"row\"><a class=\"btn\" href=\"/bookings?role=provider&amp;status=requested\">Requests to answer</a>");
    html.raw("<a class=\"btn\" href=\"/bookings?role=provider\">All my jobs</a></p></section>");
}

fn doors(html: &mut Html, provider: &Provider) {
    html.raw("<ul class=\"tiles\">");
    let profile = format!("/providers/{}", provider.id);
    for (icon, href, title, text) in [
        ("wrench", "/provider/services", "Services", "What you offer, what it costs, and where."),
        ("calendar-clock", "/provider/availability", "Hours", "Your week, days off and other calendars."),
        ("calendar-x", "/provider/sick-day", "Sick day", "Cancel or move all bookings of some days at once."),
        ("pencil", "/provider/profile", "Profile", "What you say about yourself, and your phone."),
        ("users", profile.as_str(), "Public profile", "What everybody can see of you."),
    ] {
        if icon == "users" && provider.status != ProviderStatus::Approved {
            continue;
        }
        html.raw("<li class=\"card tile\">").icon(icon).raw("<h2><a class=\"link\"").attr("href", href).raw(">");
        html.text(title).raw("</a></h2><p>").text(text).raw("</p></li>");
    }
    html.raw("</ul>");
}
