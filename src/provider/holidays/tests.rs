use super::*;
use crate::domain::places::REGIONS;

fn has(region: &str, year: i16, name: &str) -> Vec<String> {
    holidays(region, year).into_iter().filter(|day| day.name == name).map(|day| day.date.to_string()).collect()
}

#[test]
fn easter_is_where_it_was_and_will_be() {
    for (year, date) in [
        (2024, "2024-03-31"),
        (2025, "2025-04-20"),
        (2026, "2026-04-05"),
        (2027, "2027-03-28"),
        (2028, "2028-04-16"),
        (2038, "2038-04-25"),
        (1961, "1961-04-02"),
    ] {
        assert_eq!(easter_sunday(year).unwrap().to_string(), date);
    }
    for year in 1900..2100 {
        assert_eq!(easter_sunday(year).unwrap().weekday(), Weekday::Sunday, "{year}");
    }
}

#[test]
fn new_zealands_days_of_2026_and_2027_are_known() {
    for (name, date) in [
        ("New Year's Day", "2026-01-01"),
        ("Day after New Year's Day", "2026-01-02"),
        ("Wellington Anniversary Day", "2026-01-19"),
        ("Waitangi Day", "2026-02-06"),
        ("Good Friday", "2026-04-03"),
        ("Easter Monday", "2026-04-06"),
        ("Anzac Day", "2026-04-25"),
        ("Anzac Day (observed)", "2026-04-27"),
        ("King's Birthday", "2026-06-01"),
        ("Matariki", "2026-07-10"),
        ("Labour Day", "2026-10-26"),
        ("Christmas Day", "2026-12-25"),
        ("Boxing Day", "2026-12-26"),
        ("Boxing Day (observed)", "2026-12-28"),
        ("Day after New Year's Day (observed)", "2027-01-04"),
        ("Wellington Anniversary Day", "2027-01-25"),
        ("Waitangi Day (observed)", "2027-02-08"),
        ("Good Friday", "2027-03-26"),
        ("Easter Monday", "2027-03-29"),
        ("Anzac Day (observed)", "2027-04-26"),
        ("King's Birthday", "2027-06-07"),
        ("Matariki", "2027-06-25"),
        ("Labour Day", "2027-10-25"),
        ("Christmas Day (observed)", "2027-12-27"),
        ("Boxing Day (observed)", "2027-12-28"),
    ] {
        assert_eq!(has("NZ-WGN", date[..4].parse().unwrap(), name), [date], "{name}");
    }
    // 2022 and 2023 began and ended on Sundays: the second day off was a Tuesday.
    assert_eq!(has("NZ-WGN", 2022, "Christmas Day (observed)"), ["2022-12-27"]);
    assert_eq!(has("NZ-WGN", 2023, "New Year's Day (observed)"), ["2023-01-03"]);
    assert_eq!(has("NZ-WGN", 2026, "Christmas Day (observed)"), Vec::<String>::new());
}

#[test]
fn each_province_has_its_anniversary() {
    for (region, date) in [
        ("NZ-AUK", "2026-01-26"),
        ("NZ-AUK", "2027-02-01"),
        ("NZ-NSN", "2026-02-02"),
        ("NZ-TKI", "2026-03-09"),
        ("NZ-OTA", "2026-03-23"),
        ("NZ-OTA", "2027-03-22"),
        ("NZ-STL", "2026-04-07"),
        ("NZ-HKB", "2026-10-23"),
        ("NZ-MBH", "2026-11-02"),
        ("NZ-CAN", "2026-11-13"),
        ("NZ-CAN", "2027-11-12"),
        ("NZ-WTC", "2026-11-30"),
        ("NZ-CIT", "2026-11-30"),
    ] {
        let days = holidays(region, date[..4].parse().unwrap());
        let anniversaries: Vec<_> = days.iter().filter(|day| day.name.contains("Anniversary")).collect();
        assert_eq!(anniversaries.len(), 1, "{region}");
        assert_eq!(anniversaries[0].date.to_string(), date, "{region}");
    }
}

#[test]
fn matariki_is_a_friday_in_every_year_of_the_act() {
    for year in 2024..=2035 {
        let matariki = has("NZ-AUK", year, "Matariki");
        assert_eq!(matariki.len(), 1, "{year}");
        assert_eq!(matariki[0].parse::<Date>().unwrap().weekday(), Weekday::Friday, "{year}");
    }
    assert_eq!(has("NZ-AUK", 2036, "Matariki"), Vec::<String>::new(), "the act names no more");
}

#[test]
fn the_australian_states_days_of_2026_and_2027_are_known() {
    for (state, name, date) in [
        ("AU-NSW", "Australia Day", "2026-01-26"),
        ("AU-NSW", "Easter Saturday", "2026-04-04"),
        ("AU-NSW", "King's Birthday", "2026-06-08"),
        ("AU-NSW", "Labour Day", "2026-10-05"),
        ("AU-NSW", "Boxing Day (observed)", "2026-12-28"),
        ("AU-NSW", "King's Birthday", "2027-06-14"),
        ("AU-VIC", "Labour Day", "2026-03-09"),
        ("AU-VIC", "Melbourne Cup Day", "2026-11-03"),
        ("AU-VIC", "Melbourne Cup Day", "2027-11-02"),
        ("AU-QLD", "Labour Day", "2026-05-04"),
        ("AU-QLD", "King's Birthday", "2026-10-05"),
        ("AU-QLD", "Anzac Day (observed)", "2027-04-26"),
        ("AU-SA", "Adelaide Cup Day", "2026-03-09"),
        ("AU-SA", "Labour Day", "2026-10-05"),
        ("AU-SA", "Proclamation Day", "2026-12-26"),
        ("AU-WA", "Labour Day", "2026-03-02"),
        ("AU-WA", "Western Australia Day", "2026-06-01"),
        ("AU-WA", "King's Birthday", "2026-09-28"),
        ("AU-WA", "Anzac Day (observed)", "2026-04-27"),
        ("AU-TAS", "Eight Hours Day", "2026-03-09"),
        ("AU-ACT", "Canberra Day", "2026-03-09"),
        ("AU-ACT", "Reconciliation Day", "2026-06-01"),
        ("AU-ACT", "Reconciliation Day", "2027-05-31"),
        ("AU-NT", "May Day", "2026-05-04"),
        ("AU-NT", "Picnic Day", "2026-08-03"),
        ("AU-NSW", "Christmas Day (observed)", "2027-12-27"),
    ] {
        assert_eq!(has(state, date[..4].parse().unwrap(), name), [date], "{state} {name}");
    }
    assert_eq!(has("AU-NSW", 2026, "Melbourne Cup Day"), Vec::<String>::new());
    assert_eq!(has("AU-TAS", 2026, "Easter Saturday"), Vec::<String>::new());
}

#[test]
fn every_region_of_the_gazetteer_has_days_and_others_have_none() {
    for (region, _) in REGIONS {
        let today = Date::constant(2026, 11, 24);
        let coming = coming(region, today);
        assert!(coming.len() >= 9, "{region}");
        assert!(coming.windows(2).all(|pair| pair[0].date <= pair[1].date), "{region}");
        assert!(coming.iter().all(|day| day.date >= today && day.date < Date::constant(2027, 11, 24)), "{region}");
    }
    assert!(holidays("", 2026).is_empty() && holidays("AU-XYZ", 2026).is_empty());
    assert!(holidays("NZ-WGN", i16::MAX).is_empty() && holidays("AU-NSW", -9999).len() < 20);
}
