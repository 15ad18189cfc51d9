//! What the mailed link leads to: the request once more, and the button that sends it.

mod view;

use axum::extract::{Form as Posted, Path};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use mongodb::bson::oid::ObjectId;

use crate::account::links::{self, LinkKind, MailLink};
use crate::account::model::Account;
use crate::account::session;
use crate::account::sign_up::{check_password, welcome};
use crate::account::store::{self as accounts, Created};
use crate::booking::machine::names;
use crate::booking_pages::ask::AskContext;
use crate::booking_pages::ask::asked::{Asked, gone, path};
use crate::booking_pages::ask::model::{AskDraft, Guest};
use crate::booking_pages::ask::send::{link_over, send};
use crate::booking_pages::ask::{owner, review, store};
use crate::catalogue::store as services;
use crate::error::AppError;
use crate::provider::store as providers;
use crate::ui::form::Form;
use crate::web::shell::respond;
use crate::web::viewer::Viewer;
use crate::web::{PageContext, PageHead};

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
    /// Loads it for whoever the page is for.
    ///
    /// # Errors
    /// 404 when the link or the service is over, 503 when the database is away.
    async fn load(ctx: &AskContext, page: PageContext, token: &str) -> Result<Self, AppError> {
        let db = &ctx.kit.db;
        let link = links::find(db, LinkKind::GuestRequest, token, ctx.now).await?.ok_or_else(link_over)?;
        let draft = link.payload.get_object_id("draft").map_err(|_| link_over())?;
        let draft = store::find(db, draft).await?.ok_or_else(link_over)?;
        // The draft may be another guest's by now: the link is good for the address it was sent to.
        let guest = draft.guest.clone().filter(|guest| guest.email == link.email).ok_or_else(link_over)?;
        let service = services::find_listed_by_id(db, draft.service_id).await?.ok_or_else(gone)?;
        let provider = providers::find(db, service.provider_id).await?.ok_or_else(gone)?;
        let account = accounts::find_by_email(db, &link.email).await?;
        Ok(Self { asked: Asked { page, service, provider }, draft, guest, link, account })
    }

    /// Whether the person who is signed in is the one to whom the link was sent.
    fn viewer(&self) -> Option<&Viewer> {
        let id = self.account.as_ref()?.id.to_hex();
        self.asked.page.viewer.as_ref().filter(|viewer| viewer.id == id)
    }
}

/// `GET /book/continue/{token}`: shows, and does nothing.
pub(in crate::booking_pages::ask) async fn show(
    ctx: AskContext,
    context: PageContext,
    Path(token): Path<String>,
) -> Result<Response, AppError> {
    let opened = Opened::load(&ctx, context, &token).await?;
    page(&ctx, opened, &token, Form::default(), StatusCode::OK).await
}

/// `POST /book/continue/{token}`: makes the account if there is none, and sends the request.
pub(in crate::booking_pages::ask) async fn finish(
    ctx: AskContext,
    context: PageContext,
    Path(token): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let mut opened = Opened::load(&ctx, context, &token).await?;
    let mut form = Form::from_pairs(&pairs);
    let (viewer, cookie) = match (opened.viewer().cloned(), opened.account.is_some()) {
        (Some(viewer), _) => (viewer, None),
        // The page says so: somebody has to sign in first.
        (None, true) => return page(&ctx, opened, &token, form, StatusCode::CONFLICT).await,
        (None, false) => {
            // Not trimmed: spaces belong to a password.
            let password = form.all("password").last().cloned().unwrap_or_default();
            if let Err(message) = check_password(&password, &opened.link.email) {
                form.problem("password", "password_wrong", &message);
                return page(&ctx, opened, &token, form, StatusCode::UNPROCESSABLE_ENTITY).await;
            }
            match sign_up(&ctx, &opened, password).await? {
                Some((viewer, cookie)) => (viewer, Some(cookie)),
                // Somebody else was faster with the same address.
                None => return show(ctx, opened.asked.page, Path(token)).await,
            }
        }
    };
    let sent = send_for(&ctx, &mut opened, &viewer, &token).await;
    let response = sent.map_or_else(AppError::into_response, |to| Redirect::to(&to).into_response());
    // Whoever has an account now is signed in, also where the request could not be sent.
    Ok(owner::with_cookie(response, cookie))
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

async fn page(
    ctx: &AskContext,
    opened: Opened,
    token: &str,
    form: Form,
    status: StatusCode,
) -> Result<Response, AppError> {
    let (_, view) = review::preview(ctx, &opened.asked, &opened.draft).await?;
    let icons = ["calendar", "map-pin", "receipt", "triangle-alert", "users"];
    let head = PageHead::new("Finish your request", &icons);
    let page_path = format!("/book/continue/{token}");
    Ok(respond(status, &opened.asked.page, head, || view::body(&opened, &view, &page_path, &form)))
}
