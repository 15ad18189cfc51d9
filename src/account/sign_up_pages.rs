//! The pages of signing up: the form, "look into your mail", and the page that a mailed link opens.

use axum::Router;
use axum::extract::{Form as Sent, Path, Query};
use axum::http::{StatusCode, header};
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;

use super::forms::local;
use super::sign_up::{self, Typed};
use crate::account::AccountContext;
use crate::account::Credentials;
use crate::domain::email;
use crate::error::AppError;
use crate::ui::form::{Control, Form, Input};
use crate::ui::html::Html;
use crate::web::kit::Kit;
use crate::web::plain::{hidden, narrow, refused, see_other, with_retry};
use crate::web::{PageContext, PageHead, urls};
use axum::extract::FromRef;

/// Where people go who have signed up and came from nowhere in particular.
const HOME: &str = "/onboarding";

/// `/sign-up` and below.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Kit: FromRef<S>,
    Credentials: FromRef<S>,
{
    Router::new()
        .route("/sign-up", get(show).post(request))
        .route("/sign-up/sent", get(sent))
        .route("/sign-up/again", post(again))
        .route("/sign-up/confirm/{token}", get(show_confirm).post(confirm))
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    next: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    again: String,
}

async fn show(ctx: AccountContext, Query(Asked { next, email, .. }): Query<Asked>) -> Result<Response, AppError> {
    let frame = PageContext::load(&ctx).await?;
    if frame.viewer.is_some() {
        return Ok(see_other(local(&next).unwrap_or(HOME)));
    }
    let mut form = Form::default();
    form.set("email", email).set("next", next);
    Ok(draw_form(StatusCode::OK, &frame, &form))
}

async fn request(ctx: AccountContext, Sent(pairs): Sent<Vec<(String, String)>>) -> Result<Response, AppError> {
    let frame = PageContext::load(&ctx).await?;
    let mut form = Form::from_pairs(&pairs);
    let Some(typed) = Typed::read(&mut form) else {
        return Ok(draw_form(StatusCode::UNPROCESSABLE_ENTITY, &frame, &form));
    };
    let (email, next) = (typed.email.clone(), form.get("next").to_owned());
    match sign_up::request(&ctx, typed, &next).await {
        Ok(()) => Ok(see_other(&format!("/sign-up/sent?email={}&next={}", urls::query(&email), urls::query(&next)))),
        Err(error) => {
            let status = refused(&mut form, &error);
            Ok(with_retry(draw_form(status, &frame, &form), Some(&error)))
        }
    }
}

fn draw_form(status: StatusCode, frame: &PageContext, form: &Form) -> Response {
    let mut html = Html::new();
    let next = form.get("next");
    html.raw("<h1>Sign up</h1>");
    form.summary(&mut html);
    html.raw("<form class=\"card stack\" method=\"post\" action=\"/sign-up\">");
    hidden(&mut html, "next", next);
    let line = |name, label, kind, autocomplete, hint| Input {
        name,
        label,
        control: Control::Line(kind, autocomplete),
        required: true,
        hint,
    };
    form.draw(&mut html, &line("name", "Your name", "text", "name", "As others shall see it."));
    form.draw(&mut html, &line("email", "Email", "email", "email", ""));
    let strong = "At least 10 letters. A few words in a row are easy to remember and hard to guess.";
    form.draw(&mut html, &line("password", "Password", "password", "new-password", strong));
    html.raw("<button class=\"btn btn-primary\">Sign up</button></form>");
    let sign_in = if next.is_empty() { "/sign-in".into() } else { format!("/sign-in?next={}", urls::query(next)) };
    html.raw("<p>You have an account already? <a class=\"link\"").attr("href", &sign_in).raw(">Sign in</a></p>");
    narrow(status, frame, PageHead::new("Sign up", &["triangle-alert"]), &mut html)
}

async fn sent(ctx: AccountContext, Query(Asked { next, email, again }): Query<Asked>) -> Result<Response, AppError> {
    let frame = PageContext::load(&ctx).await?;
    let mut form = Form::default();
    form.set("email", email).set("next", next).set("again", again);
    Ok(draw_sent(StatusCode::OK, &frame, &form, ctx.kit.site.is_demo()))
}

