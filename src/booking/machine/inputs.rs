//! What a person gives with an action: parsed once, then typed.

use std::collections::BTreeMap;

use super::aggregate::{Booking, Role};
use super::guards::Guard;
use super::row::Row;
use crate::money::{Money, parse_amount};
use crate::time::{self, TimeError, Timestamp};

/// The most characters of any text.
pub const MAX_TEXT: usize = 2000;
/// The farthest a new time may lie ahead, in days.
pub const MAX_DAYS_AHEAD: i64 = 366;

/// An input of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Input {
    /// Which one.
    pub field: Field,
    /// Whether the action cannot be done without it.
    pub required: bool,
}

/// The fields that actions ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is named after the field it is")]
pub enum Field {
    Reason,
    Message,
    Text,
    Amount,
    FinalAmount,
    RefundAmount,
    StartsAt,
    Stars,
    Side,
}

/// How a field is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Several lines of text.
    Text,
    /// Dollars and cents.
    Money,
    /// A day and a time on the wall of the booking's zone.
    Time,
    /// One to five.
    Stars,
    /// One of a short list.
    Choice,
}

/// Whose review it is: the value that travels, and its words.
pub const SIDES: &[(&str, &str)] =
    &[("customer", "The customer's, about the provider"), ("provider", "The provider's, about the customer")];

impl Field {
    /// A field that must be given.
    pub const fn required(self) -> Input {
        Input { field: self, required: true }
    }

    /// A field that may be left out.
    pub const fn optional(self) -> Input {
        Input { field: self, required: false }
    }

    /// The name that travels: `inputs[reason]`.
    pub fn name(self) -> &'static str {
        match self {
            Field::Reason => "reason",
            Field::Message => "message",
            Field::Text => "text",
            Field::Amount => "amount",
            Field::FinalAmount => "final_amount",
            Field::RefundAmount => "refund_amount",
            Field::StartsAt => "starts_at",
            Field::Stars => "stars",
            Field::Side => "side",
        }
    }

    /// The label of the field.
    pub fn label(self) -> &'static str {
        match self {
            Field::Reason => "Reason",
            Field::Message => "Message",
            Field::Text => "Your words",
            Field::Amount => "Price",
            Field::FinalAmount => "Final amount",
            Field::RefundAmount => "Refund to the customer",
            Field::StartsAt => "New start",
            Field::Stars => "Stars",
            Field::Side => "Which review",
        }
    }

    /// How it is filled in.
    pub fn kind(self) -> Kind {
        match self {
            Field::Reason | Field::Message | Field::Text => Kind::Text,
            Field::Amount | Field::FinalAmount | Field::RefundAmount => Kind::Money,
            Field::StartsAt => Kind::Time,
            Field::Stars => Kind::Stars,
            Field::Side => Kind::Choice,
        }
    }

    /// What can be chosen: the value that travels, and its words. None for a field that is not chosen from a list.
    pub fn choices(self) -> &'static [(&'static str, &'static str)] {
        if self == Field::Side { SIDES } else { &[] }
    }
}

/// What is wrong with one field, and the remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name.
    pub field: String,
    /// A stable code.
    pub code: &'static str,
    /// What is wrong and what to do.
    pub message: String,
}

/// The inputs of one action, typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    texts: BTreeMap<Field, String>,
    amounts: BTreeMap<Field, Money>,
    /// The new start.
    pub starts_at: Option<Timestamp>,
    /// 1 to 5.
    pub stars: Option<u8>,
}

impl Inputs {
    /// Reads what was sent for a row. Every wrong field is told, unknown ones included.
    pub fn parse(row: &Row, raw: &BTreeMap<String, String>, booking: &Booking) -> Result<Inputs, Vec<FieldError>> {
        let mut inputs = Inputs::default();
        let mut errors = Vec::new();
        for name in raw.keys().filter(|name| row.inputs.iter().all(|input| input.field.name() != name.as_str())) {
            let message = format!("\"{}\" takes no such field. Leave it out.", row.button_label);
            errors.push(FieldError { field: name.chars().take(40).collect(), code: "unknown_input", message });
        }
        for input in row.inputs {
            let text = raw.get(input.field.name()).map_or(String::new(), |text| clean(text));
            let result = match (text.is_empty(), input.required) {
                (true, true) => Err(missing(input.field)),
                (true, false) => Ok(()),
                (false, _) => inputs.read(input.field, text, booking),
            };
            if let Err((code, message)) = result {
                errors.push(FieldError { field: input.field.name().into(), code, message });
            }
        }
        if errors.is_empty() { Ok(inputs) } else { Err(errors) }
    }

