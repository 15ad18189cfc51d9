//! Public holidays of New Zealand and of the Australian states, as suggestions for days off. Pure: rules, no data file.
//!
//! Left out are days that governments proclaim for one year or one town, such as the Friday before the AFL grand final or
//! a show day in Queensland: a suggestion has to be right, it does not have to be complete.

mod australia;
mod new_zealand;
#[cfg(test)]
mod tests;

use jiff::Span;
use jiff::civil::{Date, Weekday};

/// A public holiday.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holiday {
    /// The day.
    pub date: Date,
    /// Its name; a day that stands in for one on a weekend says so.
    pub name: String,
}

/// The public holidays of a region (`NZ-WGN`, `AU-NSW`) in a year, in order. None for a region that is not known.
pub fn holidays(region: &str, year: i16) -> Vec<Holiday> {
    let mut all = match region.split_once('-') {
        Some(("NZ", _)) => new_zealand::holidays(region, year),
        Some(("AU", state)) => australia::holidays(state, year),
        _ => Vec::new(),
    };
    all.sort_unstable();
    all.dedup_by(|one, other| one.date == other.date && one.name == other.name);
    all
}

/// The public holidays of a region in the year after `today`, that day included, in order.
pub fn coming(region: &str, today: Date) -> Vec<Holiday> {
    let end = today.saturating_add(Span::new().years(1));
    let years = [today.year(), today.year().saturating_add(1)];
    let all = years.into_iter().flat_map(|year| holidays(region, year));
    all.filter(|holiday| today <= holiday.date && holiday.date < end).collect()
}

/// The list under construction: years outside of jiff's range give nothing.
#[derive(Debug)]
struct Year {
    year: i16,
    all: Vec<Holiday>,
}

impl Year {
    fn new(year: i16) -> Self {
        Self { year, all: Vec::new() }
    }

    fn put(&mut self, name: &str, date: Option<Date>) {
        self.all.extend(date.map(|date| Holiday { date, name: name.into() }));
    }

    fn date(&self, month: i8, day: i8) -> Option<Date> {
        Date::new(self.year, month, day).ok()
    }

    /// The nth of a weekday in a month, from the end if negative.
    fn nth(&self, month: i8, nth: i8, weekday: Weekday) -> Option<Date> {
        self.date(month, 1)?.nth_weekday_of_month(nth, weekday).ok()
    }

    /// A fixed day, and the day that stands in for it by how far after a Saturday and after a Sunday; 0 for none.
    fn fixed(&mut self, name: &str, (month, day): (i8, i8), saturday: i32, sunday: i32) {
        let date = self.date(month, day);
        self.put(name, date);
        let later = match date.map(Date::weekday) {
            Some(Weekday::Saturday) => saturday,
            Some(Weekday::Sunday) => sunday,
            _ => 0,
        };
        if later > 0 {
            let stands_in = date.map(|date| date.saturating_add(Span::new().days(later)));
            self.put(&format!("{name} (observed)"), stands_in);
        }
    }

    /// A day that many days after Easter Sunday.
    fn easter(&mut self, name: &str, days: i32) {
        let date = easter_sunday(self.year).map(|easter| easter.saturating_add(Span::new().days(days)));
        self.put(name, date);
    }

    /// The Monday nearest to a day.
    fn monday_nearest(&self, month: i8, day: i8) -> Option<Date> {
        let date = self.date(month, day)?;
        let after = i32::from(date.weekday().to_monday_zero_offset());
        let days = if after <= 3 { -after } else { 7 - after };
        Some(date.saturating_add(Span::new().days(days)))
    }
}

/// Easter Sunday in the Gregorian calendar, by the computus of Meeus, Jones and Butcher.
fn easter_sunday(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let golden = y % 19;
    let (century, rest) = (y / 100, y % 100);
    let skipped = (8 * century + 13) / 25;
    let epact = (19 * golden + century - century / 4 - skipped + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    let correction = (golden + 11 * epact + 22 * weekday) / 451;
    let ordinal = epact + weekday - 7 * correction + 114;
    Date::new(year, i8::try_from(ordinal / 31).ok()?, i8::try_from(ordinal % 31 + 1).ok()?).ok()
}
