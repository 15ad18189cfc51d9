//! `/notices`: the viewer's notices, the newest first.

use axum::Router;
use axum::extract::FromRef;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use leptos::prelude::*;
use serde::Deserialize;

use super::model::Notice;
use super::store::{self, Cursor};
use super::{settings_pages, unsubscribe};
use crate::error::AppError;
use crate::ui::icon::Icon;
use crate::web::context::RequestContext;
use crate::web::guard::SignedIn;
use crate::web::kit::Kit;
use crate::web::plain::{narrow, see_other};
use crate::web::{PageContext, PageHead, urls};

/// The most characters of a notice in the list.
const MAX_TEXT_CHARACTERS: usize = 500;

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

async fn list(
    ctx: RequestContext,
    SignedIn { page, viewer }: SignedIn,
    Query(Asked { before }): Query<Asked>,
) -> Result<Response, AppError> {
    let (notices, next) = store::newest(&ctx.kit.db, &viewer.id, Cursor::read(&before)).await?;
    Ok(render(&page, &viewer.zone, &notices, next))
}

async fn read_all(ctx: RequestContext, SignedIn { viewer, .. }: SignedIn) -> Result<Response, AppError> {
    store::mark_read(&ctx.kit.db, &viewer.id, None, ctx.now).await?;
    Ok(see_other("/notices"))
}

fn render(page: &PageContext, zone: &str, notices: &[Notice], next: Option<Cursor>) -> Response {
    let read_all = (page.unread.count() > 0).then(|| {
        view! {
            <form class="row" method="post" action="/notices/read">
                <button class="btn">
                    <Icon name="check-check" />
                    "Mark all as read"
                </button>
            </form>
        }
    });
    let list = if notices.is_empty() {
        view! {
            <div class="card empty">
                <Icon name="bell" />
                <h2>"No notices here"</h2>
                <p>"As soon as something happens with one of your bookings, you read it here."</p>
                <a class="btn" href="/bookings">
                    "Go to my bookings"
                </a>
            </div>
        }
        .into_any()
    } else {
        let lines: Vec<_> = notices.iter().map(|notice| render_line(notice, zone)).collect();
        view! {
            <ul class="card rows notices" aria-label="Notices">
                {lines}
            </ul>
        }
        .into_any()
    };
    let older = next.map(|next| {
        view! {
            <p class="row">
                <a class="btn" rel="next" href=format!("/notices?before={}", urls::query(&next.to_string()))>
                    "Older notices"
                    <Icon name="arrow-right" />
                </a>
            </p>
        }
    });
    let body = view! {
        <h1>"Notices"</h1>
        {read_all}
        {list}
        {older}
        <p>
            <a class="link" href="/account/notices">
                "Choose which mails you get"
            </a>
        </p>
    };
    narrow(StatusCode::OK, page, PageHead::new("Notices", &["check-check", "arrow-right"]), body)
}

/// A notice. That it is new is said in a word, not by its looks alone.
fn render_line(notice: &Notice, zone: &str) -> AnyView {
    let unread = notice.unread == Some(true);
    let new = unread.then(|| view! { <span class="pill pill-good">"New"</span>" " });
    view! {
        <li class=unread.then_some("unread")>
            <div class="stack">
                <p>
                    {new}
                    <a class="link" href=notice.href.clone()>
                        {notice.title.clone()}
                    </a>
                </p>
                <p>{shortened(&notice.text)}</p>
                <p class="hint">{notice.at.text(zone)}</p>
            </div>
        </li>
    }
    .into_any()
}

/// What somebody wrote may be long; the booking's page has all of it.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(MAX_TEXT_CHARACTERS) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_ends_in_the_middle_of_no_letter() {
        let long = "ā".repeat(MAX_TEXT_CHARACTERS + 1);
        assert_eq!(shortened(&long), format!("{}…", &long[..2 * MAX_TEXT_CHARACTERS]));
        assert_eq!(shortened(&long[2..]), long[2..]);
    }
}
