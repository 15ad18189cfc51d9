//! From what travels as public JSON to what the bar reads of it: the server's half.

use super::schema::{Action, Bar, Choice, Input, Preview, Problem, Trouble, Words};
use crate::booking::schema::{AvailableAction, BookingView, InputSpec, PreviewView};
use crate::error::AppError;

fn words(text: &str) -> Words {
    Words { text: text.to_owned() }
}

impl From<&BookingView> for Bar {
    fn from(view: &BookingView) -> Self {
        Self {
            id: view.id.clone(),
            reference: view.reference.clone(),
            version: view.version,
            status: view.status,
            status_label: view.status_label.clone(),
            situation: view.situation.clone(),
            zone: view.zone.clone(),
            actions: view.actions.iter().map(Action::from).collect(),
            history: view.history.last().map(|event| words(&event.note)).into_iter().collect(),
        }
    }
}

impl From<&AvailableAction> for Action {
    fn from(action: &AvailableAction) -> Self {
        Self {
            action_name: action.action_name.clone(),
            button_label: action.button_label.clone(),
            is_critical: action.is_critical,
            available: action.available,
            denials: action.denials.iter().map(|denial| words(&denial.message)).collect(),
            inputs: action.inputs.iter().map(Input::from).collect(),
            to: action.to,
            deadline_text: action.deadline_text.clone(),
            preview: action.preview.as_ref().map(Preview::from),
            command_id: action.command_id.clone(),
        }
    }
}

impl From<&InputSpec> for Input {
    fn from(input: &InputSpec) -> Self {
        let choices =
            input.choices.iter().map(|choice| Choice { value: choice.value.clone(), text: choice.text.clone() });
        Self {
            name: input.name.clone(),
            label: input.label.clone(),
            kind: input.kind,
            required: input.required,
            hint: input.hint.clone(),
            value: input.value.clone(),
            choices: choices.collect(),
        }
    }
}

impl From<&PreviewView> for Preview {
    fn from(preview: &PreviewView) -> Self {
        Self {
            fee: preview.fee.as_ref().map(|fee| words(&fee.text)),
            refund: preview.refund.as_ref().map(|refund| words(&refund.text)),
            text: preview.text.clone(),
        }
    }
}

impl From<&AppError> for Trouble {
    fn from(error: &AppError) -> Self {
        let problem =
            |field: &crate::error::FieldProblem| Problem { field: field.field.clone(), message: field.message.clone() };
        Self {
            status: error.status,
            message: error.message.clone(),
            fields: error.fields.iter().map(problem).collect(),
            denials: error.denials.iter().map(|denial| words(&denial.message)).collect(),
            changed: error.changed.clone(),
            alternatives: error.alternatives.clone(),
            booking: None,
        }
    }
}
