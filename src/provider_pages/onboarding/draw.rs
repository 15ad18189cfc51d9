//! The steps of `/onboarding`, drawn.

use axum::http::StatusCode;
use axum::response::Response;

use crate::account::address;
use crate::provider::onboarding::Step;
use crate::provider::onboarding::names;
use crate::provider_pages::labels::{self, facts};
use crate::provider_pages::perform::Loaded;
use crate::ui::form::{Control, Form, Input};
use crate::ui::html::Html;
use crate::ui::stepper::{self, StepState};
use crate::web::plain::{hidden, narrow};
use crate::web::{PageContext, PageHead};

/// Draws a step with what the form holds.
pub(super) fn draw(status: StatusCode, frame: &PageContext, loaded: &Loaded, step: Step, form: &Form) -> Response {
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
    narrow(status, frame, PageHead::new(title, &icons).with_icons(labels::ICONS), &mut html)
}

fn progress(html: &mut Html, here: usize) {
    let state = |number| match here {
        _ if number < here => StepState::Done,
        _ if number == here => StepState::Here,
        _ => StepState::Next,
    };
    let step =
        |(label, number): (&str, usize)| stepper::Step { label: label.into(), state: state(number), at_text: None };
    let steps = [("Details", 1), ("Payout", 2), ("Approval", 3)].map(step);
    html.raw("<div class=\"way\">");
    html.view(stepper::stepper("Your way", steps.into()));
    html.raw("</div>");
}

fn choose(html: &mut Html) {
    html.raw("<ul class=\"tiles\"><li class=\"card tile\">").icon("search");
    html.raw("<h2>Find services</h2><p>Somebody who comes, does it and leaves it tidy. You need nothing but your account.</p>");
    html.raw("<a class=\"btn\" href=\"/services\">Find services</a></li><li class=\"card tile\">").icon("wrench");
    html.raw("<h2>Become a GigSta</h2><p>Offer what you are good at: three short steps, then we look at it. You can still book services yourself.</p>");
    start(html, "", names::CHOOSE_PROVIDER, 0);
    html.raw("<button class=\"btn btn-primary\">Become a GigSta</button></form></li></ul>");
}

/// Opens the form of an action.
fn start(html: &mut Html, class: &'static str, action: &'static str, version: i64) {
    html.raw("<form class=\"").raw(class).raw("\" method=\"post\" action=\"/onboarding/").raw(action).raw("\">");
    hidden(html, "version", &version.to_string());
}

fn draw_details(html: &mut Html, loaded: &Loaded, form: &Form) {
    start(html, "card stack", names::SAVE_DETAILS, loaded.version());
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
    start(html, "card stack", names::SAVE_PAYOUT, loaded.version());
    let choices = [("direct".to_owned(), labels::DIRECT.to_owned())];
    let hint = "Payment through GigSta comes later. You will be asked again then.";
    let control = Control::Radios(&choices);
    form.draw(html, &Input { name: "payout", label: "How customers pay you", control, required: true, hint });
    html.raw("<button class=\"btn btn-primary\">Save and go on</button></form>");
    html.raw("<p><a class=\"link\" href=\"/onboarding?step=details\">Back to the details</a></p>");
}

fn review(html: &mut Html, loaded: &Loaded, label: &'static str) {
    given(html, loaded, true);
    start(html, "", names::SUBMIT, loaded.version());
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
    let decided = [names::ASK_MORE, names::REJECT];
    let history = loaded.provider.as_ref().map_or(&[][..], |provider| &provider.history);
    let last = history.iter().rev().find(|event| decided.contains(&event.action_name.as_str()));
    last.and_then(|event| event.reason.as_deref()).unwrap_or_default()
}

fn draw_answer(html: &mut Html, loaded: &Loaded, form: &Form) {
    html.raw("<blockquote class=\"card words\" dir=\"auto\">").text(latest_words(loaded)).raw("</blockquote>");
    start(html, "card stack", names::ANSWER_MORE, loaded.version());
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
