//! The mails of the demo, readable.

use axum::Router;
use axum::extract::FromRef;
use axum::extract::{Path, Query};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use leptos::prelude::*;
use serde::Deserialize;

use super::model::Mail;
use super::store::{self, Cursor};
use crate::error::AppError;
use crate::ui::icon::Icon;
use crate::web::context::RequestContext;
use crate::web::guard::DemoOnly;
use crate::web::kit::Kit;
use crate::web::plain::{back_link, narrow};
use crate::web::{PageContext, PageHead, urls};

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

async fn list(
    _: DemoOnly,
    ctx: RequestContext,
    page: PageContext,
    Query(Asked { before }): Query<Asked>,
) -> Result<Response, AppError> {
    let (mails, next) = store::newest(&ctx.kit.db, Cursor::read(&before)).await?;
    let list = if mails.is_empty() {
        view! {
            <div class="card empty">
                <Icon name="reply" />
                <h2>"No mails here"</h2>
                <p>"As soon as somebody signs up or becomes a GigSta, there is one."</p>
                <a class="btn" href="/sign-up">
                    "Sign up"
                </a>
            </div>
        }
        .into_any()
    } else {
        let mails: Vec<_> = mails.iter().map(render_line).collect();
        view! {
            <ul class="card rows" aria-label="Mails">
                {mails}
            </ul>
        }
        .into_any()
    };
    let older = next.map(|next| {
        view! {
            <p class="row">
                <a class="btn" rel="next" href=format!("/dev/mail?before={}", urls::query(&next.to_string()))>
                    "Older mails"
                    <Icon name="arrow-right" />
                </a>
            </p>
        }
    });
    let body = view! {
        <h1>"Mails"</h1>
        <p class="sub">"This is a demo: what would be sent is kept here, the newest first."</p>
        {list}
        {older}
    };
    Ok(narrow(StatusCode::OK, &page, PageHead::new("Mails", &["reply", "arrow-right"]), body))
}

fn render_line(mail: &Mail) -> AnyView {
    view! {
        <li>
            <span>
                <a class="link" href=format!("/dev/mail/{}", urls::segment(&mail.key))>
                    {mail.subject.clone()}
                </a>
                <span class="hint">{format!("to {}, {}", mail.to, mail.at.text(ZONE))}</span>
            </span>
        </li>
    }
    .into_any()
}

async fn one(
    _: DemoOnly,
    ctx: RequestContext,
    page: PageContext,
    Path(key): Path<String>,
) -> Result<Response, AppError> {
    let mail = store::find(&ctx.kit.db, &key).await?.ok_or_else(AppError::not_found)?;
    let as_html = mail.html.is_some().then(|| {
        view! {
            <p class="row">
                <a class="btn" href=format!("/dev/mail/{}/html", urls::segment(&mail.key))>
                    "As mail programs show it"
                    <Icon name="arrow-right" />
                </a>
            </p>
        }
    });
    let body = view! {
        {back_link("/dev/mail", "All mails")}
        <h1>{mail.subject.clone()}</h1>
        <p class="sub">"To "<b>{mail.to.clone()}</b>{format!(", {}", mail.at.text(ZONE))}</p>
        <div class="card words">{render_text(&mail.text)}</div>
        {as_html}
    };
    let head = PageHead::new(mail.subject.clone(), &["arrow-left", "arrow-right"]);
    Ok(narrow(StatusCode::OK, &page, head, body))
}

/// The HTML part as it is. Mails carry their style in every element, which our pages may not; so it is shown under a policy
/// of its own, alone and unable to do anything.
async fn one_as_html(_: DemoOnly, ctx: RequestContext, Path(key): Path<String>) -> Result<Response, AppError> {
    const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
                          frame-ancestors 'none'; sandbox allow-top-navigation-by-user-activation";
    let mail = store::find(&ctx.kit.db, &key).await?.ok_or_else(AppError::not_found)?;
    let html = mail.html.ok_or_else(AppError::not_found)?;
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CONTENT_SECURITY_POLICY, POLICY)];
    Ok((headers, html).into_response())
}

/// The text as it is, lines that are an address as links.
fn render_text(text: &str) -> Vec<AnyView> {
    let line = |line: &str| {
        let is_link = (line.starts_with("http://") || line.starts_with("https://")) && !line.contains(' ');
        if is_link {
            let link = view! {
                <a class="link" href=line.to_owned()>
                    {line.to_owned()}
                </a>
            };
            (link, "\n").into_any()
        } else {
            format!("{line}\n").into_any()
        }
    };
    text.lines().map(line).collect()
}
