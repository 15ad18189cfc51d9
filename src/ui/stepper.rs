//! A process in steps: which are done, which one is current, which follow, and where it ended early.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::icon::Icon;

/// The state of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Done.
    Done,
    /// The current one.
    #[serde(rename = "here")]
    Current,
    /// Not reached yet.
    Next,
    /// The process ended early here.
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

/// Renders the steps as a list that is named, with the state of each in words for those who do not see it.
pub fn stepper(name: &'static str, steps: Vec<Step>) -> impl IntoView {
    let steps: Vec<_> = steps.into_iter().map(step).collect();
    view! {
        <ol class="stepper" aria-label=name>
            {steps}
        </ol>
    }
}

fn step(step: Step) -> impl IntoView {
    let (class, icon, text) = match step.state {
        StepState::Done => ("step step-done", "check", ", done"),
        StepState::Current => ("step step-here", "circle-dot", ", now"),
        StepState::Ended => ("step step-ended", "x", ", ended here"),
        StepState::Next => ("step step-next", "clock", ", still to come"),
    };
    let current = (step.state == StepState::Current).then_some("step");
    view! {
        <li class=class aria-current=current>
            <span class="step-mark">
                <Icon name=icon />
            </span>
            <span class="step-text">
                <span class="step-label">{step.label}</span>
                <span class="sr-only">{text}</span>
                {step.at_text.map(|at| view! { <span class="step-at">{at}</span> })}
            </span>
        </li>
    }
}
