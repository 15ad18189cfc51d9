//! What travels to the browser and back. Times are formatted by the server: `*_text` is for people,
//! the bare field is RFC 3339 in UTC.

use serde::{Deserialize, Serialize};

use super::role::Role;
use super::status::Status;
use crate::error::DenialView;

pub use crate::ui::field::FieldKind as InputKind;
pub use crate::ui::stepper::StepState;

/// An amount of money, and how people read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoneyView {
    /// Minor units (cents).
    pub amount: i64,
    /// `NZD` or `AUD`.
    pub currency: String,
    /// `$120.00 NZD`.
    pub text: String,
}

/// One of a short list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceView {
    /// What travels.
    pub value: String,
    /// What people read.
    pub text: String,
}

/// One field an action asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputSpec {
    /// The name that travels: `inputs[reason]`.
    pub name: String,
    /// Its label.
    pub label: String,
    /// How it is filled in.
    pub kind: InputKind,
    /// Whether the action cannot be done without it.
    pub required: bool,
    /// A word of help below the label.
    pub hint: Option<String>,
    /// What the field holds before anybody types.
    pub value: Option<String>,
    /// What there is to choose from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<ChoiceView>,
}

/// What an action would cost and whom it would notify.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewView {
    /// What the customer would pay for it.
    pub fee: Option<MoneyView>,
    /// What the customer would get back.
    pub refund: Option<MoneyView>,
    /// Who would be notified, by name.
    pub notifies: Vec<String>,
    /// All of it in one or two sentences: the consequence, never "Are you sure?".
    pub text: String,
}

/// An action as the browser gets it. What it looks like is decided there, by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AvailableAction {
    /// The name that travels.
    pub action_name: String,
    /// What the button says.
    pub button_label: String,
    /// The sentence the history would get.
    pub note: String,
    /// Whether it ends or risks something.
    pub is_critical: bool,
    /// Whether it can be done now.
    pub available: bool,
    /// Why not.
    pub denials: Vec<DenialView>,
    /// What it asks for.
    pub inputs: Vec<InputSpec>,
    /// The status it leads to.
    pub to: Status,
    /// Until when it stays possible.
    pub deadline: Option<String>,
    /// The same in words.
    pub deadline_text: Option<String>,
    /// What it would do.
    pub preview: Option<PreviewView>,
    /// A fresh idempotency key for doing it once.
    pub command_id: String,
}

/// A price named by one side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteView {
    /// `Quote from Hemi` or `Counter-offer from Aroha`.
    pub label: String,
    /// The price.
    pub amount: MoneyView,
    /// When, in words.
    pub at_text: String,
    /// What was said with it.
    pub message: Option<String>,
    /// What became of it, or until when who can take it.
    pub standing: String,
    /// Whether it is the last one.
    pub current: bool,
}

/// An open proposal of another time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeView {
    /// Who proposed it, by name.
    pub by: String,
    /// What was said with it.
    pub message: Option<String>,
    /// The time as booked.
    pub old_text: String,
    /// The same in the viewer's own zone, when that differs.
    pub old_viewer_text: Option<String>,
    /// The time proposed.
    pub new_text: String,
    /// The same in the viewer's own zone, when that differs.
    pub new_viewer_text: Option<String>,
    /// What is held, and until when, in words.
    pub held_text: String,
    /// Until when it can be answered.
    pub until_text: Option<String>,
}

/// A photo of the job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoView {
    /// The address of its small size.
    pub small: String,
    /// The address of its large size.
    pub large: String,
    /// What it shows.
    pub alt: String,
}

/// One step of the booking's way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepView {
    /// The status in words.
    pub label: String,
    /// Where it stands on the way.
    pub state: StepState,
    /// When it was reached, in words.
    pub at_text: Option<String>,
}

/// A review that this viewer may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewView {
    /// Who wrote it, by name.
    pub by: String,
    /// 1 to 5.
    pub stars: u8,
    /// What they wrote.
    pub text: Option<String>,
    /// The public answer.
    pub reply: Option<String>,
    /// Whether only its author can see it yet.
    pub sealed: bool,
    /// Why the public cannot see it, if an admin has hidden it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hidden: Option<String>,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventView {
    /// 1, 2, 3, ...
    pub seq: i64,
    /// When.
    pub at: String,
    /// The same in the booking's zone, in words.
    pub at_text: String,
    /// Which action.
    pub action_name: String,
    /// In which role.
    pub actor: Role,
    /// Under which name.
    pub actor_name: String,
    /// The status before.
    pub from: Option<Status>,
    /// The status after.
    pub to: Status,
    /// What happened.
    pub note: String,
    /// The reason or message that was given.
    pub message: Option<String>,
    /// What changed, a short sentence each.
    pub changes: Vec<String>,
}

