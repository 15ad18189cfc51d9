//! The machine's answer as buttons and forms need it: previews in words, fields with their hints.

use super::{Onlooker, denial, money, words, zone_words};
use crate::booking::machine::inputs::{Field, Input, Kind};
use crate::booking::machine::{self, Booking, Status, get_available_booking_actions};
use crate::booking::schema::{AvailableAction, InputSpec, PreviewView};
use crate::ids::fresh_command_id;
use crate::time::Timestamp;

/// What the onlooker can do, possible now or not. Every action gets a fresh idempotency key.
pub fn actions(booking: &Booking, onlooker: &Onlooker) -> Vec<AvailableAction> {
    let Onlooker { actor, table, facts, now, .. } = *onlooker;
    get_available_booking_actions(table, booking, actor, facts, now)
        .into_iter()
        .map(|offered| AvailableAction {
            action_name: offered.row.action_name.into(),
            button_label: offered.row.button_label.into(),
            note: offered.note.clone(),
            is_critical: offered.row.is_critical,
            available: offered.available(),
            denials: offered.denials.iter().map(denial).collect(),
            inputs: offered.row.inputs.iter().map(|input| spec(*input, booking)).collect(),
            to: offered.to.name().into(),
            deadline: offered.deadline.map(Timestamp::rfc3339),
            deadline_text: offered.deadline.map(|at| format!("Possible until {}.", at.text(&booking.zone))),
            preview: offered.preview.as_ref().map(|preview| preview_view(booking, onlooker, &offered, preview)),
            command_id: fresh_command_id(),
        })
        .collect()
}

fn preview_view(
    booking: &Booking,
    onlooker: &Onlooker,
    offered: &machine::AvailableAction,
    preview: &machine::Preview,
) -> PreviewView {
    let name = |to: &String| match () {
        () if *to == booking.customer.id => booking.customer.name.clone(),
        () if *to == booking.provider.id => booking.provider.name.clone(),
        () => "the GigSta team".into(),
    };
    let notifies: Vec<String> = preview.notifies.iter().map(name).collect();
    let ends = matches!(offered.to, Status::Cancelled | Status::NoShow);
    PreviewView {
        fee: preview.split.filter(|_| ends).map(|split| money(split.kept)),
        refund: preview.split.map(|split| money(split.refund)),
        text: words::consequence(booking, onlooker.actor.role, offered, preview, &notifies),
        notifies,
    }
}

fn spec(input: Input, booking: &Booking) -> InputSpec {
    let field = input.field;
    let agreed = booking.state.price.map(|price| price.text());
    let most = agreed.map(|agreed| format!("At most the agreed {agreed}."));
    let hint = match field {
        Field::Amount => Some(format!("In {}, GST included.", booking.currency.code())),
        Field::FinalAmount => most.map(|most| format!("Leave it empty for the agreed price. {most}")),
        Field::RefundAmount => most.map(|most| format!("0 for none. {most}")),
        Field::StartsAt => Some(format!("On the clock of the place ({}).", zone_words(booking))),
        Field::Reason => Some("The other side reads it.".into()),
        _ => None,
    };
    InputSpec {
        name: field.name().into(),
        label: field.label().into(),
        kind: match field.kind() {
            Kind::Text => "text",
            Kind::Money => "money",
            Kind::Time => "time",
            Kind::Stars => "stars",
            Kind::Choice => "choice",
        }
        .into(),
        choices: field.choices().iter().map(|(value, words)| ((*value).into(), (*words).into())).collect(),
        required: input.required,
        hint,
        value: (field == Field::StartsAt).then(|| booking.state.starts_at.local_field(&booking.zone)),
    }
}
