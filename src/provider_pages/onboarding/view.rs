//! How the steps of `/onboarding` look.

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use crate::account::address;
use crate::provider::onboarding::Step;
use crate::provider::onboarding::names;
use crate::provider_pages::labels::{self, render_facts};
use crate::provider_pages::perform::Loaded;
use crate::ui::form::{Control, Form, Input};
use crate::ui::icon::Icon;
use crate::ui::stepper::{self, StepState, stepper};
use crate::web::plain::{hidden_field, narrow};
use crate::web::{PageContext, PageHead};

/// The icons beside those of the labels.
const ICONS: &[&str] = &["triangle-alert", "check", "circle-dot", "x", "clock", "arrow-right", "search", "wrench"];

/// A step with what the form holds.
pub(super) fn render(status: StatusCode, page: &PageContext, loaded: &Loaded, step: Step, form: &Form) -> Response {
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
    let eyebrow = (1..=3)
        .contains(&number)
        .then(|| view! { <p class="eyebrow">{format!("Become a GigSta: step {number} of 3")}</p> });
    let body = match step {
        Step::Choose => render_choice(),
        Step::Details => render_details(loaded, form),
        Step::Payout => render_payout(loaded, form),
        Step::Review => render_review(loaded, "Send application"),
        Step::Wait => render_wait(loaded),
        Step::Answer => render_answer(loaded, form),
        Step::Again => render_again(loaded),
        Step::Done => view! { <p><a class="btn btn-primary" href="/provider">"Go to my work"</a></p> }.into_any(),
    };
    let body = view! {
        {eyebrow}
        <h1>{title}</h1>
        {form.render_summary()}
        {(number > 0).then(|| render_progress(number))}
        {body}
    };
    narrow(status, page, PageHead::new(title, ICONS).with_icons(labels::ICONS), body)
}

fn render_progress(current_step: usize) -> AnyView {
    let state = |number| match current_step {
        _ if number < current_step => StepState::Done,
        _ if number == current_step => StepState::Current,
        _ => StepState::Next,
    };
    let step =
        |(label, number): (&str, usize)| stepper::Step { label: label.into(), state: state(number), at_text: None };
    let steps = [("Details", 1), ("Payout", 2), ("Approval", 3)].map(step);
    view! { <div class="way">{stepper("Your way", steps.into())}</div> }.into_any()
}

fn render_choice() -> AnyView {
    let become_one = view! { <button class="btn btn-primary">"Become a GigSta"</button> };
    view! {
        <ul class="tiles">
            <li class="card tile">
                <Icon name="search" />
                <h2>"Find services"</h2>
                <p>"Somebody who comes, does it and leaves it tidy. You need nothing but your account."</p>
                <a class="btn" href="/services">"Find services"</a>
            </li>
            <li class="card tile">
                <Icon name="wrench" />
                <h2>"Become a GigSta"</h2>
                <p>
                    "Offer what you are good at: three short steps, then we look at it. You can still book services yourself."
                </p>
                {render_form("", names::CHOOSE_PROVIDER, 0, become_one.into_any())}
            </li>
        </ul>
    }
    .into_any()
}

/// The form of an action around its fields and its button.
fn render_form(class: &'static str, action: &'static str, version: i64, fields: AnyView) -> AnyView {
    view! {
        <form class={class} method="post" action=format!("/onboarding/{action}")>
            {hidden_field("version", &version.to_string())}
            {fields}
        </form>
    }
    .into_any()
}

fn render_details(loaded: &Loaded, form: &Form) -> AnyView {
    let line = |name, label, kind, autocomplete, hint| {
        let control = Control::Line(kind, autocomplete);
        form.render(&Input { name, label, control, required: true, hint })
    };
    let hint = "What you do and since when. Everybody can read it.";
    let about = Input { name: "about", label: "About you", control: Control::Area, required: false, hint };
    let name_hint = "Your own name, or that of your business.";
    let number_hint = "The NZBN of a business in New Zealand (13 digits), the ABN of one in Australia (11 digits).";
    let fields = view! {
        {line("trading_name", "Trading name", "text", "organization", name_hint)}
        {form.render(&about)}
        {line("phone", "Business phone", "tel", "tel", "Those you work for see it.")}
        {address::render(form)}
        {line("business_number", "NZBN or ABN", "text", "off", number_hint)}
        <button class="btn btn-primary">"Save and go on"</button>
    };
    render_form("card stack", names::SAVE_DETAILS, loaded.version(), fields.into_any())
}

