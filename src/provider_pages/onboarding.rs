//! `/onboarding`: the step that is next, and what is sent from it.

mod view;

use axum::extract::{Form as Sent, Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use crate::account::address;
use crate::account::profile::read_phone;
use crate::domain::business_number;
use crate::domain::country::Country;
use crate::error::AppError;
use crate::provider::history::{Details, Submission};
use crate::provider::onboarding::names;
use crate::provider::onboarding::{self, Part, Row, Step, get_available_provider_actions, next_step};
use crate::provider_pages::perform::{self, Loaded};
use crate::ui::form::Form;
use crate::web::context::RequestContext;
use crate::web::guard::SignedIn;
use crate::web::plain::{refused, see_other};
use view::render;

/// Its address.
const PATH: &str = "/onboarding";

/// What can be sent from here.
const ACTIONS: [&str; 5] =
    [names::CHOOSE_PROVIDER, names::SAVE_DETAILS, names::SAVE_PAYOUT, names::SUBMIT, names::ANSWER_MORE];

/// The longest trading name and the longest text about oneself, in characters.
const MAX_NAME_CHARACTERS: usize = 80;
pub const MAX_ABOUT_CHARACTERS: usize = 2000;

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    step: String,
}

/// `GET /onboarding`; `?step=details` goes back to a step, while that is possible.
pub async fn show(
    ctx: RequestContext,
    SignedIn { page, viewer }: SignedIn,
    Query(Asked { step }): Query<Asked>,
) -> Result<Response, AppError> {
    let loaded = perform::load(&ctx, &viewer.id).await?;
    let back = match step.as_str() {
        "details" => Some((Step::Details, names::SAVE_DETAILS)),
        "payout" => Some((Step::Payout, names::SAVE_PAYOUT)),
        _ => None,
    };
    let back = back.filter(|(_, action)| can(&loaded, action)).map(|(step, _)| step);
    let step = back.unwrap_or_else(|| next_step(&loaded.standing()));
    if step == Step::Done {
        return Err(AppError::elsewhere("/provider"));
    }
    Ok(render(StatusCode::OK, &page, &loaded, step, &filled(&loaded)))
}

fn can(loaded: &Loaded, action: &str) -> bool {
    let actions = get_available_provider_actions(&loaded.standing(), Part::Applicant);
    actions.iter().any(|one| one.row.action_name == action)
}

/// What is known already, so that nothing is asked twice.
fn filled(loaded: &Loaded) -> Form {
    let mut form = Form::default();
    let account = &loaded.account;
    let place = loaded.provider.as_ref().and_then(|provider| provider.base.as_ref()).or(account.place.as_ref());
    address::prefill(&mut form, place, account.address.as_deref());
    form.set("phone", account.phone.as_deref().unwrap_or_default()).set("payout", "direct");
    if let Some(provider) = &loaded.provider {
        form.set("trading_name", &provider.trading_name).set("about", &provider.about);
        form.set("business_number", business_number::readable(&provider.business_number));
        if !provider.phone.is_empty() {
            form.set("phone", &provider.phone);
        }
    }
    form
}

/// `POST /onboarding/{action}`: does it and goes on, or shows the step again with all that was typed.
pub async fn act(
    ctx: RequestContext,
    SignedIn { page, viewer }: SignedIn,
    Path(action): Path<String>,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let row = onboarding::row(&action).filter(|row| !row.by_admin && ACTIONS.contains(&row.action_name));
    let row = row.ok_or_else(AppError::not_found)?;
    let loaded = perform::load(&ctx, &viewer.id).await?;
    let mut form = Form::from_pairs(&pairs);
    let version = form.get("version").parse().unwrap_or_default();
    let status = match read(row, &mut form) {
        None => StatusCode::UNPROCESSABLE_ENTITY,
        Some(submission) => match perform::perform(&ctx, &viewer, &loaded, row, version, submission).await {
            Ok(_) => return Ok(see_other(PATH)),
            Err(error) if matches!(error.status, 409 | 422) => refused(&mut form, &error),
            Err(error) => return Err(error),
        },
    };
    let fresh = perform::load(&ctx, &viewer.id).await?;
    let step = match row.action_name {
        names::SAVE_DETAILS if can(&fresh, row.action_name) => Step::Details,
        names::SAVE_PAYOUT if can(&fresh, row.action_name) => Step::Payout,
        _ => next_step(&fresh.standing()),
    };
    Ok(render(status, &page, &fresh, step, &form))
}

/// What the form gives; says in it what has to be different.
fn read(row: &Row, form: &mut Form) -> Option<Submission> {
    let mut submission = Submission { message: form.get("message").to_owned(), ..Submission::default() };
    match row.action_name {
        names::SAVE_DETAILS => submission.details = Some(details(form)?),
        names::SAVE_PAYOUT if form.get("payout") == "direct" => submission.payout = Some("direct".into()),
        names::SAVE_PAYOUT => {
            form.problem("payout", "payout_missing", "Choose how customers pay you.");
            return None;
        }
        _ => {}
    }
    Some(submission)
}

fn details(form: &mut Form) -> Option<Details> {
    let trading_name = form.text("trading_name", "Trading name", true, MAX_NAME_CHARACTERS);
    if trading_name.chars().any(char::is_control) {
        form.problem("trading_name", "name_wrong", "A name stands on one line. Take the line breaks out.");
    }
    let about = form.text("about", "About you", false, MAX_ABOUT_CHARACTERS);
    let found = address::read(form);
    let country = found.as_ref().and_then(|(locality, _)| Country::of_region(locality.region));
    let phone = read_phone(form, country);
    let number = form.get("business_number").to_owned();
    // Without a place nobody knows which kind of number it has to be; the place is asked for then.
    let number = match (country, number.is_empty()) {
        (None, false) => None,
        (country, _) => match business_number::check(country.unwrap_or(Country::NewZealand), &number) {
            Ok(number) => Some(number),
            Err(message) => {
                form.problem("business_number", "business_number_invalid", message);
                None
            }
        },
    };
    let ((locality, base), phone, business_number) = (found?, phone?, number?);
    let zone = locality.zone.into();
    form.is_fine().then_some(Details { trading_name, about, phone, business_number, base, zone })
}
