//! What the mailed link leads to: the request once more, and the button that sends it.

use axum::extract::{Form as Posted, Path};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use mongodb::bson::oid::ObjectId;

use crate::account::links::{self, LinkKind, MailLink};
use crate::account::model::Account;
use crate::account::session;
use crate::account::sign_up::{check_password, welcome};
use crate::account::store::{self as accounts, Created};
use crate::booking::machine::names;
use crate::booking_pages::ask::AskContext;
use crate::booking_pages::ask::model::{AskDraft, Guest};
use crate::booking_pages::ask::pages::{Asked, path};
use crate::booking_pages::ask::send::{link_over, send};
use crate::booking_pages::ask::{owner, review, store};
use crate::booking_pages::detail::facts::facts;
use crate::catalogue::store as services;
use crate::error::AppError;
use crate::provider::store as providers;
use crate::ui::form::{Control, Form, Input};
use crate::ui::html::Html;
use crate::web::problem::{answer, bare_page_context};
use crate::web::shell::{PageContext, PageHead, respond};
use crate::web::urls;
use crate::web::viewer::Viewer;

/// What a link leads to.
struct Opened {
    asked: Asked,
    draft: AskDraft,
    guest: Guest,
    link: MailLink,
    /// Whose account has the link's address, if there is one.
    account: Option<Account>,
}

impl Opened {
    async fn load(ctx: &AskContext, token: &str) -> Result<Self, Response> {
        let away = |error: AppError| answer(&bare_page_context(ctx), "/services", error);
        let frame = PageContext::load(ctx).await.map_err(away)?;
        let found = async {
            let db = &ctx.kit.db;
            let link = links::find(db, LinkKind::GuestRequest, token, ctx.now).await?.ok_or_else(link_over)?;
            let draft = link.payload.get_object_id("draft").map_err(|_| link_over())?;
            let draft = store::find(db, draft).await?.ok_or_else(link_over)?;
            // The draft may be another guest's by now: the link is good for the address it was sent to.
            let guest = draft.guest.clone().filter(|guest| guest.email == link.email).ok_or_else(link_over)?;
            let service =
                services::find_listed_by_id(db, draft.service_id).await?.ok_or_else(super::super::pages::gone)?;
            let provider = providers::find(db, service.provider_id).await?.ok_or_else(super::super::pages::gone)?;
            let account = accounts::find_by_email(db, &link.email).await?;
            Ok::<_, AppError>((link, draft, guest, service, provider, account))
        };
        match found.await {
            Ok((link, draft, guest, service, provider, account)) => {
                Ok(Self { asked: Asked { frame, service, provider }, draft, guest, link, account })
            }
            Err(error) => Err(answer(&frame, "/services", error)),
        }
    }

    /// Whether the person who is signed in is the one to whom the link was sent.
    fn viewer(&self) -> Option<&Viewer> {
        let id = self.account.as_ref()?.id.to_hex();
        self.asked.frame.viewer.as_ref().filter(|viewer| viewer.id == id)
    }
}

/// `GET /book/continue/{token}`: shows, and does nothing.
pub(in crate::booking_pages::ask) async fn show(ctx: AskContext, Path(token): Path<String>) -> Response {
    match Opened::load(&ctx, &token).await {
        Ok(opened) => page(&ctx, opened, &token, Form::default(), StatusCode::OK).await,
        Err(response) => response,
    }
}

