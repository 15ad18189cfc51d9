//! The machine's answer as buttons and forms need it: previews in words, fields with their hints.

use super::{ViewContext, denial, money, prices, text as texts, zone_label};
use crate::booking::machine::guards::MAX_CODE_TRIES;
use crate::booking::machine::inputs::{CODE_DIGITS, Field, Input, Kind, MAX_PHOTOS};
use crate::booking::machine::outbox::Addressee;
use crate::booking::machine::updates::Update;
use crate::booking::machine::{self, Booking, Role, Status, get_available_booking_actions};
use crate::booking::schema::{AvailableAction, ChoiceView, InputKind, InputSpec, PreviewView};
use crate::domain::limit::megabytes;
use crate::ids::fresh_command_id;
use crate::money::Money;
use crate::photos::MAX_PHOTO_BYTES;
use crate::time::Timestamp;

/// What the context can do, possible now or not. Every action gets a fresh idempotency key.
pub fn actions(booking: &Booking, context: &ViewContext) -> Vec<AvailableAction> {
    let ViewContext { actor, table, facts, now, .. } = *context;
    get_available_booking_actions(table, booking, actor, facts, now)
        .into_iter()
        .map(|offered| AvailableAction {
            action_name: offered.row.action_name.into(),
            button_label: offered.row.button_label.into(),
            note: offered.note.clone(),
            is_critical: offered.row.is_critical,
            available: offered.available(),
            denials: offered.denials.iter().map(denial).collect(),
            inputs: offered.row.inputs.iter().filter_map(|input| spec(*input, booking)).collect(),
            to: offered.to,
            deadline: offered.deadline.map(Timestamp::rfc3339),
            deadline_text: offered.deadline.map(|at| format!("Possible until {}.", at.text(&booking.zone))),
            preview: offered.preview.as_ref().map(|preview| preview_view(booking, context, &offered, preview)),
            command_id: fresh_command_id(),
        })
        .collect()
}

fn preview_view(
    booking: &Booking,
    context: &ViewContext,
    offered: &machine::AvailableAction,
    preview: &machine::Preview,
) -> PreviewView {
    let name = |to: &Addressee| match to {
        Addressee::Account(id) if *id == booking.customer.id => booking.customer.name.clone(),
        Addressee::Account(id) if *id == booking.provider.id => booking.provider.name.clone(),
        Addressee::Account(_) | Addressee::Admins => "the GigSta team".into(),
    };
    let notifies: Vec<String> = preview.notifies.iter().map(name).collect();
    let ends = matches!(offered.to, Status::Cancelled | Status::NoShow);
    let mut text = texts::consequence(booking, context.actor.role, offered, preview, &notifies);
    if offered.row.records(Update::CancelWithFee) && context.actor.role == Role::Customer {
        let fees = prices::fees(booking, context.now).unwrap_or_default();
        text.push_str(&format!(" What it costs: {fees}"));
    }
    PreviewView {
        fee: preview.split.filter(|_| ends).map(|split| money(split.kept)),
        refund: preview.split.map(|split| money(split.refund)),
        text,
        notifies,
    }
}

/// The field as it is asked for; none where the booking has no code to ask for.
fn spec(input: Input, booking: &Booking) -> Option<InputSpec> {
    let field = input.field;
    let asks_for_code = field == Field::StartCode;
    if asks_for_code && booking.start_code.is_none() {
        return None;
    }
    let agreed = booking.state.price.map(Money::text);
    let most = agreed.as_ref().map(|agreed| format!("At most the agreed {agreed}."));
    let (customer, provider) = (&booking.customer.name, &booking.provider.name);
    let hint = match field {
        Field::Amount => Some(format!("In {}, GST included.", booking.currency.code())),
        Field::FinalAmount => most.map(|most| format!("Leave it empty for the agreed price. {most}")),
        Field::RefundAmount => {
            agreed.map(|agreed| format!("Of the {agreed} agreed; {provider} gets what is left. 0 for none."))
        }
        Field::StartCode => Some(format!(
            "{CODE_DIGITS} digits. {customer} sees them on their page. After {MAX_CODE_TRIES} wrong ones only they can say that it has started."
        )),
        Field::Evidence => Some("What you saw, when, and what the photos show.".into()),
        Field::Photos => {
            Some(format!("JPEG, PNG or WebP, at most {MAX_PHOTOS} and {} each.", megabytes(MAX_PHOTO_BYTES)))
        }
        Field::StartsAt => Some(format!("On the clock of the place ({}).", zone_label(booking))),
        Field::Reason => Some("The other side reads it.".into()),
        _ => None,
    };
    let choice = |(value, text): &(&str, &str)| ChoiceView { value: (*value).into(), text: (*text).into() };
    Some(InputSpec {
        name: field.name().into(),
        label: field.label().into(),
        kind: match field.kind() {
            Kind::Text => InputKind::Text,
            Kind::Money => InputKind::Money,
            Kind::Time => InputKind::Time,
            Kind::Stars => InputKind::Stars,
            Kind::Choice => InputKind::Choice,
            Kind::Code => InputKind::Code,
            Kind::Photos => InputKind::Photos,
        },
        required: input.required || asks_for_code,
        hint,
        value: (field == Field::StartsAt).then(|| booking.state.starts_at.local_field(&booking.zone)),
        choices: field.choices().iter().map(choice).collect(),
    })
}