    /// Inputs that pass every check that any inputs could pass: what a listing asks `decide` with.
    pub fn example(row: &Row, booking: &Booking, now: Timestamp) -> Inputs {
        let mut inputs = Inputs::default();
        for Input { field, .. } in row.inputs {
            match field.kind() {
                Kind::Text => _ = inputs.texts.insert(*field, "-".into()),
                Kind::Money => {
                    let one = Money::new(1, booking.currency);
                    let refund = booking.state.price.unwrap_or(one).zero();
                    let amount = if *field == Field::Amount { one } else { refund };
                    if *field != Field::FinalAmount {
                        inputs.amounts.insert(*field, amount);
                    }
                }
                Kind::Time => {
                    let in_two_days = now.plus_hours(48);
                    let clash = in_two_days == booking.state.starts_at;
                    inputs.starts_at = Some(if clash { in_two_days.plus_hours(24) } else { in_two_days });
                }
                Kind::Stars => inputs.stars = Some(5),
                Kind::Choice if *field == Field::Side => {
                    _ = inputs.texts.insert(*field, side_to_try(row, booking).name().into());
                }
                Kind::Choice => {
                    inputs.texts.extend(field.choices().first().map(|(value, _)| (*field, (*value).into())))
                }
            }
        }
        inputs
    }

    /// A text field.
    pub fn text(&self, field: Field) -> Option<&str> {
        self.texts.get(&field).map(String::as_str)
    }

    /// An amount field.
    pub fn amount(&self, field: Field) -> Option<Money> {
        self.amounts.get(&field).copied()
    }

    /// Whose review is meant.
    pub fn side(&self) -> Option<Role> {
        let side = self.text(Field::Side)?;
        [Role::Customer, Role::Provider].into_iter().find(|role| role.name() == side)
    }

    /// What the history quotes: the reason or the message. A review's words stay sealed.
    pub fn message(&self) -> Option<&str> {
        self.text(Field::Reason).or_else(|| self.text(Field::Message))
    }

    /// Whether the field was given.
    pub fn has(&self, field: Field) -> bool {
        match field.kind() {
            Kind::Text | Kind::Choice => self.texts.contains_key(&field),
            Kind::Money => self.amounts.contains_key(&field),
            Kind::Time => self.starts_at.is_some(),
            Kind::Stars => self.stars.is_some(),
        }
    }

    fn read(&mut self, field: Field, text: String, booking: &Booking) -> Result<(), (&'static str, String)> {
        match field.kind() {
            Kind::Text => {
                let length = text.chars().count();
                if length > MAX_TEXT {
                    let label = field.label();
                    return Err(("too_long", format!("{label} has {length} characters; the most is {MAX_TEXT}.")));
                }
                self.texts.insert(field, text);
            }
            Kind::Money => {
                let least = i64::from(field == Field::Amount);
                let amount = parse_amount(&text).filter(|amount| *amount >= least).ok_or_else(|| {
                    let code = booking.currency.code();
                    ("bad_amount", format!("Give an amount in {code}, for example 120.50, at most 1,000,000."))
                })?;
                self.amounts.insert(field, Money::new(amount, booking.currency));
            }
            Kind::Time => {
                let at = time::parse(&text, &booking.zone).map_err(|error| match error {
                    TimeError::Malformed => ("bad_time", "Give a day and a time, for example 2026-12-05T09:00.".into()),
                    TimeError::Skipped => {
                        let why = "The clocks go forward then, so that time does not exist on that day.";
                        ("skipped_time", format!("{why} Choose an hour earlier or later."))
                    }
                })?;
                self.starts_at = Some(at);
            }
            Kind::Stars => {
                let stars = text.parse().ok().filter(|stars| (1..=5).contains(stars));
                self.stars = Some(stars.ok_or(("bad_stars", "Give one to five stars.".into()))?);
            }
            Kind::Choice => {
                if !field.choices().iter().any(|(value, _)| *value == text) {
                    return Err(("bad_choice", "Choose one of the list.".into()));
                }
                self.texts.insert(field, text);
            }
        }
        Ok(())
    }
}

/// A side whose review the row could be about: of which there is one to hide, or one that is hidden.
pub(super) fn side_to_try(row: &Row, booking: &Booking) -> Role {
    let hidden = row.guards.contains(&Guard::ReviewHidden);
    let fits = |side: &Role| booking.state.published_review(*side).is_some_and(|one| one.hidden.is_some() == hidden);
    [Role::Customer, Role::Provider].into_iter().find(fits).unwrap_or(Role::Customer)
}

/// Text as it is kept: line ends unified, control characters and outer blanks dropped.
fn clean(text: &str) -> String {
    let unified = text.replace("\r\n", "\n");
    let printable: String = unified.chars().filter(|c| *c == '\n' || *c == '\t' || !c.is_control()).collect();
    printable.trim().to_owned()
}

fn missing(field: Field) -> (&'static str, String) {
    let message = match field.kind() {
        Kind::Text if field == Field::Reason => "Give a reason.",
        Kind::Text => "Write a few words.",
        Kind::Money => "Give an amount.",
        Kind::Time => "Choose a day and a time.",
        Kind::Stars => "Choose one to five stars.",
        Kind::Choice => "Choose one of the list.",
    };
    ("missing_input", message.into())
}
