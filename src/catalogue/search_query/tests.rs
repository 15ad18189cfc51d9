use super::*;
use crate::time::{self, Timestamp};
use crate::ui::form::Form;

/// Tuesday, 24 November 2026, noon in Auckland.
fn now() -> Timestamp {
    time::parse("2026-11-24T12:00", "Pacific/Auckland").unwrap()
}

fn read(address: &[(&str, &str)]) -> (SearchQuery, Form) {
    let pairs: Vec<_> = address.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    parse(&pairs, now())
}

/// The fields that something is said at.
fn problem_fields(form: &Form) -> Vec<&str> {
    form.problems().iter().map(|problem| problem.field.as_str()).collect()
}

#[test]
fn an_ordinary_search_is_read_and_written_back_as_the_same_address() {
    let address = [
        ("q", "lawn mowing"),
        ("category", "garden"),
        ("place", "te aro, wellington"),
        ("radius", "50"),
        ("day", "2026-11-28"),
        ("part", "morning"),
        ("min", "40"),
        ("max", "99.50"),
        ("rating", "4"),
        ("instant", "on"),
        ("sort", "next_free"),
        ("page", "3"),
    ];
    let (query, form) = read(&address);
    assert!(form.is_fine(), "{form:?}");
    assert_eq!((query.min_cents, query.max_cents, query.radius_km, query.page), (Some(4000), Some(9950), 50, 3));
    assert_eq!(query.spot().unwrap().town.label(), "Te Aro, Wellington");
    assert_eq!(
        query.href(),
        "/services?q=lawn+mowing&category=garden&place=Te+Aro,+Wellington&radius=50&day=2026-11-28&part=morning&min=40\
         &max=99.50&rating=4&instant=on&sort=next_free&page=3"
    );
    let again: Vec<_> = query.pairs().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    assert_eq!(parse(&again, now()).0, query);
    assert_eq!(query.changed(|query| query.day = None).page, 1);
    assert_eq!(query.filters().count(), 6);
}

#[test]
fn what_is_as_usual_is_left_out_of_the_address() {
    let all = ["q", "category", "place", "radius", "day", "part", "min", "max", "rating", "sort", "page"];
    let empty: Vec<_> = all.iter().map(|name| (*name, "")).collect();
    let (query, form) = read(&empty);
    assert!(form.is_fine() && !query.is_filtered());
    assert_eq!((query.href().as_str(), query.radius_km, query.page), ("/services", 25, 1));
}

#[test]
fn what_cannot_be_is_changed_or_left_out_and_said_at_its_field() {
    for (name, value, field) in [
        ("q", "\"-$^.*{}[]()", "q"),
        ("category", "$ne", "category"),
        ("place", "Atlantis", "place"),
        ("place", "Newtown", "place"),
        ("place", ".*", "place"),
        ("near", "91,0", "place"),
        ("near", "-41.3,181", "place"),
        ("near", "51.5,-0.1", "place"),
        ("near", "NaN,inf", "place"),
        ("near", "somewhere", "place"),
        ("radius", "0", "radius"),
        ("radius", "50000", "radius"),
        ("radius", "-1e999", "radius"),
        ("radius", "NaN", "radius"),
        ("radius", "far", "radius"),
        ("day", "2026-11-23", "day"),
        ("day", "9999-12-31", "day"),
        ("day", "2026-02-30", "day"),
        ("day", "+002026-11-28", "day"),
        ("day", "Saturday", "day"),
        ("part", "morning", "day"),
        ("part", "midnight", "part"),
        ("min", "-5", "min"),
        ("max", "1e9", "max"),
        ("rating", "6", "rating"),
        ("rating", "4.5", "rating"),
        ("sort", "distance", "sort"),
        ("sort", "$natural", "sort"),
        ("page", "-1", "page"),
        ("page", "1000000000", "page"),
        ("page", "two", "page"),
    ] {
        let (query, form) = read(&[(name, value)]);
        assert_eq!(problem_fields(&form), [field], "{name}={value}: {form:?}");
        assert!(RADIUS_KM.contains(&query.radius_km) && (1..=LAST_PAGE).contains(&query.page), "{query:?}");
        let kept = SearchQuery { place: Where::Anywhere, radius_km: DEFAULT_RADIUS_KM, page: 1, ..query };
        assert_eq!(kept.href(), "/services", "{name}={value}");
    }
}

