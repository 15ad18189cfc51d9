//! `/provider/profile`: what a provider may change without a new approval.

use axum::extract::{Form as Sent, Query};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;

use super::onboarding::MAX_ABOUT_CHARACTERS;
use crate::account::profile::read_phone;
use crate::domain::country::Country;
use crate::domain::standing::ProviderStatus;
use crate::error::AppError;
use crate::provider::history::Submission;
use crate::provider::model::Provider;
use crate::provider::onboarding;
use crate::provider::onboarding::names;
use crate::provider_pages::perform;
use crate::ui::form::{Control, Form, Input};
use crate::web::context::RequestContext;
use crate::web::guard::SignedIn;
use crate::web::plain::{back_link, hidden_field, narrow, refused, see_other};
use crate::web::viewer::Viewer;
use crate::web::{PageContext, PageHead};

/// Its address.
const PATH: &str = "/provider/profile";

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    saved: String,
}

/// `GET /provider/profile`
pub async fn show(
    ctx: RequestContext,
    SignedIn { page, viewer }: SignedIn,
    Query(Asked { saved }): Query<Asked>,
) -> Result<Response, AppError> {
    let (_, provider) = load(&ctx, &viewer).await?;
    let mut form = Form::default();
    form.set("about", &provider.about).set("phone", &provider.phone).set("saved", saved);
    Ok(render(StatusCode::OK, &page, &provider, &form))
}

/// Those who are or were providers have a profile; for others there is nothing here.
async fn load(ctx: &RequestContext, viewer: &Viewer) -> Result<(perform::Loaded, Provider), AppError> {
    let loaded = perform::load(ctx, &viewer.id).await?;
    let is_one = |one: &Provider| matches!(one.status, ProviderStatus::Approved | ProviderStatus::Suspended);
    let provider = loaded.provider.clone().filter(is_one).ok_or_else(AppError::not_found)?;
    Ok((loaded, provider))
}

/// `POST /provider/profile`
pub async fn save(
    ctx: RequestContext,
    signed_in: Result<SignedIn, AppError>,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let SignedIn { page, viewer } = signed_in.map_err(|error| error.returning_to(PATH))?;
    let (loaded, provider) = load(&ctx, &viewer).await?;
    let row = onboarding::row(names::SAVE_PROFILE).ok_or_else(AppError::not_found)?;
    let mut form = Form::from_pairs(&pairs);
    let version = form.get("version").parse().unwrap_or_default();
    let about = form.text("about", "About you", false, MAX_ABOUT_CHARACTERS);
    let home = provider.base.as_ref().and_then(|base| Country::of_region(&base.region));
    let (Some(phone), true) = (read_phone(&mut form, home), form.is_fine()) else {
        return Ok(render(StatusCode::UNPROCESSABLE_ENTITY, &page, &provider, &form));
    };
    let submission = Submission { profile: Some((about, phone)), ..Submission::default() };
    match perform::perform(&ctx, &viewer, &loaded, row, version, submission).await {
        Ok(_) => Ok(see_other("/provider/profile?saved=1")),
        Err(error) if error.status == 409 => {
            let status = refused(&mut form, &error);
            let (_, fresh) = load(&ctx, &viewer).await?;
            Ok(render(status, &page, &fresh, &form))
        }
        Err(error) => Err(error),
    }
}

fn render(status: StatusCode, page: &PageContext, provider: &Provider, form: &Form) -> Response {
    let hint = "What you do and since when. Everybody can read it.";
    let about = Input { name: "about", label: "About you", control: Control::Area, required: false, hint };
    let (control, hint) = (Control::Line("tel", "tel"), "Those you work for see it.");
    let phone = Input { name: "phone", label: "Business phone", control, required: true, hint };
    let public = (provider.status == ProviderStatus::Approved).then(|| {
        let href = format!("/providers/{}", provider.id);
        view! { <p><a class="link" href=href>"See what everybody sees"</a></p> }
    });
    let body = view! {
        {back_link("/provider", "My work")}
        <h1>"Your profile"</h1>
        {form.render_outcome()}
        <form class="card stack" method="post" action="/provider/profile">
            {hidden_field("version", &provider.version.to_string())}
            {form.render(&about)}
            {form.render(&phone)}
            <button class="btn btn-primary">"Save"</button>
            <p class="hint">
                "Trading name, address and business number were approved as they are. Write to us if they change."
            </p>
        </form>
        {public}
    };
    narrow(status, page, PageHead::new("Your profile", &["triangle-alert", "arrow-left"]), body)
}
