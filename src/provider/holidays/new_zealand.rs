//! New Zealand: Holidays Act 2003, sections 44 to 45A, and the anniversary days as the provinces observe them.

use jiff::Span;
use jiff::civil::{Date, Weekday};

use super::{Holiday, Year};

/// Matariki: Te Kāhui o Matariki Public Holiday Act 2022, Schedule 1 (month and day).
const MATARIKI: [(i16, i8, i8); 12] = [
    (2024, 6, 28),
    (2025, 6, 20),
    (2026, 7, 10),
    (2027, 6, 25),
    (2028, 7, 14),
    (2029, 7, 6),
    (2030, 6, 21),
    (2031, 7, 11),
    (2032, 7, 2),
    (2033, 6, 24),
    (2034, 7, 7),
    (2035, 6, 29),
];

pub(super) fn holidays(region: &str, year: i16) -> Vec<Holiday> {
    let mut all = Year::new(year);
    // Section 45: each of these pairs moves by two days, so that they do not meet.
    all.fixed("New Year's Day", (1, 1), 2, 2);
    all.fixed("Day after New Year's Day", (1, 2), 2, 2);
    all.fixed("Christmas Day", (12, 25), 2, 2);
    all.fixed("Boxing Day", (12, 26), 2, 2);
    // Section 45A: to the Monday.
    all.fixed("Waitangi Day", (2, 6), 2, 1);
    all.fixed("Anzac Day", (4, 25), 2, 1);
    all.easter("Good Friday", -2);
    all.easter("Easter Monday", 1);
    let birthday = all.nth(6, 1, Weekday::Monday);
    all.put("King's Birthday", birthday);
    let matariki = MATARIKI.iter().find(|(of, ..)| *of == year);
    all.put("Matariki", matariki.and_then(|(_, month, day)| all.date(*month, *day)));
    let labour = all.nth(10, 4, Weekday::Monday);
    all.put("Labour Day", labour);
    anniversary(&mut all, region, labour);
    all.all
}

/// The anniversary day of the province, as employment.govt.nz lists the days on which each is observed.
fn anniversary(all: &mut Year, region: &str, labour: Option<Date>) {
    let plus = |date: Option<Date>, days: i32| date.map(|date| date.saturating_add(Span::new().days(days)));
    let (name, date) = match region {
        "NZ-WGN" | "NZ-MWT" => ("Wellington Anniversary Day", all.monday_nearest(1, 22)),
        "NZ-AUK" | "NZ-NTL" | "NZ-WKO" | "NZ-BOP" | "NZ-GIS" => ("Auckland Anniversary Day", all.monday_nearest(1, 29)),
        "NZ-NSN" | "NZ-TAS" => ("Nelson Anniversary Day", all.monday_nearest(2, 1)),
        "NZ-TKI" => ("Taranaki Anniversary Day", all.nth(3, 2, Weekday::Monday)),
        "NZ-OTA" => ("Otago Anniversary Day", all.monday_nearest(3, 23)),
        "NZ-STL" => return all.easter("Southland Anniversary Day", 2),
        "NZ-HKB" => ("Hawke's Bay Anniversary Day", plus(labour, -3)),
        "NZ-MBH" => ("Marlborough Anniversary Day", plus(labour, 7)),
        // The second Friday after the first Tuesday of November.
        "NZ-CAN" => ("Canterbury Anniversary Day (Christchurch)", plus(all.nth(11, 1, Weekday::Tuesday), 10)),
        "NZ-WTC" => ("Westland Anniversary Day", all.monday_nearest(12, 1)),
        "NZ-CIT" => ("Chatham Islands Anniversary Day", all.monday_nearest(11, 30)),
        _ => return,
    };
    all.put(name, date);
}
