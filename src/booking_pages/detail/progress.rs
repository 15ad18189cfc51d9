//! The booking's way in steps.

use leptos::prelude::*;

use crate::booking::schema::StepView;
use crate::ui::stepper::{Step, stepper};

/// The steps, with the one that it is at.
pub fn progress(steps: &[StepView]) -> impl IntoView + use<> {
    let step = |step: &StepView| Step { label: step.label.clone(), state: step.state, at_text: step.at_text.clone() };
    stepper("Steps of the booking", steps.iter().map(step).collect())
}