/// `POST /book/continue/{token}`: makes the account if there is none, and sends the request.
pub(in crate::booking_pages::ask) async fn finish(
    ctx: AskContext,
    Path(token): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Response {
    let mut opened = match Opened::load(&ctx, &token).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let mut form = Form::from_pairs(&pairs);
    let (viewer, cookie) = match (opened.viewer().cloned(), opened.account.is_some()) {
        (Some(viewer), _) => (viewer, None),
        // The page says so: somebody has to sign in first.
        (None, true) => return page(&ctx, opened, &token, form, StatusCode::CONFLICT).await,
        (None, false) => {
            // Not trimmed: spaces belong to a password.
            let password = form.all("password").last().cloned().unwrap_or_default();
            if let Err(message) = check_password(&password, &opened.link.email) {
                form.problem("password", "password_wrong", message);
                return page(&ctx, opened, &token, form, StatusCode::UNPROCESSABLE_ENTITY).await;
            }
            match sign_up(&ctx, &opened, password).await {
                Ok(Some((viewer, cookie))) => (viewer, Some(cookie)),
                // Somebody else was faster with the same address.
                Ok(None) => return show(ctx, Path(token)).await,
                Err(error) => return answer(&opened.asked.frame, "/services", error),
            }
        }
    };
    let to = match send_for(&ctx, &mut opened, &viewer, &token).await {
        Ok(to) => to,
        Err(error) => return owner::with_cookie(answer(&opened.asked.frame, "/bookings", error), cookie),
    };
    owner::with_cookie(Redirect::to(&to).into_response(), cookie)
}

/// Makes the account and signs it in; nothing if the address has one by now.
async fn sign_up(
    ctx: &AskContext,
    opened: &Opened,
    password: String,
) -> Result<Option<(Viewer, HeaderValue)>, AppError> {
    let Opened { guest, draft, .. } = opened;
    let account = Account {
        id: ObjectId::new(),
        email: guest.email.clone(),
        name: guest.name.clone(),
        password_hash: ctx.credentials.passwords.hash(password).await?,
        is_admin: false,
        email_verified: true,
        phone: Some(guest.phone.clone()),
        address: Some(draft.place.label.clone()),
        place: Some(draft.place.clone()),
        zone: draft.zone.clone(),
        created_at: ctx.now,
    };
    let (id, name, zone) = (account.id, account.name.clone(), account.zone.clone());
    let email = account.email.clone();
    match accounts::create(&ctx.kit.db, account).await? {
        Created::Created => {}
        Created::AddressTaken => return Ok(None),
    }
    welcome(ctx, id, &email, &name).await?;
    let cookie = session::begin(ctx, id).await?;
    Ok(Some((Viewer { id: id.to_hex(), name, is_admin: false, zone, provider: None }, cookie)))
}

/// Sends the request and uses the link up, and says where to go on: to the booking, or back to the review that says why
/// it could not be sent.
async fn send_for(ctx: &AskContext, opened: &mut Opened, viewer: &Viewer, token: &str) -> Result<String, AppError> {
    review::adopt(ctx, &mut opened.draft, viewer).await?;
    let service = &opened.asked.service;
    let sent = send(ctx, viewer, &opened.draft, service, names::REQUEST, "").await;
    let to = match sent {
        Ok(view) => format!("/bookings/{}?done={}#status", view.id, names::REQUEST),
        Err(error) if matches!(error.status, 409 | 422) => format!("{}/review", path(&service.slug)),
        Err(error) => return Err(error),
    };
    links::use_once(&ctx.kit.db, LinkKind::GuestRequest, token, ctx.now).await?;
    Ok(to)
}

async fn page(ctx: &AskContext, opened: Opened, token: &str, form: Form, status: StatusCode) -> Response {
    let view = match review::preview(ctx, &opened.asked, &opened.draft).await {
        Ok((_, view)) => view,
        Err(error) => return answer(&opened.asked.frame, "/services", error),
    };
    let here = format!("/book/continue/{token}");
    let mut html = Html::new();
    form.summary(&mut html);
    html.raw("<section class=\"card\" aria-labelledby=\"what-title\"><h2 class=\"eyebrow\" id=\"what-title\">");
    html.raw("Your request</h2><div class=\"parts\">").view(facts(&view)).raw("</div></section>");
    match (opened.viewer(), &opened.account, &opened.asked.frame.viewer) {
        (Some(_), ..) => {
            html.raw("<form class=\"card stack\" method=\"post\"").attr("action", &here);
            html.raw("><button class=\"btn btn-primary\">Send request</button></form>");
        }
        (None, Some(_), Some(other)) => {
            html.raw("<div class=\"card stack\"><p>").text(&format!(
                "You are signed in as {}. This link was sent to {}. Sign out, then open it again.",
                other.name, opened.link.email
            ));
            html.raw("</p></div>");
        }
        (None, Some(_), None) => {
            html.raw("<div class=\"card stack\"><h2>You have an account with this address</h2><p>");
            html.raw("Sign in, and you come back here to send the request.</p><p class=\"row\">");
            html.raw("<a class=\"btn btn-primary\"").attr("href", &format!("/sign-in?next={}", urls::query(&here)));
            html.raw(">Sign in</a></p></div>");
        }
        (None, None, _) => {
            html.raw("<form class=\"card stack\" method=\"post\"")
                .attr("action", &here)
                .raw("><h2>One more thing</h2><p>");
            html.text(&format!("{}, choose a password, so that you can see how it goes on. ", opened.guest.name));
            html.text(&format!("You sign in with {}.", opened.guest.email)).raw("</p>");
            let hint = "At least 10 letters. A few words in a row are easy to remember.";
            let control = Control::Line("password", "new-password");
            form.draw(&mut html, &Input { name: "password", label: "Password", control, required: true, hint });
            html.raw("<button class=\"btn btn-primary\">Send request</button></form>");
        }
    }
    let title = opened.asked.service.title.clone();
    let icons = ["calendar", "map-pin", "receipt", "triangle-alert", "users"];
    respond(status, &opened.asked.frame, PageHead::new("Finish your request", &icons), move || {
        view! {
            <div class="narrow wide">
                <header class="title">
                    <h1>"Finish your request"</h1>
                    <p class="sub">{title}</p>
                </header>
                <div class="stack" inner_html=html.finish()></div>
            </div>
        }
        .into_any()
    })
}
