//! The pages of a forgotten password: the address, "look into your mail", and the page that the mailed link opens.

use axum::Router;
use axum::extract::FromRef;
use axum::extract::{Form as Sent, Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use leptos::prelude::*;
use serde::Deserialize;

use super::reset::{self, LINK_HOURS};
use super::sign_up::password_hint;
use crate::account::AccountContext;
use crate::account::Credentials;
use crate::domain::email;
use crate::domain::limit::hours;
use crate::error::AppError;
use crate::ui::form::{Control, Form, Input};
use crate::ui::icon::Icon;
use crate::web::kit::Kit;
use crate::web::plain::{narrow, refused, see_other, with_retry};
use crate::web::{PageContext, PageHead, urls};

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

async fn ask(page: PageContext, Query(Asked { email }): Query<Asked>) -> Response {
    let mut form = Form::default();
    form.set("email", email);
    render_ask(StatusCode::OK, &page, &form)
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
            let page = PageContext::load(&ctx).await?;
            let status = refused(&mut form, &error);
            Ok(with_retry(render_ask(status, &page, &form), Some(&error)))
        }
    }
}

fn render_ask(status: StatusCode, page: &PageContext, form: &Form) -> Response {
    let control = Control::Line("email", "username");
    let body = view! {
        <h1>"Forgot your password?"</h1>
        {form.render_summary()}
        <p>"Give the address you sign in with. We send you a link with which you choose a new password."</p>
        <form class="card stack" method="post" action="/forgot-password">
            {form.render(&Input { name: "email", label: "Email", control, required: true, hint: "" })}
            <button class="btn btn-primary">"Send me a link"</button>
        </form>
        <p>
            <a class="link" href="/sign-in">
                "Back to signing in"
            </a>
        </p>
    };
    narrow(status, page, PageHead::new("Forgot your password?", &["triangle-alert"]), body)
}

/// The same page whether or not the address has an account.
async fn sent(ctx: AccountContext, page: PageContext, Query(Asked { email }): Query<Asked>) -> Response {
    let to = email::check(&email).unwrap_or_else(|_| "your address".into());
    let demo = ctx.kit.site.is_demo().then(|| {
        view! {
            <p>
                "This is a demo: the mail can be read "
                <a class="link" href="/dev/mail">
                    "here"
                </a>
                "."
            </p>
        }
    });
    let body = view! {
        <h1>"Look into your mail"</h1>
        <p class="lead">"We have written to "<b>{to}</b>"."</p>
        <p>{format!("Follow the link in the mail to choose a new password. It works once, for {}.", hours(LINK_HOURS))}</p>
        {demo}
        <p>
            "Nothing there? Look among the unwanted mails, or "
            <a class="link" href="/forgot-password">
                "send it once more"
            </a>
            "."
        </p>
    };
    narrow(StatusCode::OK, &page, PageHead::new("Look into your mail", &[]), body)
}

/// Shows what the link is for, and uses nothing up.
async fn show(ctx: AccountContext, page: PageContext, Path(token): Path<String>) -> Result<Response, AppError> {
    Ok(match reset::pending(&ctx, &token).await? {
        Some(email) => render_choose(StatusCode::OK, &page, &token, &email, &Form::default()),
        None => render_dead(&page),
    })
}

async fn choose(
    ctx: AccountContext,
    page: PageContext,
    Path(token): Path<String>,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let mut form = Form::from_pairs(&pairs);
    // Not trimmed: spaces belong to a password.
    let password = form.all("password").last().cloned().unwrap_or_default();
    match reset::choose(&ctx, &token, password).await {
        // Everybody is signed out by then, so on to signing in.
        Ok(Some(email)) => Ok(see_other(&format!("/sign-in?changed=1&email={}", urls::query(&email)))),
        Ok(None) => Ok(render_dead(&page)),
        Err(error) => {
            let Some(email) = reset::pending(&ctx, &token).await? else {
                return Ok(render_dead(&page));
            };
            let status = refused(&mut form, &error);
            Ok(with_retry(render_choose(status, &page, &token, &email, &form), Some(&error)))
        }
    }
}

fn render_choose(status: StatusCode, page: &PageContext, token: &str, email: &str, form: &Form) -> Response {
    let hint = &password_hint();
    let control = Control::Line("password", "new-password");
    let body = view! {
        <h1>"Choose a new password"</h1>
        {form.render_summary()}
        <p>"For the account of "<b>{email.to_owned()}</b>"."</p>
        <form class="card stack" method="post" action=format!("/reset-password/{token}")>
            // Password keepers learn for whom it is.
            <input type="hidden" name="username" autocomplete="username" value=email.to_owned() />
            {form.render(&Input { name: "password", label: "New password", control, required: true, hint })}
            <button class="btn btn-primary">"Change my password"</button>
            <p class="hint">"Everywhere you are signed in, you are signed out then."</p>
        </form>
    };
    narrow(status, page, PageHead::new("Choose a new password", &["triangle-alert"]), body)
}

/// A link that was used, is too old, or never was.
fn render_dead(page: &PageContext) -> Response {
    const { assert!(LINK_HOURS == 1, "the page says an hour") };
    let body = view! {
        <h1>"This link works no longer"</h1>
        <div class="alert" role="alert">
            <Icon name="triangle-alert" />
            <p>"It was used already, or is older than an hour, or is not whole. Your password is as it was."</p>
        </div>
        <p class="row">
            <a class="btn btn-primary" href="/forgot-password">
                "Send me another link"
            </a>
            <a class="btn" href="/sign-in">
                "Sign in"
            </a>
        </p>
    };
    narrow(StatusCode::NOT_FOUND, page, PageHead::new("This link works no longer", &["triangle-alert"]), body)
}
