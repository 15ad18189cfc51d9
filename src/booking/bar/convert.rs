//! From what travels as public JSON to what the bar reads of it: the server's half.

use super::schema::{Action, Bar, Choice, Event, Input, Preview, Problem, Text, Trouble};
use crate::booking::schema::{AvailableAction, BookingView, InputSpec, PreviewView};
use crate::error::AppError;

fn text(text: &str) -> Text {
    Text { text: text.to_owned() }
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
            history: view.history.last().map(|event| Event { note: event.note.clone() }).into_iter().collect(),
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
            denials: action.denials.iter().map(|denial| text(&denial.message)).collect(),
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
            fee: preview.fee.as_ref().map(|fee| text(&fee.text)),
            refund: preview.refund.as_ref().map(|refund| text(&refund.text)),
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
            denials: error.denials.iter().map(|denial| text(&denial.message)).collect(),
            changed: error.changed.clone(),
            alternatives: error.alternatives.clone(),
            booking: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_value, json, to_value};

    use super::*;
    use crate::error::{DenialView, ErrorKind};

    /// A booking as it travels, with everything in it that can be.
    fn public() -> Value {
        let money = json!({ "amount": 4125, "currency": "NZD", "text": "$41.25 NZD" });
        let event = |seq: i64, message: Option<&str>| {
            json!({
                "seq": seq, "at": "2026-12-05T20:00:00Z", "at_text": "Sat", "action_name": "accept", "actor": "provider",
                "actor_name": "Hemi", "from": "requested", "to": "accepted", "note": format!("Event {seq}"),
                "message": message, "changes": [],
            })
        };
        let choice = json!({ "value": "damage", "text": "Something was damaged" });
        let input = json!({
            "name": "topic", "label": "Topic", "kind": "choice", "required": true, "hint": "One of them.",
            "value": "damage", "choices": [choice],
        });
        let denial = json!({ "code": "too_early", "message": "It is too early.", "retry_at": "2026-12-05T20:00:00Z" });
        let preview = json!({ "fee": money, "refund": money, "notifies": ["Hemi"], "text": "It costs." });
        let action = json!({
            "action_name": "cancel", "button_label": "Cancel booking", "note": "Cancelled", "is_critical": true,
            "available": false, "denials": [denial], "inputs": [input], "to": "cancelled",
            "deadline": "2026-12-05T20:00:00Z", "deadline_text": "Possible until Saturday.", "preview": preview,
            "command_id": "0123456789abcdef",
        });
        json!({
            "id": "0123456789abcdef01234567", "reference": "GS-7K3F9Q", "version": 2, "status": "accepted",
            "status_label": "Accepted", "actor": "customer", "situation": "Agreed.", "service": "Taps",
            "customer": "Aroha", "provider": "Hemi", "place": "Wellington", "details": "", "photos": [],
            "starts_at": "2026-12-05T20:00:00Z", "ends_at": "2026-12-05T21:00:00Z", "zone": "Pacific/Auckland",
            "when_text": "Sat", "viewer_when_text": null, "price": money, "price_text": "Agreed", "quotes": [],
            "split_text": null, "policy_text": null, "change": null, "steps": [], "actions": [action], "reviews": [],
            "history": [event(1, None), event(2, Some("See you."))],
        })
    }

    #[test]
    fn the_browser_reads_the_same_of_a_public_answer_as_of_the_properties() {
        let view: BookingView = from_value(public()).unwrap();
        assert_eq!(to_value(&view).unwrap(), public(), "the example is what travels");
        let answer: Bar = from_value(public()).unwrap();
        assert_eq!(answer.history.last().map(|event| event.note.as_str()), Some("Event 2"));
        let properties = Bar::from(&view);
        assert_eq!(properties, Bar { history: answer.history[1..].to_vec(), ..answer });
        assert_eq!(from_value::<Bar>(to_value(&properties).unwrap()).unwrap(), properties);
    }

    #[test]
    fn the_browser_reads_of_an_error_what_it_shows() {
        let denial = DenialView { code: "late".into(), message: "It is too late.".into(), retry_at: None };
        let error = AppError {
            denials: vec![denial],
            changed: vec!["Hemi has changed the price.".into()],
            alternatives: vec!["Sat 5 December".into()],
            booking: Some(public()),
            ..AppError::bad_field("reason", "missing", "Give a reason.")
        };
        let read: Trouble = from_value(to_value(&error).unwrap()).unwrap();
        assert!(read.booking.is_some());
        assert_eq!(Trouble { booking: None, ..read }, Trouble::from(&error));
        let bare = AppError::new(ErrorKind::Unavailable, "away", "Try again.");
        assert_eq!(from_value::<Trouble>(to_value(&bare).unwrap()).unwrap(), Trouble::from(&bare));
    }
}
