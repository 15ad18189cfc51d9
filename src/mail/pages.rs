//! The mails of the demo, readable.

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;

use super::model::Mail;
use super::store::{self, Cursor};
use crate::error::AppError;
use crate::ui::html::Html;
use crate::web::context::RequestContext;
use crate::web::kit::Kit;
use crate::web::plain::{back, narrow};
use crate::web::{PageContext, PageHead, urls};
use axum::extract::FromRef;

/// In which zone the demo's mails are dated.
const ZONE: &str = "Pacific/Auckland";

/// `/dev/mail`, which does not exist outside of the demo.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Kit: FromRef<S>,
{
    Router::new()
        .route("/dev/mail", get(list))
        .route("/dev/mail/{key}", get(one))
        .route("/dev/mail/{key}/html", get(one_as_html))
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    before: String,
}

async fn list(ctx: RequestContext, Query(Asked { before }): Query<Asked>) -> Result<Response, AppError> {
    demo_only(&ctx)?;
    let frame = PageContext::load(&ctx).await?;
    let (mails, next) = store::newest(&ctx.kit.db, Cursor::read(&before)).await?;
    let mut html = Html::new();
    html.raw("<h1>Mails</h1><p class=\"sub\">This is a demo: what would be sent is kept here, the newest first.</p>");
    if mails.is_empty() {
        html.raw("<div class=\"card empty\">").icon("reply");
        html.raw("<h2>No mails here</h2><p>As soon as somebody signs up or becomes a GigSta, there is one.</p>");
        html.raw("<a class=\"btn\" href=\"/sign-up\">Sign up</a></div>");
    } else {
        html.raw("<ul class=\"card rows\" aria-label=\"Mails\">");
        for mail in &mails {
            html.raw("<li><span><a class=\"link\"").attr("href", &format!("/dev/mail/{}", urls::segment(&mail.key)));
            html.raw(">").text(&mail.subject).raw("</a><span class=\"hint\">to ").text(&mail.to).raw(", ");
            html.text(&mail.at.text(ZONE)).raw("</span></span></li>");
        }
        html.raw("</ul>");
    }
    if let Some(next) = next {
        html.raw("<p class=\"row\"><a class=\"btn\" rel=\"next\"");
        html.attr("href", &format!("/dev/mail?before={}", urls::query(&next.to_string())));
        html.raw(">Older mails").icon("arrow-right").raw("</a></p>");
    }
    Ok(narrow(StatusCode::OK, &frame, PageHead::new("Mails", &["reply", "arrow-right"]), &mut html))
}

async fn one(ctx: RequestContext, Path(key): Path<String>) -> Result<Response, AppError> {
    demo_only(&ctx)?;
    let frame = PageContext::load(&ctx).await?;
    let mail = store::find(&ctx.kit.db, &key).await?.ok_or_else(AppError::not_found)?;
    let mut html = Html::new();
    back(&mut html, "/dev/mail", "All mails");
    html.raw("<h1>").text(&mail.subject).raw("</h1><p class=\"sub\">To <b>").text(&mail.to).raw("</b>, ");
    html.text(&mail.at.text(ZONE)).raw("</p><div class=\"card words\">");
    text(&mut html, &mail);
    html.raw("</div>");
    if mail.html.is_some() {
        html.raw("<p class=\"row\"><a class=\"btn\"");
        html.attr("href", &format!("/dev/mail/{}/html", urls::segment(&mail.key))).raw(">As mail programs show it");
        html.icon("arrow-right").raw("</a></p>");
    }
    Ok(narrow(StatusCode::OK, &frame, PageHead::new(mail.subject.clone(), &["arrow-left", "arrow-right"]), &mut html))
}

/// The HTML part as it is. Mails carry their style in every element, which our pages may not; so it is shown under a policy
/// of its own, alone and unable to do anything.
async fn one_as_html(ctx: RequestContext, Path(key): Path<String>) -> Result<Response, AppError> {
    const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
                          frame-ancestors 'none'; sandbox allow-top-navigation-by-user-activation";
    demo_only(&ctx)?;
    let mail = store::find(&ctx.kit.db, &key).await?.ok_or_else(AppError::not_found)?;
    let html = mail.html.ok_or_else(AppError::not_found)?;
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CONTENT_SECURITY_POLICY, POLICY)];
    Ok((headers, html).into_response())
}

/// The text as it is, lines that are an address as links.
fn text(html: &mut Html, mail: &Mail) {
    for line in mail.text.lines() {
        let is_link = (line.starts_with("http://") || line.starts_with("https://")) && !line.contains(' ');
        if is_link {
            html.raw("<a class=\"link\"").attr("href", line).raw(">").text(line).raw("</a>\n");
        } else {
            html.text(line).raw("\n");
        }
    }
}

fn demo_only(ctx: &RequestContext) -> Result<(), AppError> {
    if ctx.kit.site.is_demo() { Ok(()) } else { Err(AppError::not_found()) }
}
