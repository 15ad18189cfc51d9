//! The pages of signing up: the form, "look into your mail", and the page that a mailed link opens.

use axum::Router;
use axum::extract::FromRef;
use axum::extract::{Form as Sent, Path, Query};
use axum::http::{StatusCode, header};
use axum::response::Response;
use axum::routing::{get, post};
use leptos::prelude::*;
use serde::Deserialize;

use super::forms::local;
use super::sign_up::{self, LINK_HOURS, Typed};
use crate::account::AccountContext;
use crate::account::Credentials;
use crate::domain::email;
use crate::domain::limit::hours;
use crate::error::AppError;
use crate::ui::form::{Control, Form, Input};
use crate::ui::icon::Icon;
use crate::web::kit::Kit;
use crate::web::plain::{hidden_field, narrow, refused, see_other, with_retry};
use crate::web::{PageContext, PageHead, urls};

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

async fn show(page: PageContext, Query(Asked { next, email, .. }): Query<Asked>) -> Response {
    if page.viewer.is_some() {
        return see_other(local(&next).unwrap_or(HOME));
    }
    let mut form = Form::default();
    form.set("email", email).set("next", next);
    render_form(StatusCode::OK, &page, &form)
}

async fn request(ctx: AccountContext, page: PageContext, Sent(pairs): Sent<Vec<(String, String)>>) -> Response {
    let mut form = Form::from_pairs(&pairs);
    let Some(typed) = Typed::read(&mut form) else {
        return render_form(StatusCode::UNPROCESSABLE_ENTITY, &page, &form);
    };
    let (email, next) = (typed.email.clone(), form.get("next").to_owned());
    match sign_up::request(&ctx, typed, &next).await {
        Ok(()) => see_other(&format!("/sign-up/sent?email={}&next={}", urls::query(&email), urls::query(&next))),
        Err(error) => {
            let status = refused(&mut form, &error);
            with_retry(render_form(status, &page, &form), Some(&error))
        }
    }
}

fn render_form(status: StatusCode, page: &PageContext, form: &Form) -> Response {
    let next = form.get("next");
    let line = |name, label, kind, autocomplete, hint| {
        form.render(&Input { name, label, control: Control::Line(kind, autocomplete), required: true, hint })
    };
    let strong = sign_up::password_hint();
    let sign_in = if next.is_empty() { "/sign-in".into() } else { format!("/sign-in?next={}", urls::query(next)) };
    let body = view! {
        <h1>"Sign up"</h1>
        {form.render_summary()}
        <form class="card stack" method="post" action="/sign-up">
            {hidden_field("next", next)}
            {line("name", "Your name", "text", "name", "As others shall see it.")}
            {line("email", "Email", "email", "email", "")}
            {line("password", "Password", "password", "new-password", &strong)}
            <button class="btn btn-primary">"Sign up"</button>
        </form>
        <p>
            "You have an account already? "
            <a class="link" href=sign_in>
                "Sign in"
            </a>
        </p>
    };
    narrow(status, page, PageHead::new("Sign up", &["triangle-alert"]), body)
}

async fn sent(ctx: AccountContext, page: PageContext, Query(Asked { next, email, again }): Query<Asked>) -> Response {
    let mut form = Form::default();
    form.set("email", email).set("next", next).set("again", again);
    render_sent(StatusCode::OK, &page, &form, ctx.kit.site.is_demo())
}

async fn again(ctx: AccountContext, page: PageContext, Sent(pairs): Sent<Vec<(String, String)>>) -> Response {
    let mut form = Form::from_pairs(&pairs);
    let done = match email::check(form.get("email")) {
        Ok(email) => sign_up::again(&ctx, &email).await.map(|()| email),
        Err(message) => Err(AppError::bad_field("email", "email_wrong", message)),
    };
    match done {
        Ok(email) => {
            let next = urls::query(form.get("next"));
            see_other(&format!("/sign-up/sent?email={}&next={next}&again=1", urls::query(&email)))
        }
        Err(error) => {
            let status = refused(&mut form, &error);
            with_retry(render_sent(status, &page, &form, ctx.kit.site.is_demo()), Some(&error))
        }
    }
}

