//! One click out of the mails of a group (RFC 8058): the link of a mail opens a page, and only what is sent from there, or
//! by a mail program in its reader's name, acts. Nobody has to sign in for it.

use axum::Router;
use axum::extract::FromRef;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use leptos::prelude::*;
use mongodb::bson::oid::ObjectId;

use super::kinds::Group;
use super::store;
use crate::error::AppError;
use crate::ui::icon::Icon;
use crate::web::context::RequestContext;
use crate::web::kit::Kit;
use crate::web::plain::narrow;
use crate::web::{PageContext, PageHead};

/// Below which a token stands. The log leaves out what follows.
pub const PATH: &str = "/unsubscribe/";

/// Mail programs send a form with a file's type to the very same address, so it ends as such addresses do.
const END: &str = "/one-click";

/// `/unsubscribe/{token}/one-click`
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Kit: FromRef<S>,
{
    Router::new().route("/unsubscribe/{token}/one-click", get(show).post(act))
}

/// The path that ends the mails of a group.
pub fn path(account: ObjectId, secret: &str, group: Group) -> String {
    format!("{PATH}{}-{secret}-{}{END}", account.to_hex(), group.name())
}

/// What a token says; nothing for what never was one.
fn read(token: &str) -> Option<(ObjectId, &str, Group)> {
    let mut parts = token.splitn(3, '-');
    let account = ObjectId::parse_str(parts.next()?).ok()?;
    let secret = parts.next().filter(|secret| secret.len() == 32)?;
    Some((account, secret, Group::from_name(parts.next()?)?))
}

async fn show(ctx: RequestContext, page: PageContext, Path(token): Path<String>) -> Result<Response, AppError> {
    let known = match read(&token) {
        Some((account, secret, group)) => store::knows(&ctx.kit.db, account, secret).await?.then_some(group),
        None => None,
    };
    let Some(group) = known else {
        return Ok(render_dead(&page));
    };
    let body = view! {
        <h1>"No more of these mails?"</h1>
        <p class="lead">{group.label()}</p>
        <form class="card stack" method="post" action=format!("{PATH}{token}{END}")>
            <p>
                "You will still find all of it under Notices when you are signed in. \
                 Mails about cancellations, no-shows, disputes and your account always come."
            </p>
            <button class="btn btn-primary">"Yes, no more of these"</button>
        </form>
        {other_way()}
    };
    Ok(narrow(StatusCode::OK, &page, PageHead::new("No more of these mails?", &[]), body))
}

/// Acts at once and never leads elsewhere: mail programs do not follow.
async fn act(ctx: RequestContext, page: PageContext, Path(token): Path<String>) -> Result<Response, AppError> {
    let ended = match read(&token) {
        Some((account, secret, group)) => {
            store::mute(&ctx.kit.db, account, secret, group).await?.then_some((account, group))
        }
        None => None,
    };
    let Some((account, group)) = ended else {
        return Ok(render_dead(&page));
    };
    tracing::info!(%account, group = group.name(), "unsubscribed");
    let body = view! {
        <h1>"No more of these mails"</h1>
        <p class="done" role="status">
            {format!("Done. No more mails about: {}.", group.label())}
        </p>
        {other_way()}
    };
    Ok(narrow(StatusCode::OK, &page, PageHead::new("No more of these mails", &[]), body))
}

fn other_way() -> AnyView {
    view! {
        <p>
            "Or "
            <a class="link" href="/account/notices">
                "choose which mails you get"
            </a>
            ", and when."
        </p>
    }
    .into_any()
}

/// A link that was altered or is not whole.
fn render_dead(page: &PageContext) -> Response {
    let body = view! {
        <h1>"This link is not whole"</h1>
        <div class="alert" role="alert">
            <Icon name="triangle-alert" />
            <p>
                "Nothing was changed. Copy the link from the mail once more, or sign in and choose which mails you get."
            </p>
        </div>
        <p class="row">
            <a class="btn btn-primary" href="/account/notices">
                "Choose my mails"
            </a>
        </p>
    };
    narrow(StatusCode::NOT_FOUND, page, PageHead::new("This link is not whole", &["triangle-alert"]), body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_read_as_it_was_written_and_nothing_else_is() {
        let account = ObjectId::new();
        let secret = "0123456789abcdef0123456789abcdef";
        for &group in Group::ALL {
            let path = path(account, secret, group);
            let token = path.strip_prefix(PATH).and_then(|rest| rest.strip_suffix(END)).unwrap();
            assert_eq!(read(token), Some((account, secret, group)));
            assert_eq!(read(&token[1..]), None);
            assert_eq!(read(&format!("{token}x")), None);
        }
        for wrong in ["", "-", "--", "x-y-bookings", &format!("{account}--bookings"), &format!("{account}-{secret}-x")]
        {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