#[test]
fn operators_and_too_many_words_are_plain_words_and_few() {
    let (query, form) = read(&[("q", "-lawn \"mow $where\" a.*b (c|d)")]);
    assert!(form.is_fine());
    assert_eq!(query.words(), ["lawn", "mow", "where", "a", "b", "c", "d"]);
    let many: Vec<String> = (0..5000).map(|n| format!("w{n}")).collect();
    let (query, form) = read(&[("q", &many.join(" "))]);
    assert_eq!(problem_fields(&form), ["q"]);
    assert!(query.text.chars().count() <= MAX_TEXT_CHARACTERS && query.words().len() == MAX_WORDS);
}

#[test]
fn prices_the_wrong_way_round_are_turned_and_said() {
    let (query, form) = read(&[("min", "90"), ("max", "40")]);
    assert_eq!((query.min_cents, query.max_cents, problem_fields(&form)), (Some(4000), Some(9000), vec!["min"]));
    assert_eq!((form.get("min"), form.get("max")), ("40", "90"));
}

#[test]
fn a_place_is_a_town_a_choice_or_a_position() {
    let (query, _) = read(&[("place", "Newtown")]);
    let Where::OneOf(towns) = &query.place else { panic!("{query:?}") };
    assert!(towns.len() > 1 && towns.iter().all(|town| town.name == "Newtown"), "{towns:?}");
    for town in towns {
        let chosen = read(&[("place", &address::name_of(town))]).0;
        assert_eq!(chosen.spot().map(|spot| spot.town.id), Some(town.id), "each can be chosen");
    }
    let (query, form) = read(&[("place", "Wellington")]);
    let spot = query.spot().unwrap();
    assert!(form.is_fine() && spot.town.region == "NZ-WGN" && !spot.others.is_empty(), "{spot:?}");

    let (query, form) = read(&[("near", "-41.2934567,174.7812")]);
    let spot = query.spot().unwrap();
    assert!(form.is_fine() && spot.near && spot.town.region == "NZ-WGN", "{spot:?}");
    assert_eq!(query.href(), "/services?near=-41.293,174.781");
    let chatham = read(&[("near", "-43.95,179.9")]).0;
    assert!(chatham.spot().is_some(), "both sides of the date line are close to each other");
    let (query, form) = read(&[("place", "Karori"), ("near", "-41.29,174.78")]);
    assert!(!query.spot().unwrap().near && form.get("near").is_empty(), "what is typed counts");
}

#[test]
fn a_day_is_as_long_as_its_clocks_make_it() {
    let hours = |date: &str, part, zone| {
        let (from, to) = DayPart { date: date.into(), part }.span(zone).unwrap();
        to.minutes_since(from) / 60
    };
    assert_eq!(hours("2026-11-28", Part::Any, "Pacific/Auckland"), 24);
    assert_eq!(hours("2026-09-27", Part::Any, "Pacific/Auckland"), 23, "the clocks go forward");
    assert_eq!(hours("2027-04-04", Part::Any, "Pacific/Chatham"), 25, "and back");
    assert_eq!(hours("2026-09-27", Part::Morning, "Pacific/Auckland"), 6);
    let (query, form) = read(&[("day", "2027-04-04"), ("part", "evening")]);
    assert!(form.is_fine(), "{form:?}");
    assert_eq!(query.day.as_ref().map(DayPart::label).as_deref(), Some("Sun 4 April, evening"));
    assert_eq!(query.day.unwrap().next().unwrap().date, "2027-04-05");
}

proptest::proptest! {
    #[test]
    fn whatever_is_sent_gives_a_search_that_can_be_sent_again(
        pairs in proptest::collection::vec((
            proptest::sample::select(vec![
                "q", "category", "place", "near", "radius", "day", "part", "min", "max", "rating", "instant", "sort", "page",
            ]),
            proptest::prop_oneof![
                ".{0,40}", "[-+0-9.eE]{1,12}", "-?[0-9]{1,3}[.][0-9]{1,3},-?[0-9]{1,3}", "[0-9]{4}-[0-9]{2}-[0-9]{2}",
                "(Wellington|Newtown|New|garden|morning|price|on|4)",
            ],
        ), 0..14),
    ) {
        let pairs: Vec<_> = pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let (query, _) = parse(&pairs, now());
        proptest::prop_assert!(RADIUS_KM.contains(&query.radius_km) && (1..=LAST_PAGE).contains(&query.page));
        proptest::prop_assert!(query.words().len() <= MAX_WORDS);
        proptest::prop_assert!(query.min_cents.zip(query.max_cents).is_none_or(|(min, max)| min <= max));
        _ = (query.order(), query.filters().count(), query.day.as_ref().map(|day| day.span("Australia/Lord_Howe")));
        let again: Vec<_> = query.pairs().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let (second, form) = parse(&again, now());
        proptest::prop_assert_eq!(second.href(), query.href(), "{:?}", form);
    }
}
