//! From what a person sends to typed inputs: parsed once, every wrong field is reported.

use std::collections::BTreeMap;

use super::aggregate::{Booking, Role};
use super::fields::{CODE_DIGITS, Field, Input, Kind, MAX_PHOTOS};
use super::guards::Guard;
use super::inputs::Inputs;
use super::row::Row;
use crate::domain::limit::{sentence, thousands};
use crate::money::{MAX_DOLLARS, Money, parse_cents};
use crate::time::{self, TimeError, Timestamp};

/// The most characters of any text.
pub const MAX_TEXT_CHARACTERS: usize = 2000;

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

impl Inputs {
    /// Reads what was sent for a row. Every wrong field is reported, unknown ones included.
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
                Kind::Code => inputs.texts.extend(booking.start_code.clone().map(|code| (*field, code))),
                Kind::Photos => {}
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
                    inputs.texts.extend(field.choices().first().map(|(value, _)| (*field, (*value).into())));
                }
            }
        }
        inputs
    }

    /// The same with the booking's code in place of the one that was given; none where nobody asked for one or gave one.
    pub fn knowing_the_code(&self, row: &Row, booking: &Booking) -> Option<Inputs> {
        let code = booking.start_code.clone().filter(|_| self.has(Field::StartCode))?;
        let asks = row.inputs.iter().any(|input| input.field == Field::StartCode);
        let mut known = self.clone();
        known.texts.insert(Field::StartCode, code);
        asks.then_some(known)
    }

    fn read(&mut self, field: Field, text: String, booking: &Booking) -> Result<(), (&'static str, String)> {
        match field.kind() {
            Kind::Text => {
                let length = text.chars().count();
                if length > MAX_TEXT_CHARACTERS {
                    let label = field.label();
                    return Err((
                        "too_long",
                        format!("{label} has {length} characters; the most is {MAX_TEXT_CHARACTERS}."),
                    ));
                }
                self.texts.insert(field, text);
            }
            Kind::Money => {
                let least = i64::from(field == Field::Amount);
                let amount = parse_cents(&text).filter(|amount| *amount >= least).ok_or_else(|| {
                    let code = booking.currency.code();
                    let most = thousands(MAX_DOLLARS);
                    ("bad_amount", format!("Give an amount in {code}, for example 120.50, at most {most}."))
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
            Kind::Code => {
                if text.len() != CODE_DIGITS || !text.bytes().all(|digit| digit.is_ascii_digit()) {
                    return Err(("bad_code", sentence!("The code has ", CODE_DIGITS, " digits, such as 0472.").into()));
                }
                self.texts.insert(field, text);
            }
            Kind::Photos => {
                let ids: Vec<String> = text.split_whitespace().map(Into::into).collect();
                let is_id = |id: &String| id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
                if ids.len() > MAX_PHOTOS || !ids.iter().all(is_id) {
                    return Err(("bad_photos", format!("Send at most {MAX_PHOTOS} photos.")));
                }
                self.photos = ids;
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
        Kind::Photos => "Choose a photo.",
        Kind::Code => "Give the code.",
    };
    ("missing_input", message.into())
}
