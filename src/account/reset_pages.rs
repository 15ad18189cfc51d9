//! The pages of a forgotten password: the address, "look into your mail", and the page that the mailed link opens.

use axum::Router;
use axum::extract::{Form as Sent, Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;

use super::reset;
use crate::account::AccountContext;
use crate::account::Credentials;
use crate::domain::email;
use crate::error::AppError;
use crate::ui::form::{Control, Form, Input};
use crate::ui::html::Html;
use crate::web::kit::Kit;
use crate::web::plain::{narrow, refused, see_other, with_retry};
use crate::web::{PageContext, PageHead, urls};
use axum::extract::FromRef;

/// `/forgot-password` and `/reset-password`.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Kit: FromRef<S>,
    Credentials: FromRef<S>,
{
    Router::new()
        .route("/forgot-password", get(ask).post(send))
        .route("/forgot-password/sent", get(sent))
        .route("/reset-password/{token}", get(show).post(choose))
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    email: String,
}

async fn ask(ctx: AccountContext, Query(Asked { email }): Query<Asked>) -> Result<Response, AppError> {
    let frame = PageContext::load(&ctx).await?;
    let mut form = Form::default();
    form.set("email", email);
    Ok(draw_ask(StatusCode::OK, &frame, &form))
}

async fn send(ctx: AccountContext, Sent(pairs): Sent<Vec<(String, String)>>) -> Result<Response, AppError> {
    let mut form = Form::from_pairs(&pairs);
    let done = match email::check(form.get("email")) {
        Ok(email) => reset::request(&ctx, &email).await.map(|()| email),
        Err(message) => Err(AppError::bad_field("email", "email_wrong", message)),
    };
    match done {
        Ok(email) => Ok(see_other(&format!("/forgot-password/sent?email={}", urls::query(&email)))),
        Err(error) => {
            let frame = PageContext::load(&ctx).await?;
            let status = refused(&mut form, &error);
            Ok(with_retry(draw_ask(status, &frame, &form), Some(&error)))
        }
    }
}

fn draw_ask(status: StatusCode, frame: &PageContext, form: &Form) -> Response {
    let mut html = Html::new();
    html.raw("<h1>Forgot your password?</h1>");
    form.summary(&mut html);
    html.raw("<p>Give the address you sign in with. We send you a link with which you choose a new password.</p>");
    html.raw("<form class=\"card stack\" method=\"post\" action=\"/forgot-password\">");
    let control = Control::Line("email", "username");
    form.draw(&mut html, &Input { name: "email", label: "Email", control, required: true, hint: "" });
    html.raw("<button class=\"btn btn-primary\">Send me a link</button></form>");
    html.raw("<p><a class=\"link\" href=\"/sign-in\">Back to signing in</a></p>");
    narrow(status, frame, PageHead::new("Forgot your password?", &["triangle-alert"]), &mut html)
}

/// The same page whether or not the address has an account.
async fn sent(ctx: AccountContext, Query(Asked { email }): Query<Asked>) -> Result<Response, AppError> {
    let frame = PageContext::load(&ctx).await?;
    let mut html = Html::new();
    html.raw("<h1>Look into your mail</h1><p class=\"lead\">We have written to <b>");
    html.text(email::check(&email).as_deref().unwrap_or("your address")).raw("</b>.</p>");
    html.raw("<p>Follow the link in the mail to choose a new password. It works once, for one hour.</p>");
    if ctx.kit.site.is_demo() {
        html.raw("<p>This is a demo: the mail can be read <a class=\"link\" href=\"/dev/mail\">here</a>.</p>");
    }
    html.raw("<p>Nothing there? Look among the unwanted mails, or ");
    html.raw("<a class=\"link\" href=\"/forgot-password\">send it once more</a>.</p>");
    Ok(narrow(StatusCode::OK, &frame, PageHead::new("Look into your mail", &[]), &mut html))
}

/// Shows what the link is for, and uses nothing up.
async fn show(ctx: AccountContext, Path(token): Path<String>) -> Result<Response, AppError> {
    let frame = PageContext::load(&ctx).await?;
    Ok(match reset::pending(&ctx, &token).await? {
        Some(email) => draw_choose(StatusCode::OK, &frame, &token, &email, &Form::default()),
        None => dead(&frame),
    })
}

async fn choose(
    ctx: AccountContext,
    Path(token): Path<String>,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let frame = PageContext::load(&ctx).await?;
    let mut form = Form::from_pairs(&pairs);
    // Not trimmed: spaces belong to a password.
    let password = form.all("password").last().cloned().unwrap_or_default();
    match reset::choose(&ctx, &token, password).await {
        // Everybody is signed out by then, so on to signing in.
        Ok(Some(email)) => Ok(see_other(&format!("/sign-in?changed=1&email={}", urls::query(&email)))),
        Ok(None) => Ok(dead(&frame)),
        Err(error) => {
            let Some(email) = reset::pending(&ctx, &token).await? else {
                return Ok(dead(&frame));
            };
            let status = refused(&mut form, &error);
            Ok(with_retry(draw_choose(status, &frame, &token, &email, &form), Some(&error)))
        }
    }
}

fn draw_choose(status: StatusCode, frame: &PageContext, token: &str, email: &str, form: &Form) -> Response {
    let mut html = Html::new();
    html.raw("<h1>Choose a new password</h1>");
    form.summary(&mut html);
    html.raw("<p>For the account of <b>").text(email).raw("</b>.</p><form class=\"card stack\" method=\"post\"");
    html.attr("action", &format!("/reset-password/{token}")).raw(">");
    // Password keepers learn for whom it is.
    html.raw("<input type=\"hidden\" name=\"username\" autocomplete=\"username\"").attr("value", email).raw(">");
    let hint = "At least 10 letters. A few words in a row are easy to remember and hard to guess.";
    let control = Control::Line("password", "new-password");
    form.draw(&mut html, &Input { name: "password", label: "New password", control, required: true, hint });
    html.raw("<button class=\"btn btn-primary\">Change my password</button>");
    html.raw("<p class=\"hint\">Everywhere you are signed in, you are signed out then.</p></form>");
    narrow(status, frame, PageHead::new("Choose a new password", &["triangle-alert"]), &mut html)
}

/// A link that was used, is too old, or never was.
fn dead(frame: &PageContext) -> Response {
    let mut html = Html::new();
    html.raw("<h1>This link works no longer</h1><div class=\"alert\" role=\"alert\">").icon("triangle-alert");
    html.raw(
        "<p>It was used already, or is older than an hour, or is not whole. Your password is as it was.</p></div>",
    );
    html.raw("<p class=\"row\"><a class=\"btn btn-primary\" href=\"/forgot-password\">Send me another link</a>");
    html.raw("<a class=\"btn\" href=\"/sign-in\">Sign in</a></p>");
    narrow(StatusCode::NOT_FOUND, frame, PageHead::new("This link works no longer", &["triangle-alert"]), &mut html)
}