fn render_payout(loaded: &Loaded, form: &Form) -> AnyView {
    let choices = [("direct".to_owned(), labels::DIRECT.to_owned())];
    let hint = "Payment through GigSta comes later. You will be asked again then.";
    let control = Control::Radios(&choices);
    let payout = Input { name: "payout", label: "How customers pay you", control, required: true, hint };
    let fields = view! {
        {form.render(&payout)}
        <button class="btn btn-primary">"Save and go on"</button>
    };
    view! {
        {render_form("card stack", names::SAVE_PAYOUT, loaded.version(), fields.into_any())}
        <p><a class="link" href="/onboarding?step=details">"Back to the details"</a></p>
    }
    .into_any()
}

fn render_review(loaded: &Loaded, label: &'static str) -> AnyView {
    let button = view! { <button class="btn btn-primary">{label}</button> };
    view! {
        {render_submission(loaded, true)}
        {render_form("", names::SUBMIT, loaded.version(), button.into_any())}
    }
    .into_any()
}

/// What was submitted so far, and the way to change it; nothing before there is any.
fn render_submission(loaded: &Loaded, open: bool) -> Option<AnyView> {
    let provider = loaded.provider.as_ref()?;
    let changes = open.then(|| {
        view! {
            <p class="row">
                <a class="btn" href="/onboarding?step=details">"Change details"</a>
                <a class="btn" href="/onboarding?step=payout">"Change payout"</a>
            </p>
        }
    });
    let section = view! {
        <section class="card" aria-labelledby="given-title">
            <h2 class="eyebrow" id="given-title">"What you have told us"</h2>
            {render_facts(provider)}
            {changes}
        </section>
    };
    Some(section.into_any())
}

fn render_wait(loaded: &Loaded) -> AnyView {
    let email = loaded.account.email.clone();
    view! {
        <p class="lead">"We look at it within two working days and write to " <b>{email}</b> "."</p>
        <p>
            "You can leave this page. Meanwhile everything a customer can do is open to you, and you can set your hours."
        </p>
        <p class="row">
            <a class="btn btn-primary" href="/services">"Find services"</a>
            <a class="btn" href="/provider/availability">"Set my hours"</a>
        </p>
        {render_submission(loaded, false)}
    }
    .into_any()
}

/// The words of the latest decision.
fn latest_message(loaded: &Loaded) -> String {
    let decided = [names::ASK_MORE, names::REJECT];
    let history = loaded.provider.as_ref().map_or(&[][..], |provider| &provider.history);
    let last = history.iter().rev().find(|event| decided.contains(&event.action_name.as_str()));
    last.and_then(|event| event.reason.clone()).unwrap_or_default()
}

fn render_answer(loaded: &Loaded, form: &Form) -> AnyView {
    let answer = Input { name: "message", label: "Your answer", control: Control::Area, required: true, hint: "" };
    let fields = view! {
        {form.render(&answer)}
        <button class="btn btn-primary">"Send answer"</button>
    };
    view! {
        <blockquote class="card words" dir="auto">{latest_message(loaded)}</blockquote>
        {render_form("card stack", names::ANSWER_MORE, loaded.version(), fields.into_any())}
        {render_submission(loaded, true)}
    }
    .into_any()
}

fn render_again(loaded: &Loaded) -> AnyView {
    view! {
        <div class="alert">
            <Icon name="x" />
            <div>
                <p><b>"The reason:"</b></p>
                <p class="words" dir="auto">{latest_message(loaded)}</p>
            </div>
        </div>
        <p>"Change what was not right and send it again. If you think we are wrong, say so under \"About you\"."</p>
        {render_review(loaded, "Send it again")}
    }
    .into_any()
}
