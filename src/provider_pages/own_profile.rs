//! `/provider/profile`: what a provider may change without a new approval.

use axum::extract::{Form as Sent, Query};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

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
use crate::ui::html::Html;
use crate::web::context::RequestContext;
use crate::web::plain::{back, hidden, narrow, refused, see_other};
use crate::web::problem::answer;
use crate::web::viewer::Viewer;
use crate::web::{PageContext, PageHead};

use super::onboarding::LONGEST_ABOUT;

/// Its address.
const HERE: &str = "/provider/profile";

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    saved: String,
}

/// `GET /provider/profile`
pub async fn show(ctx: RequestContext, Query(Asked { saved }): Query<Asked>) -> Response {
    let (frame, viewer) = match PageContext::require(&ctx, HERE).await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    match load(&ctx, &viewer).await {
        Ok((_, provider)) => {
            let mut form = Form::default();
            form.set("about", &provider.about).set("phone", &provider.phone).set("saved", saved);
            draw(StatusCode::OK, &frame, &provider, &form)
        }
        Err(error) => answer(&frame, HERE, error),
    }
}

/// `POST /provider/profile`
pub async fn save(ctx: RequestContext, Sent(pairs): Sent<Vec<(String, String)>>) -> Response {
    let (frame, viewer) = match PageContext::require(&ctx, HERE).await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    match try_save(&ctx, &frame, &viewer, &pairs).await {
        Ok(response) => response,
        Err(error) => answer(&frame, HERE, error),
    }
}

/// Those who are or were providers have a profile; for others there is nothing here.
async fn load(ctx: &RequestContext, viewer: &Viewer) -> Result<(perform::Loaded, Provider), AppError> {
    let loaded = perform::load(ctx, &viewer.id).await?;
    let is_one = |one: &Provider| matches!(one.status, ProviderStatus::Approved | ProviderStatus::Suspended);
    let provider = loaded.provider.clone().filter(is_one).ok_or_else(AppError::not_found)?;
    Ok((loaded, provider))
}

async fn try_save(
    ctx: &RequestContext,
    frame: &PageContext,
    viewer: &Viewer,
    pairs: &[(String, String)],
) -> Result<Response, AppError> {
    let (loaded, provider) = load(ctx, viewer).await?;
    let row = onboarding::row(names::SAVE_PROFILE).ok_or_else(AppError::not_found)?;
    let mut form = Form::from_pairs(pairs);
    let version = form.get("version").parse().unwrap_or_default();
    let about = form.text("about", "About you", false, LONGEST_ABOUT);
    let home = provider.base.as_ref().and_then(|base| Country::of_region(&base.region));
    let (Some(phone), true) = (read_phone(&mut form, home), form.is_fine()) else {
        return Ok(draw(StatusCode::UNPROCESSABLE_ENTITY, frame, &provider, &form));
    };
    let submission = Submission { profile: Some((about, phone)), ..Submission::default() };
    match perform::perform(ctx, viewer, &loaded, row, version, submission).await {
        Ok(_) => Ok(see_other("/provider/profile?saved=1")),
        Err(error) if error.status == 409 => {
            let status = refused(&mut form, &error);
            let (_, fresh) = load(ctx, viewer).await?;
            Ok(draw(status, frame, &fresh, &form))
        }
        Err(error) => Err(error),
    }
}

fn draw(status: StatusCode, frame: &PageContext, provider: &Provider, form: &Form) -> Response {
    let mut html = Html::new();
    back(&mut html, "/provider", "My work");
    html.raw("<h1>Your profile</h1>");
    form.outcome(&mut html);
    html.raw("<form class=\"card stack\" method=\"post\" action=\"/provider/profile\">");
    hidden(&mut html, "version", &provider.version.to_string());
    let hint = "What you do and since when. Everybody can read it.";
    form.draw(&mut html, &Input { name: "about", label: "About you", control: Control::Area, required: false, hint });
    let (control, hint) = (Control::Line("tel", "tel"), "Those you work for see it.");
    form.draw(&mut html, &Input { name: "phone", label: "Business phone", control, required: true, hint });
    html.raw("<button class=\"btn btn-primary\">Save</button>");
    html.raw("<p class=\"hint\">Trading name, address and business number were approved as they are. Write to us if they change.</p>");
    html.raw("</form>");
    if provider.status == ProviderStatus::Approved {
        html.raw("<p><a class=\"link\"").attr("href", &format!("/providers/{}", provider.id));
        html.raw(">See what everybody sees</a></p>");
    }
    narrow(status, frame, PageHead::new("Your profile", &["triangle-alert", "arrow-left"]), &mut html)
}
