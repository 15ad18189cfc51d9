//! `/notices`: what one was told, the newest first.

use axum::Router;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use super::model::Notice;
use super::store::{self, Cursor};
use super::{settings_pages, unsubscribe};
use crate::error::AppError;
use crate::ui::html::Html;
use crate::web::context::RequestContext;
use crate::web::kit::Kit;
use crate::web::plain::{narrow, see_other};
use crate::web::problem::answer;
use crate::web::urls;
use crate::web::viewer::Viewer;
use crate::web::{PageContext, PageHead};
use axum::extract::FromRef;

/// The most letters of a notice in the list.
const LONGEST: usize = 500;

/// `/notices`, `/account/notices` and `/unsubscribe`.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Kit: FromRef<S>,
{
    Router::new()
        .route("/notices", get(list))
        .route("/notices/read", post(read_all))
        .merge(settings_pages::routes())
        .merge(unsubscribe::routes())
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    before: String,
}

async fn list(ctx: RequestContext, Query(Asked { before }): Query<Asked>) -> Response {
    let (frame, viewer) = match PageContext::require(&ctx, "/notices").await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    match store::newest(&ctx.kit.db, &viewer.id, Cursor::read(&before)).await {
        Ok((notices, next)) => draw(&frame, &viewer, &notices, next),
        Err(error) => answer(&frame, "/notices", error.into()),
    }
}

async fn read_all(ctx: RequestContext) -> Response {
    match try_read_all(&ctx).await {
        Ok(()) => see_other("/notices"),
        Err(error) if error.status == 401 => see_other("/sign-in?next=/notices"),
        Err(error) => error.into_response(),
    }
}

async fn try_read_all(ctx: &RequestContext) -> Result<(), AppError> {
    let viewer = ctx.require_viewer().await?;
    store::mark_read(&ctx.kit.db, &viewer.id, None, ctx.now).await?;
    Ok(())
}

fn draw(frame: &PageContext, viewer: &Viewer, notices: &[Notice], next: Option<Cursor>) -> Response {
    let mut html = Html::new();
    html.raw("<h1>Notices</h1>");
    if frame.unread > 0 {
        html.raw("<form class=\"row\" method=\"post\" action=\"/notices/read\">");
        html.raw("<button class=\"btn\">").icon("check-check").raw("Mark all as read</button></form>");
    }
    if notices.is_empty() {
        html.raw("<div class=\"card empty\">").icon("bell").raw("<h2>No notices here</h2>");
        html.raw("<p>As soon as something happens with one of your bookings, you read it here.</p>");
        html.raw("<a class=\"btn\" href=\"/bookings\">Go to my bookings</a></div>");
    } else {
        html.raw("<ul class=\"card rows notices\" aria-label=\"Notices\">");
        notices.iter().for_each(|notice| line(&mut html, viewer, notice));
        html.raw("</ul>");
    }
    if let Some(next) = next {
        html.raw("<p class=\"row\"><a class=\"btn\" rel=\"next\"");
        html.attr("href", &format!("/notices?before={}", urls::query(&next.to_string())));
        html.raw(">Older notices").icon("arrow-right").raw("</a></p>");
    }
    html.raw("<p><a class=\"link\" href=\"/account/notices\">Choose which mails you get</a></p>");
    narrow(StatusCode::OK, frame, PageHead::new("Notices", &["check-check", "arrow-right"]), &mut html)
}

/// A notice. That it is new is said in a word, not by its looks alone.
fn line(html: &mut Html, viewer: &Viewer, notice: &Notice) {
    let unread = notice.unread == Some(true);
    html.raw("<li").flag("class=\"unread\"", unread).raw("><div class=\"stack\"><p>");
    if unread {
        html.raw("<span class=\"pill pill-good\">New</span> ");
    }
    html.raw("<a class=\"link\"").attr("href", &notice.href).raw(">").text(&notice.title).raw("</a></p><p>");
    html.text(&shortened(&notice.text))
        .raw("</p><p class=\"hint\">")
        .text(&notice.at.text(&viewer.zone))
        .raw("</p></div></li>");
}

/// What somebody wrote may be long; the booking's page has all of it.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_ends_in_the_middle_of_no_letter() {
        let long = "ā".repeat(LONGEST + 1);
        assert_eq!(shortened(&long), format!("{}…", &long[..2 * LONGEST]));
        assert_eq!(shortened(&long[2..]), long[2..]);
    }
}
