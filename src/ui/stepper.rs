//! A way in steps: what is done, where one is, what comes, and where it ended early.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::html::Html;
use super::icon::Icon;

/// Where a step stands on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// It is behind.
    Done,
    /// It is the present one.
    Here,
    /// It is ahead.
    Next,
    /// The way ended early here.
    Ended,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its name.
    pub label: String,
    /// Where it stands.
    pub state: StepState,
    /// When it was reached.
    pub at_text: Option<String>,
}

/// Draws the steps as a list that is named, with the state of each in words for those who do not see it.
pub fn stepper(html: &mut Html, name: &'static str, steps: &[Step]) {
    html.raw("<ol class=\"stepper\"").attr("aria-label", name).raw(">");
    for step in steps {
        let (class, icon, words) = match step.state {
            StepState::Done => ("step step-done", "check", ", done"),
            StepState::Here => ("step step-here\" aria-current=\"step", "circle-dot", ", now"),
            StepState::Ended => ("step step-ended", "x", ", ended here"),
            StepState::Next => ("step step-next", "clock", ", still to come"),
        };
        html.raw("<li class=\"").raw(class).raw("\"><span class=\"step-mark\">").icon(icon);
        html.raw("</span><span class=\"step-text\"><span class=\"step-label\">").text(&step.label);
        html.raw("</span><span class=\"sr-only\">").raw(words).raw("</span>");
        html.wrap("<span class=\"step-at\">", step.at_text.as_deref().unwrap_or_default(), "</span>");
        html.raw("</span></li>");
    }
    html.raw("</ol>");
}

/// The steps as a list that is named, with the state of each in words for those who do not see it.
pub fn render_stepper(name: &'static str, steps: &[Step]) -> AnyView {
    view! { <ol class="stepper" aria-label=name>{steps.iter().map(render_step).collect_view()}</ol> }.into_any()
}

fn render_step(step: &Step) -> AnyView {
    let (class, icon, words) = match step.state {
        StepState::Done => ("step step-done", "check", ", done"),
        StepState::Here => ("step step-here", "circle-dot", ", now"),
        StepState::Ended => ("step step-ended", "x", ", ended here"),
        StepState::Next => ("step step-next", "clock", ", still to come"),
    };
    let current = (step.state == StepState::Here).then_some("step");
    let at = step.at_text.clone().map(|at| view! { <span class="step-at">{at}</span> });
    view! {
        <li class={class} aria-current=current>
            <span class="step-mark"><Icon name=icon /></span>
            <span class="step-text">
                <span class="step-label">{step.label.clone()}</span>
                <span class="sr-only">{words}</span>
                {at}
            </span>
        </li>
    }
    .into_any()
}