async fn again(ctx: AccountContext, Sent(pairs): Sent<Vec<(String, String)>>) -> Result<Response, AppError> {
    let frame = PageContext::load(&ctx).await?;
    let mut form = Form::from_pairs(&pairs);
    let done = match email::check(form.get("email")) {
        Ok(email) => sign_up::again(&ctx, &email).await.map(|()| email),
        Err(message) => Err(AppError::bad_field("email", "email_wrong", message)),
    };
    match done {
        Ok(email) => {
            let next = urls::query(form.get("next"));
            Ok(see_other(&format!("/sign-up/sent?email={}&next={next}&again=1", urls::query(&email))))
        }
        Err(error) => {
            let status = refused(&mut form, &error);
            Ok(with_retry(draw_sent(status, &frame, &form, ctx.kit.site.is_demo()), Some(&error)))
        }
    }
}

/// The same page whether or not the address has an account.
fn draw_sent(status: StatusCode, frame: &PageContext, form: &Form, demo: bool) -> Response {
    let mut html = Html::new();
    html.raw("<h1>Look into your mail</h1>");
    form.summary(&mut html);
    if !form.get("again").is_empty() && form.is_fine() {
        html.raw("<p class=\"done\" role=\"status\">The mail was written again.</p>");
    }
    html.raw("<p class=\"lead\">We have written to <b>");
    html.text(email::check(form.get("email")).as_deref().unwrap_or("your address")).raw("</b>.</p>");
    html.raw("<p>Follow the link in the mail to go on. It works once, for 24 hours.</p>");
    if demo {
        html.raw(
            "<p>This is a demo: mails are not sent, but can be read <a class=\"link\" href=\"/dev/mail\">here</a>.</p>",
        );
    }
    html.raw("<form class=\"card stack\" method=\"post\" action=\"/sign-up/again\">");
    html.raw("<p>Nothing there? Look among the unwanted mails, or check the address.</p>");
    hidden(&mut html, "next", form.get("next"));
    let address = Control::Line("email", "email");
    form.draw(&mut html, &Input { name: "email", label: "Email", control: address, required: true, hint: "" });
    html.raw("<button class=\"btn\">Send it again</button></form>");
    let back = format!("/sign-up?next={}", urls::query(form.get("next")));
    html.raw("<p><a class=\"link\"").attr("href", &back).raw(">Sign up with another address</a></p>");
    narrow(status, frame, PageHead::new("Look into your mail", &["triangle-alert"]), &mut html)
}

/// Shows what the link is for, and uses nothing up.
async fn show_confirm(ctx: AccountContext, Path(token): Path<String>) -> Result<Response, AppError> {
    let frame = PageContext::load(&ctx).await?;
    let Some((email, name)) = sign_up::pending(&ctx, &token).await? else {
        return Ok(dead(&frame));
    };
    let mut html = Html::new();
    html.raw("<h1>Confirm your e-mail address</h1>");
    html.raw("<p class=\"lead\">Is <b>").text(&email).raw("</b> your address, and did you sign up as <b>");
    html.text(&name).raw("</b>?</p>");
    html.raw("<form class=\"card stack\" method=\"post\"");
    html.attr("action", &format!("/sign-up/confirm/{token}"));
    html.raw("><button class=\"btn btn-primary\">Yes, make my account</button>");
    html.raw("<p class=\"hint\">If that was not you, close this page: no account is made then.</p></form>");
    Ok(narrow(StatusCode::OK, &frame, PageHead::new("Confirm your e-mail address", &[]), &mut html))
}

async fn confirm(ctx: AccountContext, Path(token): Path<String>) -> Result<Response, AppError> {
    let Some((cookie, next)) = sign_up::confirm(&ctx, &token).await? else {
        let frame = PageContext::load(&ctx).await?;
        return Ok(dead(&frame));
    };
    let mut response = see_other(next.as_deref().and_then(local).unwrap_or(HOME));
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

/// A link that was used, is too old, or never was.
fn dead(frame: &PageContext) -> Response {
    let mut html = Html::new();
    html.raw("<h1>This link works no longer</h1><div class=\"alert\" role=\"alert\">").icon("triangle-alert");
    html.raw("<p>It was used already, or is older than 24 hours, or is not whole. Copy it from the mail once more.</p></div>");
    html.raw("<p>If you have confirmed your address before, sign in. If not, sign up again: it takes a minute.</p>");
    html.raw("<p class=\"row\"><a class=\"btn btn-primary\" href=\"/sign-in\">Sign in</a>");
    html.raw("<a class=\"btn\" href=\"/sign-up\">Sign up</a></p>");
    narrow(StatusCode::NOT_FOUND, frame, PageHead::new("This link works no longer", &["triangle-alert"]), &mut html)
}
