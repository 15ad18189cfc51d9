//! `/onboarding`: the step that is next, and what is sent from it.

use axum::extract::{Form as Sent, Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::words::{self, facts};
use crate::account::address;
use crate::account::country::Country;
use crate::account::profile::read_phone;
use crate::account::viewer::Viewer;
use crate::app::plain::{hidden, narrow, refused, see_other};
use crate::app::problem::answer;
use crate::app::{Frame, Here, Page};
use crate::error::AppError;
use crate::provider::business_number;
use crate::provider::history::{Details, Given};
use crate::provider::onboarding::{self, Part, Row, Step, get_available_provider_actions, next_step};
use crate::provider::perform::{self, Loaded};
use crate::server::context::RequestContext;
use crate::ui::form::{Control, Form, Input};
use crate::ui::html::Html;
use crate::ui::stepper;

/// Its address.
const HERE: &str = "/onboarding";

/// What can be sent from here.
const ACTIONS: [&str; 5] = ["choose_provider", "save_details", "save_payout", "submit", "answer_more"];

/// The longest trading name and the longest text about oneself, in letters.
const LONGEST_NAME: usize = 80;
pub const LONGEST_ABOUT: usize = 2000;

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    step: String,
}

/// `GET /onboarding`; `?step=details` goes back to a step, while that is possible.
pub async fn show(ctx: RequestContext, Query(Asked { step }): Query<Asked>) -> Response {
    let (frame, viewer) = match Frame::require(&ctx, Here::Provider, HERE).await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    let loaded = match perform::load(&ctx, &viewer.id).await {
        Ok(loaded) => loaded,
        Err(error) => return answer(&frame, HERE, error),
    };
    let back = match step.as_str() {
        "details" => Some((Step::Details, "save_details")),
        "payout" => Some((Step::Payout, "save_payout")),
        _ => None,
    };
    let back = back.filter(|(_, action)| can(&loaded, action)).map(|(step, _)| step);
    let step = back.unwrap_or_else(|| next_step(&loaded.standing()));
    if step == Step::Done {
        return Redirect::to("/provider").into_response();
    }
    draw(StatusCode::OK, &frame, &loaded, step, &filled(&loaded))
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
    Path(action): Path<String>,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Response {
    let (frame, viewer) = match Frame::require(&ctx, Here::Provider, HERE).await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    let row = onboarding::row(&action).filter(|row| !row.by_admin && ACTIONS.contains(&row.action_name));
    let Some(row) = row else {
        return answer(&frame, HERE, AppError::not_found());
    };
    match try_act(&ctx, &frame, &viewer, row, &pairs).await {
        Ok(response) => response,
        Err(error) => answer(&frame, HERE, error),
    }
}

async fn try_act(
    ctx: &RequestContext,
    frame: &Frame,
    viewer: &Viewer,
    row: &'static Row,
    pairs: &[(String, String)],
) -> Result<Response, AppError> {
    let loaded = perform::load(ctx, &viewer.id).await?;
    let mut form = Form::from_pairs(pairs);
    let version = form.get("version").parse().unwrap_or_default();
    let status = match read(row, &mut form) {
        None => StatusCode::UNPROCESSABLE_ENTITY,
        Some(given) => match perform::perform(ctx, viewer, &loaded, row, version, given).await {
            Ok(_) => return Ok(see_other(HERE)),
            Err(error) if matches!(error.status, 409 | 422) => refused(&mut form, &error),
            Err(error) => return Err(error),
        },
    };
    let fresh = perform::load(ctx, &viewer.id).await?;
    let step = match row.action_name {
        "save_details" if can(&fresh, row.action_name) => Step::Details,
        "save_payout" if can(&fresh, row.action_name) => Step::Payout,
        _ => next_step(&fresh.standing()),
    };
    Ok(draw(status, frame, &fresh, step, &form))
}

/// What the form gives; says in it what has to be different.
fn read(row: &Row, form: &mut Form) -> Option<Given> {
    let mut given = Given { words: form.get("message").to_owned(), ..Given::default() };
    match row.action_name {
        "save_details" => given.details = Some(details(form)?),
        "save_payout" if form.get("payout") == "direct" => given.payout = Some("direct".into()),
        "save_payout" => {
            form.problem("payout", "payout_missing", "Choose how customers pay you.");
            return None;
        }
        _ => {}
    }
    Some(given)
}

fn details(form: &mut Form) -> Option<Details> {
    let trading_name = form.text("trading_name", "Trading name", true, LONGEST_NAME);
    if trading_name.chars().any(char::is_control) {
        form.problem("trading_name", "name_wrong", "A name stands on one line. Take the line breaks out.");
    }
    let about = form.text("about", "About you", false, LONGEST_ABOUT);
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

fn draw(status: StatusCode, frame: &Frame, loaded: &Loaded, step: Step, form: &Form) -> Response {
    let mut html = Html::new();
    let (title, number) = match step {
        Step::Choose => ("What brings you here?", 0),
        Step::Details => ("Who you are", 1),
        Step::Payout => ("How you are paid", 2),
        Step::Review => ("Look at it and send it", 3),
        Step::Wait => ("Your application is with us", 3),
        Step::Answer => ("We have a question", 3),
        Step::Again => ("Your application was not approved", 3),
        Step::Done => ("You are a GigSta", 4),
    };
    if (1..=3).contains(&number) {
        html.raw("<p class=\"eyebrow\">Become a GigSta: step ").text(&number.to_string()).raw(" of 3</p>");
    }
    html.raw("<h1>").text(title).raw("</h1>");
    form.summary(&mut html);
    if number > 0 {
        progress(&mut html, number);
    }
    match step {
        Step::Choose => choose(&mut html),
        Step::Details => draw_details(&mut html, loaded, form),
        Step::Payout => draw_payout(&mut html, loaded, form),
        Step::Review => review(&mut html, loaded, "Send application"),
        Step::Wait => wait(&mut html, loaded),
        Step::Answer => draw_answer(&mut html, loaded, form),
        Step::Again => again(&mut html, loaded),
        Step::Done => _ = html.raw("<p><a class=\"btn btn-primary\" href=\"/provider\">Go to my work</a></p>"),
    }
    let icons = ["triangle-alert", "check", "circle-dot", "x", "clock", "arrow-right", "search", "wrench"];
    narrow(status, frame, Page::new(title, &icons).with_icons(words::ICONS), &mut html)
}

fn progress(html: &mut Html, here: usize) {
    let state = |number| match here {
        _ if number < here => "done",
        _ if number == here => "here",
        _ => "next",
    };
    let step = |(label, number): (&str, usize)| stepper::Step {
        label: label.into(),
        state: state(number).into(),
        at_text: None,
    };
    let steps = [("Details", 1), ("Payout", 2), ("Approval", 3)].map(step);
    html.raw("<div class=\"way\">");
    stepper::stepper(html, "Your way", &steps);
    html.raw("</div>");
}

fn choose(html: &mut Html) {
    html.raw("<ul class=\"tiles\"><li class=\"card tile\">").icon("search");
    html.raw("<h2>Find services</h2><p>Somebody who comes, does it and leaves it tidy. You need nothing but your account.</p>");
    html.raw("<a class=\"btn\" href=\"/services\">Find services</a></li><li class=\"card tile\">").icon("wrench");
    html.raw("<h2>Become a GigSta</h2><p>Offer what you are good at: three short steps, then we look at it. You can still book services yourself.</p>");
    start(html, "", "choose_provider", 0);
    html.raw("<button class=\"btn btn-primary\">Become a GigSta</button></form></li></ul>");
}

/// Opens the form of an action.
fn start(html: &mut Html, class: &'static str, action: &'static str, version: i64) {
    html.raw("<form class=\"").raw(class).raw("\" method=\"post\" action=\"/onboarding/").raw(action).raw("\">");
    hidden(html, "version", &version.to_string());
}

fn draw_details(html: &mut Html, loaded: &Loaded, form: &Form) {
    start(html, "card stack", "save_details", loaded.version());
    let line = |name, label, kind, autocomplete, hint| Input {
        name,
        label,
        control: Control::Line(kind, autocomplete),
        required: true,
        hint,
    };
    form.draw(
        html,
        &line("trading_name", "Trading name", "text", "organization", "Your own name, or that of your business."),
    );
    let about = "What you do and since when. Everybody can read it.";
    form.draw(html, &Input { name: "about", label: "About you", control: Control::Area, required: false, hint: about });
    form.draw(html, &line("phone", "Business phone", "tel", "tel", "Those you work for see it."));
    address::draw(html, form);
    let number = "The NZBN of a business in New Zealand (13 digits), the ABN of one in Australia (11 digits).";
    form.draw(html, &line("business_number", "NZBN or ABN", "text", "off", number));
    html.raw("<button class=\"btn btn-primary\">Save and go on</button></form>");
}

fn draw_payout(html: &mut Html, loaded: &Loaded, form: &Form) {
    start(html, "card stack", "save_payout", loaded.version());
    let choices = [("direct".to_owned(), words::DIRECT.to_owned())];
    let hint = "Payment through GigSta comes later. You will be asked again then.";
    let control = Control::Radios(&choices);
    form.draw(html, &Input { name: "payout", label: "How customers pay you", control, required: true, hint });
    html.raw("<button class=\"btn btn-primary\">Save and go on</button></form>");
    html.raw("<p><a class=\"link\" href=\"/onboarding?step=details\">Back to the details</a></p>");
}

fn review(html: &mut Html, loaded: &Loaded, label: &'static str) {
    given(html, loaded, true);
    start(html, "", "submit", loaded.version());
    html.raw("<button class=\"btn btn-primary\">").raw(label).raw("</button></form>");
}

/// What was given so far, and the way to change it.
fn given(html: &mut Html, loaded: &Loaded, open: bool) {
    let Some(provider) = &loaded.provider else { return };
    html.raw("<section class=\"card\" aria-labelledby=\"given-title\"><h2 class=\"eyebrow\" id=\"given-title\">What you have told us</h2>");
    facts(html, provider);
    if open {
        html.raw("<p class=\"row\"><a class=\"btn\" href=\"/onboarding?step=details\">Change details</a>");
        html.raw("<a class=\"btn\" href=\"/onboarding?step=payout\">Change payout</a></p>");
    }
    html.raw("</section>");
}

fn wait(html: &mut Html, loaded: &Loaded) {
    html.raw("<p class=\"lead\">We look at it within two working days and write to <b>").text(&loaded.account.email);
    html.raw("</b>.</p><p>You can leave this page. Meanwhile everything a customer can do is open to you, and you can set your hours.</p>");
    html.raw("<p class=\"row\"><a class=\"btn btn-primary\" href=\"/services\">Find services</a>");
    html.raw("<a class=\"btn\" href=\"/provider/availability\">Set my hours</a></p>");
    given(html, loaded, false);
}

/// The words of the latest decision.
fn latest_words(loaded: &Loaded) -> &str {
    let decided = ["ask_more", "reject"];
    let history = loaded.provider.as_ref().map_or(&[][..], |provider| &provider.history);
    let last = history.iter().rev().find(|event| decided.contains(&event.action_name.as_str()));
    last.and_then(|event| event.reason.as_deref()).unwrap_or_default()
}

fn draw_answer(html: &mut Html, loaded: &Loaded, form: &Form) {
    html.raw("<blockquote class=\"card words\" dir=\"auto\">").text(latest_words(loaded)).raw("</blockquote>");
    start(html, "card stack", "answer_more", loaded.version());
    let control = Control::Area;
    form.draw(html, &Input { name: "message", label: "Your answer", control, required: true, hint: "" });
    html.raw("<button class=\"btn btn-primary\">Send answer</button></form>");
    given(html, loaded, true);
}

fn again(html: &mut Html, loaded: &Loaded) {
    html.raw("<div class=\"alert\">").icon("x").raw("<div><p><b>The reason:</b></p><p class=\"words\" dir=\"auto\">");
    html.text(latest_words(loaded)).raw("</p></div></div>");
    html.raw(
        "<p>Change what was not right and send it again. If you think we are wrong, say so under \"About you\".</p>",
    );
    review(html, loaded, "Send it again");
}