/// The same page whether or not the address has an account.
fn render_sent(status: StatusCode, page: &PageContext, form: &Form, demo: bool) -> Response {
    let written_again = (!form.get("again").is_empty() && form.is_fine()).then(|| {
        view! {
            <p class="done" role="status">
                "The mail was written again."
            </p>
        }
    });
    let demo = demo.then(|| {
        view! {
            <p>
                "This is a demo: mails are not sent, but can be read "
                <a class="link" href="/dev/mail">
                    "here"
                </a>
                "."
            </p>
        }
    });
    let to = email::check(form.get("email")).unwrap_or_else(|_| "your address".into());
    let control = Control::Line("email", "email");
    let body = view! {
        <h1>"Look into your mail"</h1>
        {form.render_summary()}
        {written_again}
        <p class="lead">"We have written to "<b>{to}</b>"."</p>
        <p>{format!("Follow the link in the mail to go on. It works once, for {}.", hours(LINK_HOURS))}</p>
        {demo}
        <form class="card stack" method="post" action="/sign-up/again">
            <p>"Nothing there? Look among the unwanted mails, or check the address."</p>
            {hidden_field("next", form.get("next"))}
            {form.render(&Input { name: "email", label: "Email", control, required: true, hint: "" })}
            <button class="btn">"Send it again"</button>
        </form>
        <p>
            <a class="link" href=format!("/sign-up?next={}", urls::query(form.get("next")))>
                "Sign up with another address"
            </a>
        </p>
    };
    narrow(status, page, PageHead::new("Look into your mail", &["triangle-alert"]), body)
}

/// Shows what the link is for, and uses nothing up.
async fn show_confirm(ctx: AccountContext, page: PageContext, Path(token): Path<String>) -> Result<Response, AppError> {
    let Some((email, name)) = sign_up::pending(&ctx, &token).await? else {
        return Ok(render_dead(&page));
    };
    let body = view! {
        <h1>"Confirm your e-mail address"</h1>
        <p class="lead">"Is "<b>{email}</b>" your address, and did you sign up as "<b>{name}</b>"?"</p>
        <form class="card stack" method="post" action=format!("/sign-up/confirm/{token}")>
            <button class="btn btn-primary">"Yes, make my account"</button>
            <p class="hint">"If that was not you, close this page: no account is made then."</p>
        </form>
    };
    Ok(narrow(StatusCode::OK, &page, PageHead::new("Confirm your e-mail address", &[]), body))
}

async fn confirm(ctx: AccountContext, Path(token): Path<String>) -> Result<Response, AppError> {
    let Some((cookie, next)) = sign_up::confirm(&ctx, &token).await? else {
        return Ok(render_dead(&PageContext::load(&ctx).await?));
    };
    let mut response = see_other(next.as_deref().and_then(local).unwrap_or(HOME));
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

/// A link that was used, is too old, or never was.
fn render_dead(page: &PageContext) -> Response {
    let too_old = format!(
        "It was used already, or is older than {}, or is not whole. Copy it from the mail once more.",
        hours(LINK_HOURS)
    );
    let body = view! {
        <h1>"This link works no longer"</h1>
        <div class="alert" role="alert">
            <Icon name="triangle-alert" />
            <p>{too_old}</p>
        </div>
        <p>"If you have confirmed your address before, sign in. If not, sign up again: it takes a minute."</p>
        <p class="row">
            <a class="btn btn-primary" href="/sign-in">
                "Sign in"
            </a>
            <a class="btn" href="/sign-up">
                "Sign up"
            </a>
        </p>
    };
    narrow(StatusCode::NOT_FOUND, page, PageHead::new("This link works no longer", &["triangle-alert"]), body)
}
