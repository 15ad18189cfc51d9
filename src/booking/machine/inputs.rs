//! What a person gives with an action, typed.

use std::collections::BTreeMap;

use super::aggregate::Role;
use crate::money::Money;
use crate::time::Timestamp;

pub use super::fields::{CODE_DIGITS, DISPUTE_TOPICS, Field, Input, Kind, MAX_PHOTOS};

/// The inputs of one action, typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    pub(super) texts: BTreeMap<Field, String>,
    pub(super) amounts: BTreeMap<Field, Money>,
    /// The new start.
    pub starts_at: Option<Timestamp>,
    /// 1 to 5.
    pub stars: Option<u8>,
    /// The ids of photos.
    pub photos: Vec<String>,
}

impl Inputs {
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

    /// What the history quotes: the reason, the message or the evidence. A review's words stay sealed, and a code is
    /// nobody's business.
    pub fn message(&self) -> Option<&str> {
        [Field::Reason, Field::Message, Field::Evidence].into_iter().find_map(|field| self.text(field))
    }

    /// Whether the field was given.
    pub fn has(&self, field: Field) -> bool {
        match field.kind() {
            Kind::Text | Kind::Choice | Kind::Code => self.texts.contains_key(&field),
            Kind::Photos => !self.photos.is_empty(),
            Kind::Money => self.amounts.contains_key(&field),
            Kind::Time => self.starts_at.is_some(),
            Kind::Stars => self.stars.is_some(),
        }
    }
}
