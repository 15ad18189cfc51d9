//! One's own account: name, phone and address.

use axum::Router;
use axum::extract::{Form as Sent, Query};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use mongodb::bson::oid::ObjectId;
use serde::Deserialize;

use super::forms::local;
use super::model::Account;
use super::{address, sign_up, store};
use crate::domain::country::Country;
use crate::domain::phone;
use crate::domain::standing::ProviderStatus;
use crate::error::AppError;
use crate::ui::form::{Control, Form, Input};
use crate::ui::html::Html;
use crate::web::context::RequestContext;
use crate::web::kit::Kit;
use crate::web::plain::{hidden, narrow, see_other};
use crate::web::problem::answer;
use crate::web::viewer::Viewer;
use crate::web::{PageContext, PageHead};
use axum::extract::FromRef;

/// `/account`
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Kit: FromRef<S>,
{
    Router::new().route("/account", get(show).post(save))
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    next: String,
    #[serde(default)]
    saved: String,
}

/// The account of who is signed in.
///
/// # Errors
/// 401 when the account is gone; 503.
pub async fn own(ctx: &RequestContext, viewer: &Viewer) -> Result<Account, AppError> {
    let id = ObjectId::parse_str(&viewer.id).map_err(|_| AppError::fault())?;
    store::find(&ctx.kit.db, id).await?.ok_or_else(AppError::sign_in_needed)
}

async fn show(ctx: RequestContext, Query(Asked { next, saved }): Query<Asked>) -> Response {
    let (frame, viewer) = match PageContext::require(&ctx, "/account").await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    let account = match own(&ctx, &viewer).await {
        Ok(account) => account,
        Err(error) => return answer(&frame, "/account", error),
    };
    let mut form = Form::default();
    form.set("name", &account.name).set("phone", account.phone.as_deref().unwrap_or_default()).set("next", next);
    form.set("saved", saved);
    address::prefill(&mut form, account.place.as_ref(), account.address.as_deref());
    draw(StatusCode::OK, &frame, &account, &form)
}

async fn save(ctx: RequestContext, Sent(pairs): Sent<Vec<(String, String)>>) -> Response {
    let (frame, viewer) = match PageContext::require(&ctx, "/account").await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    match try_save(&ctx, &frame, &viewer, &pairs).await {
        Ok(response) => response,
        Err(error) => answer(&frame, "/account", error),
    }
}

async fn try_save(
    ctx: &RequestContext,
    frame: &PageContext,
    viewer: &Viewer,
    pairs: &[(String, String)],
) -> Result<Response, AppError> {
    let account = own(ctx, viewer).await?;
    let mut form = Form::from_pairs(pairs);
    let name = sign_up::name(&mut form);
    let found = address::read(&mut form);
    let home = found.as_ref().and_then(|(locality, _)| Country::of_region(locality.region));
    let phone = read_phone(&mut form, home);
    let (Some((locality, place)), Some(phone), true) = (found, phone, form.is_fine()) else {
        return Ok(draw(StatusCode::UNPROCESSABLE_ENTITY, frame, &account, &form));
    };
    let profile = store::Profile { name, phone, place, zone: locality.zone.into() };
    store::save_profile(&ctx.kit.db, account.id, &profile).await?;
    Ok(see_other(local(form.get("next")).unwrap_or("/account?saved=1")))
}

/// The phone of the form in its stored form; says there what has to be different. `home` is the country of the address.
pub fn read_phone(form: &mut Form, home: Option<Country>) -> Option<String> {
    match phone::parse(form.get("phone"), home) {
        Ok(phone) => Some(phone.readable()),
        Err(problem) => {
            form.problem("phone", problem.code(), problem.message());
            None
        }
    }
}

fn draw(status: StatusCode, frame: &PageContext, account: &Account, form: &Form) -> Response {
    let mut html = Html::new();
    html.raw("<h1>Your account</h1>");
    form.outcome(&mut html);
    html.raw("<p class=\"sub\">You sign in as <b>").text(&account.email).raw("</b>.</p>");
    html.raw("<form class=\"card stack\" method=\"post\" action=\"/account\">");
    hidden(&mut html, "next", form.get("next"));
    let line = |name, label, kind, autocomplete, hint| Input {
        name,
        label,
        control: Control::Line(kind, autocomplete),
        required: true,
        hint,
    };
    form.draw(&mut html, &line("name", "Your name", "text", "name", "As others shall see it."));
    form.draw(&mut html, &line("phone", "Phone", "tel", "tel", "A number in New Zealand or Australia."));
    address::draw(&mut html, form);
    html.raw("<button class=\"btn btn-primary\">Save</button>");
    html.raw("<p class=\"hint\">Whom you book with sees these, so that they can find and reach you. Times are shown in the zone of your address: ");
    html.text(&account.zone.replace('_', " ")).raw(".</p></form>");
    html.raw("<section class=\"card stack\"><p>You choose which mails you get, and when.</p>");
    html.raw("<a class=\"btn\" href=\"/account/notices\">Notices and mails").icon("arrow-right").raw("</a></section>");
    html.raw("<section class=\"card stack\"><p>Your bookings can stand in your own calendar, too.</p>");
    html.raw("<a class=\"btn\" href=\"/account/calendar\">Your calendar").icon("arrow-right").raw("</a></section>");
    standing(&mut html, frame.viewer.as_ref().and_then(|viewer| viewer.provider));
    narrow(status, frame, PageHead::new("Your account", &["triangle-alert", "arrow-right"]), &mut html)
}

fn standing(html: &mut Html, provider: Option<ProviderStatus>) {
    let (text, href, label) = match provider {
        None => ("You can offer services of your own here.", "/onboarding", "Become a GigSta"),
        Some(ProviderStatus::Approved | ProviderStatus::Suspended) => {
            ("You offer services here.", "/provider", "My work")
        }
        Some(_) => ("Your application as a GigSta is under way.", "/onboarding", "Continue"),
    };
    html.raw("<section class=\"card stack\"><p>").text(text).raw("</p><a class=\"btn\"").attr("href", href).raw(">");
    html.text(label).icon("arrow-right").raw("</a></section>");
}
