//! A day and a part of it, on the clocks of a place.

use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::time::{self, Timestamp};

/// A day and a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayPart {
    /// `2026-12-05`.
    pub date: String,
    /// Which part.
    pub part: Part,
}

/// A part of a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Part {
    /// All of it.
    #[default]
    Any,
    /// From six to noon.
    Morning,
    /// From noon to five.
    Afternoon,
    /// From five to ten.
    Evening,
}

impl Part {
    /// Every part, in order.
    pub const ALL: &[Part] = Self::VARIANTS;

    /// Its name in an address.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// What people read after the day's name.
    pub fn label(self) -> &'static str {
        ["any time", "morning", "afternoon", "evening"][self as usize]
    }

    /// Minutes after midnight, from and to.
    fn minutes(self) -> (i16, i16) {
        [(0, 24 * 60), (6 * 60, 12 * 60), (12 * 60, 17 * 60), (17 * 60, 22 * 60)][self as usize]
    }
}

impl DayPart {
    /// From when to when that is on the wall of a zone. A part that the clocks skip or show twice is as long as it really is.
    pub fn span(&self, zone: &str) -> Option<(Timestamp, Timestamp)> {
        // No zone skips noon.
        let noon = time::parse(&format!("{}T12:00", self.date), zone).ok()?;
        let day = time::days(noon, noon, zone).next()?;
        let (from, to) = self.part.minutes();
        Some((day.wall(from, false), day.wall(to, true)))
    }

    /// From when to when that is anywhere: from its beginning where days begin first to its end where they end last.
    pub fn span_anywhere(&self) -> Option<(Timestamp, Timestamp)> {
        Some((self.span("Etc/GMT-14")?.0, self.span("Etc/GMT+12")?.1))
    }

    /// How people say it: `Sat 5 December, morning`.
    pub fn label(&self) -> String {
        let noon = time::parse(&format!("{}T12:00", self.date), "Etc/UTC").unwrap_or_default();
        let text = noon.text("Etc/UTC");
        // `Sat 5 December 2026, 12:00 pm UTC`
        let day = text.rsplit_once(',').map_or(text.as_str(), |(day, _)| day);
        let day = day.rsplit_once(' ').map_or(day, |(day, _)| day);
        format!("{day}, {}", self.part.label())
    }

    /// The same part of the following day.
    pub fn next(&self) -> Option<Self> {
        let noon = time::parse(&format!("{}T12:00", self.date), "Etc/UTC").ok()?;
        let date = noon.plus_hours(24).local_field("Etc/UTC").get(..10)?.to_owned();
        Some(Self { date, part: self.part })
    }
}
