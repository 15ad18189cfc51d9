//! One's own account: name, phone and address.

use axum::Router;
use axum::extract::FromRef;
use axum::extract::{Form as Sent, Query};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use leptos::prelude::*;
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
use crate::ui::icon::Icon;
use crate::web::context::RequestContext;
use crate::web::guard::SignedIn;
use crate::web::kit::Kit;
use crate::web::plain::{hidden_field, narrow, see_other};
use crate::web::viewer::Viewer;
use crate::web::{PageContext, PageHead};

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
/// 401 when the account is gone, which leads back to the page that was asked for; 503.
pub async fn own(ctx: &RequestContext, viewer: &Viewer) -> Result<Account, AppError> {
    let id = ObjectId::parse_str(&viewer.id).map_err(|_| AppError::fault())?;
    let gone = || AppError::sign_in_needed().returning_to(&ctx.path);
    store::find(&ctx.kit.db, id).await?.ok_or_else(gone)
}

async fn show(
    ctx: RequestContext,
    SignedIn { page, viewer }: SignedIn,
    Query(Asked { next, saved }): Query<Asked>,
) -> Result<Response, AppError> {
    let account = own(&ctx, &viewer).await?;
    let mut form = Form::default();
    form.set("name", &account.name).set("phone", account.phone.as_deref().unwrap_or_default()).set("next", next);
    form.set("saved", saved);
    address::prefill(&mut form, account.place.as_ref(), account.address.as_deref());
    Ok(render(StatusCode::OK, &page, &account, &form))
}

async fn save(
    ctx: RequestContext,
    SignedIn { page, viewer }: SignedIn,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let account = own(&ctx, &viewer).await?;
    let mut form = Form::from_pairs(&pairs);
    let name = sign_up::name(&mut form);
    let found = address::read(&mut form);
    let home = found.as_ref().and_then(|(locality, _)| Country::of_region(locality.region));
    let phone = read_phone(&mut form, home);
    let (Some((locality, place)), Some(phone), true) = (found, phone, form.is_fine()) else {
        return Ok(render(StatusCode::UNPROCESSABLE_ENTITY, &page, &account, &form));
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

fn render(status: StatusCode, page: &PageContext, account: &Account, form: &Form) -> Response {
    let line = |name, label, kind, autocomplete, hint| {
        form.render(&Input { name, label, control: Control::Line(kind, autocomplete), required: true, hint })
    };
    let zone = account.zone.replace('_', " ");
    let body = view! {
        <h1>"Your account"</h1>
        {form.render_outcome()}
        <p class="sub">"You sign in as "<b>{account.email.clone()}</b>"."</p>
        <form class="card stack" method="post" action="/account">
            {hidden_field("next", form.get("next"))}
            {line("name", "Your name", "text", "name", "As others shall see it.")}
            {line("phone", "Phone", "tel", "tel", "A number in New Zealand or Australia.")}
            {address::render(form)}
            <button class="btn btn-primary">"Save"</button>
            <p class="hint">
                {format!(
                    "Whom you book with sees these, so that they can find and reach you. \
                     Times are shown in the zone of your address: {zone}.",
                )}
            </p>
        </form>
        {way_on("You choose which mails you get, and when.", "/account/notices", "Notices and mails")}
        {way_on("Your bookings can stand in your own calendar, too.", "/account/calendar", "Your calendar")}
        {standing(page.viewer.as_ref().and_then(|viewer| viewer.provider))}
    };
    narrow(status, page, PageHead::new("Your account", &["triangle-alert", "arrow-right"]), body)
}

fn standing(provider: Option<ProviderStatus>) -> AnyView {
    match provider {
        None => way_on("You can offer services of your own here.", "/onboarding", "Become a GigSta"),
        Some(ProviderStatus::Approved | ProviderStatus::Suspended) => {
            way_on("You offer services here.", "/provider", "My work")
        }
        Some(_) => way_on("Your application as a GigSta is under way.", "/onboarding", "Continue"),
    }
}

/// What else there is, and the way to its page.
fn way_on(text: &'static str, href: &'static str, label: &'static str) -> AnyView {
    view! {
        <section class="card stack">
            <p>{text}</p>
            <a class="btn" href=href>
                {label}
                <Icon name="arrow-right" />
            </a>
        </section>
    }
    .into_any()
}