/// A booking as one of its people may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingView {
    /// 24 hexadecimal digits.
    pub id: String,
    /// `GS-7K3F9Q`.
    pub reference: String,
    /// The number of events so far; sent back with every action.
    pub version: i64,
    /// `in_progress`.
    pub status: Status,
    /// `In progress`.
    pub status_label: String,
    /// What the viewer is here: `customer`, `provider` or `admin`.
    pub actor: Role,
    /// Where the booking stands for this viewer, with the deadline, in a sentence or two.
    pub situation: String,
    /// What was booked.
    pub service: String,
    /// The customer's name.
    pub customer: String,
    /// The provider's name.
    pub provider: String,
    /// Where.
    pub place: String,
    /// What the customer wrote about the job.
    pub details: String,
    /// What the job looks like.
    #[serde(default)]
    pub photos: Vec<PhotoView>,
    /// The start.
    pub starts_at: String,
    /// The end.
    pub ends_at: String,
    /// The IANA zone of the place.
    pub zone: String,
    /// Both in words: `Sat 5 December 2026, 9:00 am NZDT, for 2 hours`.
    pub when_text: String,
    /// The start in the viewer's own zone, when that differs.
    pub viewer_when_text: Option<String>,
    /// The price on the table or agreed.
    pub price: Option<MoneyView>,
    /// What kind of price it is, and that GST is included.
    pub price_text: String,
    /// Prices named so far, oldest first.
    pub quotes: Vec<QuoteView>,
    /// How the price ended up, in words.
    pub split_text: Option<String>,
    /// The cancellation policy in words, when it matters; once it is agreed, what cancelling costs from when on.
    pub policy_text: Option<String>,
    /// An open proposal of another time.
    pub change: Option<ChangeView>,
    /// The booking's way.
    pub steps: Vec<StepView>,
    /// What the viewer can do, possible now or not.
    pub actions: Vec<AvailableAction>,
    /// Reviews the viewer may see.
    pub reviews: Vec<ReviewView>,
    /// What happened, oldest first.
    pub history: Vec<EventView>,
}

/// One line of the bookings list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingSummary {
    /// 24 hexadecimal digits.
    pub id: String,
    /// `GS-7K3F9Q`.
    pub reference: String,
    /// The number of events so far.
    pub version: i64,
    /// `in_progress`.
    pub status: Status,
    /// `In progress`.
    pub status_label: String,
    /// What the viewer is there.
    pub actor: Role,
    /// What was booked.
    pub service: String,
    /// The other side's name, or both for an admin.
    pub with: String,
    /// Where.
    pub place: String,
    /// The start.
    pub starts_at: String,
    /// The same in words.
    pub when_text: String,
    /// The price on the table or agreed.
    pub price: Option<MoneyView>,
}

/// A page of bookings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingPage {
    /// The bookings, latest start first.
    pub bookings: Vec<BookingSummary>,
    /// What to ask for the next page with; none on the last.
    pub next_cursor: Option<String>,
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use serde_json::{from_value, json, to_value};

    use super::*;

    #[test]
    fn what_travels_keeps_its_names() {
        for status in Status::ALL {
            assert_eq!(to_value(status).unwrap(), status.name());
        }
        for role in Role::ALL {
            assert_eq!(to_value(role).unwrap(), role.name());
        }
        let states = [StepState::Done, StepState::Current, StepState::Next, StepState::Ended];
        assert_eq!(to_value(states).unwrap(), json!(["done", "here", "next", "ended"]));
        use InputKind::{Choice, Code, Money, Photos, Stars, Text, Time};
        let kinds = [Money, Time, Stars, Choice, Code, Photos, Text];
        let names = json!(["money", "time", "stars", "choice", "code", "photos", "text"]);
        assert_eq!(to_value(kinds).unwrap(), names);
        assert_eq!(from_value::<[InputKind; 7]>(names).unwrap(), kinds);
    }

    #[test]
    fn an_unknown_kind_of_field_is_filled_in_as_text() {
        assert_eq!(from_value::<InputKind>("colour".into()).unwrap(), InputKind::Text);
    }
}
