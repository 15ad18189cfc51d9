//! Asking without an account: a link by mail that shows first and acts only when a button is pressed.

mod finish;

use axum::extract::Form as Posted;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use mongodb::bson::doc;

use super::asked::{Asked, path};
use super::model::{AskDraft, Guest, LINK_HOURS};
use super::{review, store};
use crate::account::links::LinkKind;
use crate::account::{links, sign_up};
use crate::booking_pages::ask::AskContext;
use crate::domain::country::Country;
use crate::domain::limit::hours;
use crate::domain::{email, phone};
use crate::error::AppError;
use crate::ids;
use crate::mail::store as mails;
use crate::mail::write::{self, Envelope};
use crate::ui::form::Form;
use crate::web::PageHead;
use crate::web::shell::respond;

pub(super) use finish::{finish, show};

/// `POST /book/{slug}/guest`: mails the link. The answer is the same whether or not the address has an account.
pub(super) async fn post(
    ctx: AskContext,
    asked: Asked,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let Some(mut draft) = review::load(&ctx, &asked).await? else {
        return Ok(Redirect::to(&path(&asked.service.slug)).into_response());
    };
    let mut form = Form::from_pairs(&pairs);
    let Some(guest) = read(&mut form, &draft.place.region) else {
        return review::page(&ctx, asked, draft, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    ctx.credentials.mail_limit.count(&guest.email, ctx.peer, ctx.now)?;
    let email = guest.email.clone();
    draft.guest = Some(guest);
    mail_link(&ctx, &draft, &email).await?;
    Ok(sent(&ctx, &asked, &email))
}

/// Reads who asks. The country of the job's place says which number is meant that both countries have.
fn read(form: &mut Form, region: &str) -> Option<Guest> {
    let name = sign_up::name(form);
    let email = email::check(form.get("email"));
    let phone = phone::parse(form.get("phone"), Country::of_region(region));
    if let Err(message) = email {
        form.problem("email", "email_wrong", message);
    }
    if let Err(problem) = phone {
        form.problem("phone", problem.code(), problem.message());
    }
    let guest = Guest { name, email: email.ok()?, phone: phone.ok()?.readable() };
    form.is_fine().then_some(guest)
}

async fn mail_link(ctx: &AskContext, draft: &AskDraft, email: &str) -> Result<(), AppError> {
    let db = &ctx.kit.db;
    store::save(db, draft).await?;
    let token =
        links::create(db, LinkKind::GuestRequest, email, doc! { "draft": draft.id }, ctx.now, LINK_HOURS).await?;
    let key = format!("{}:{}", LinkKind::GuestRequest.name(), ids::fresh_command_id());
    let envelope = Envelope { key: &key, to: email, base_url: &ctx.kit.site.base_url, now: ctx.now };
    Ok(mails::put(db, &write::guest_request(&envelope, &token, LINK_HOURS)).await?)
}

fn sent(ctx: &AskContext, asked: &Asked, email: &str) -> Response {
    let (email, demo, slug) = (email.to_owned(), ctx.kit.site.is_demo(), asked.service.slug.clone());
    respond(StatusCode::OK, &asked.page, PageHead::new("Look into your mail", &["send"]), move || {
        view! {
            <div class="narrow">
                <h1>"Look into your mail"</h1>
                <div class="card stack" role="status">
                    <p>
                        "We have written to " <b>{email}</b>
                        {format!(
                            ". Open the link in it and send your request from there. It works once, for {}.",
                            hours(LINK_HOURS),
                        )}
                    </p>
                    <p>"Nothing has arrived? Look into the spam folder, or check the address and ask for another link."</p>
                    {demo
                        .then(|| {
                            view! {
                                <p>
                                    "This is a demo: no mail leaves it. Read it at "
                                    <a class="link" href="/dev/mail">
                                        "/dev/mail"
                                    </a> "."
                                </p>
                            }
                        })}
                    <p class="row">
                        <a class="btn" href=format!("{}/review", path(&slug))>
                            "Back to the request"
                        </a>
                    </p>
                </div>
            </div>
        }
        .into_any()
    })
}
