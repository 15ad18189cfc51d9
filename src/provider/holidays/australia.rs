//! Australia, from the states' own acts: Public Holidays Act 2010 (NSW), Public Holidays Act 1993 (Vic), Holidays Act 1983
//! (Qld), Public Holidays Act 2023 (SA), Public and Bank Holidays Act 1972 (WA), Statutory Holidays Act 2000 (Tas), Holidays
//! Act 1958 (ACT), Public Holidays Act 1981 (NT).

use jiff::Span;
use jiff::civil::Weekday::{Monday, Tuesday};

use super::{Holiday, Year};

/// A day by its rule: the name, the states, the month, which one of the month, and the weekday.
type Rule = (&'static str, &'static [&'static str], i8, i8, jiff::civil::Weekday);

const RULES: [Rule; 13] = [
    ("Labour Day", &["WA"], 3, 1, Monday),
    ("Labour Day", &["VIC"], 3, 2, Monday),
    ("Eight Hours Day", &["TAS"], 3, 2, Monday),
    ("Adelaide Cup Day", &["SA"], 3, 2, Monday),
    ("Canberra Day", &["ACT"], 3, 2, Monday),
    ("Labour Day", &["QLD"], 5, 1, Monday),
    ("May Day", &["NT"], 5, 1, Monday),
    ("Western Australia Day", &["WA"], 6, 1, Monday),
    ("King's Birthday", &["NSW", "VIC", "SA", "TAS", "ACT", "NT"], 6, 2, Monday),
    // Proclaimed each year; it has long been this Monday.
    ("King's Birthday", &["WA"], 9, -1, Monday),
    ("King's Birthday", &["QLD"], 10, 1, Monday),
    ("Labour Day", &["NSW", "ACT", "SA"], 10, 1, Monday),
    ("Melbourne Cup Day", &["VIC"], 11, 1, Tuesday),
];

pub(super) fn holidays(state: &str, year: i16) -> Vec<Holiday> {
    if !["NSW", "VIC", "QLD", "SA", "WA", "TAS", "ACT", "NT"].contains(&state) {
        return Vec::new();
    }
    let mut all = Year::new(year);
    all.fixed("New Year's Day", (1, 1), 2, 1);
    all.fixed("Australia Day", (1, 26), 2, 1);
    all.easter("Good Friday", -2);
    all.easter("Easter Monday", 1);
    if !["TAS", "WA"].contains(&state) {
        all.easter("Easter Saturday", -1);
    }
    if !["TAS", "NT"].contains(&state) {
        all.easter("Easter Sunday", 0);
    }
    // Where a Monday stands in for it: after a Sunday in some, after either day in Western Australia.
    let (saturday, sunday) = match state {
        "WA" => (2, 1),
        "QLD" | "SA" | "ACT" | "NT" => (0, 1),
        _ => (0, 0),
    };
    all.fixed("Anzac Day", (4, 25), saturday, sunday);
    all.fixed("Christmas Day", (12, 25), 2, 2);
    all.fixed(if state == "SA" { "Proclamation Day" } else { "Boxing Day" }, (12, 26), 2, 2);
    for (name, states, month, nth, weekday) in RULES {
        if states.contains(&state) {
            let date = all.nth(month, nth, weekday);
            all.put(name, date);
        }
    }
    if state == "NT" {
        let picnic = all.nth(8, 1, Monday);
        all.put("Picnic Day", picnic);
    }
    if state == "ACT" {
        // 27 May, or the Monday after it.
        let may = all.date(5, 27);
        let days = may.map_or(0, |may| (7 - i32::from(may.weekday().to_monday_zero_offset())) % 7);
        all.put("Reconciliation Day", may.map(|may| may.saturating_add(Span::new().days(days))));
    }
    all.all
}
