use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

/// What is hidden in full.
const CONTACTS: &[&str] = &[
    "021 555 0142",
    "0215550142",
    "021-555-0142",
    "021.555.0142",
    "021 - 555 - 0142",
    "(021) 555 0142",
    "02 15 55 01 42",
    "0 2 1 5 5 5 0 1 4 2",
    "o21 555 0142",
    "O21 555 o142",
    "o21 five five five 0142",
    "zero two one five five five oh one four two",
    "04 555 0142",
    "(04) 555-0142",
    "09/555/0142",
    "0800 838 383",
    "+64 21 555 0142",
    "+64215550142",
    "+64 (0)21 555 0142",
    "0064 21 555 0142",
    "64 21 555 0142",
    "0412 345 678",
    "+61 412 345 678",
    "61 412 345 678",
    "(02) 9876 5432",
    "9876 5432",
    "1300 555 014",
    "1800555014",
    "aroha@demo.test",
    "Aroha.W+jobs@mail.demo.co.nz",
    "aroha@gmail",
    "aroha@163.com",
    "aroha at gmail",
    "gmail dot com",
    "demo dot co dot nz",
    "https://demo.test/aroha?x=1",
    "www.demo.test",
    "demo.co.nz",
    "walker-plumbing.com.au/contact",
    "facebook.com/aroha",
    "wa.me/64215550142",
    "t.me/aroha",
    "@aroha_w",
];

/// What stays as it is.
const HARMLESS: &[&str] = &[
    "Come to 12 Tory Street, Te Aro, Wellington 6011.",
    "Unit 4/27 Campbell Street, not 2/72.",
    "It is $1,200.00, or $95 an hour; 120.50 with the tap.",
    "Between $3000-4000 or 3000-4000 dollars.",
    "On 05/12/2026 at 09:00, or 05-12-2026 1030, or 5/12/26, 10-11.",
    "2026-12-05 0900-1030, then 06/12/2026 07/12/2026.",
    "From 0900 to 1030, 8-9 or 10 am.",
    "In 2026 2027 or 2026-2027.",
    "My booking is GS-7K3F9Q, and the other GS-021555.",
    "Our ABN is 51 824 753 556.",
    "ABN 53 004 085 616 and 51824753556.",
    "GST 123-456-789, IRD 49 091 850.",
    "The cylinder is a 180 l one, model 3000 45 x 120 x 200.",
    "Two taps, one shower, three doors: six in all.",
    "I found you on Facebook, see you on Monday. Whatsapp 9am?",
    "Meet @ 5pm, 2 @ $30 each.",
    "The tap drips.Then it stops, e.g. at night. No.10 is ours.",
    "Call me when you are at number 48, or ring the bell twice.",
    "Kia ora! 🌿 <b>Bring</b> the 25 mm pipe & 2.5 m of it...",
];

#[test]
fn contact_details_are_hidden_in_full_and_what_stands_around_them_stays() {
    for contact in CONTACTS {
        for (before, after) in [
            ("", ""),
            ("Reach me: ", " thanks"),
            ("It is ", ". See you."),
            ("Kia ora,\n", "\nAroha"),
            ("3 taps, ", ", at 10 am"),
        ] {
            let text = format!("{before}{contact}{after}");
            assert_eq!(mask(&text), format!("{before}{HIDDEN}{after}"), "{text}");
        }
    }
}

#[test]
fn what_is_no_contact_stays_as_it_is() {
    for text in HARMLESS {
        assert_eq!(mask(text), *text);
        assert!(!has_contact(text), "{text}");
    }
}

#[test]
fn several_are_hidden_each_by_itself() {
    assert_eq!(mask("021 555 0142, 04 555 0199 or aroha@demo.test"), format!("{HIDDEN}, {HIDDEN} or {HIDDEN}"));
}

#[test]
fn a_name_in_a_network_and_a_number_that_is_announced_are_hidden() {
    for (text, masked) in [
        ("insta: aroha_w", format!("insta: {HIDDEN}")),
        ("My IG aroha_w!", format!("My IG {HIDDEN}!")),
        ("Insta handle: aroha", format!("Insta handle: {HIDDEN}")),
        ("insta:aroha", HIDDEN.to_owned()),
        ("Facebook: Aroha", format!("Facebook: {HIDDEN}")),
        ("call me on 555 0142", format!("call me on {HIDDEN}")),
        ("txt 5550142 ok", format!("txt {HIDDEN} ok")),
    ] {
        assert_eq!(mask(text), masked);
    }
}

/// A phone number as people type it, and its digits.
fn phones() -> impl Strategy<Value = (String, String)> {
    let prefix = prop::sample::select(vec![
        "021", "027", "03", "09", "0412", "02", "0800", "+64 21", "+64 9", "+61 4", "0064 27",
    ]);
    let rest = prop::sample::select(vec![vec![3, 4], vec![3, 3], vec![4, 4], vec![7], vec![2, 2, 3]]);
    let separator = prop::sample::select(vec!["", " ", "-", ".", " - ", "  "]);
    (prefix, rest, separator, "[0-9]{8}").prop_filter_map(
        "too short or too long",
        |(prefix, rest, separator, digits)| {
            let mut left = digits.as_str();
            let mut parts = vec![prefix.to_owned()];
            for length in rest {
                let (part, after) = left.split_at(length);
                parts.push(part.to_owned());
                left = after;
            }
            let text = parts.join(separator);
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            let (least, most) = if text.starts_with('+') || text.starts_with("00") { (10, 13) } else { (9, 11) };
            (least..=most).contains(&digits.len()).then_some((text, digits))
        },
    )
}

proptest! {
    #[test]
    fn no_phone_number_survives((text, digits) in phones(), before in "[a-z ,.!]{0,12}", after in "[ ,.!][a-z ,.!]{0,12}") {
        let masked = mask(&format!("{before}{text}{after}"));
        let left: String = masked.chars().filter(char::is_ascii_digit).collect();
        prop_assert!(!left.contains(&digits[digits.len() - 8..]), "{} in {}", digits, masked);
        prop_assert!(left.len() < 8, "{}", masked);
    }

    #[test]
    fn hiding_twice_is_the_same_as_once(text in "([0-9]{1,5}|[a-z]{1,6}|[ .@/:+()\\-]|o|at|dot|gmail|com|insta|zero|\\[|\\]|hidden|\n){0,40}") {
        let once = mask(&text);
        prop_assert_eq!(mask(&once), once.clone());
        prop_assert!(!has_contact(&once));
    }

    #[test]
    fn any_text_can_be_looked_at(text in any::<String>()) {
        let once = mask(&text);
        prop_assert_eq!(mask(&once), once);
    }
}

/// Far more than any text takes, even in a build without optimisation on a busy machine: only work that grows faster than the text
/// comes near it. (A thousand times `1 ` took nine seconds, optimised.)
const HANG: Duration = Duration::from_secs(5);

/// What texts for a slow search are made of, each repeated.
const UNITS: &[&str] = &[
    "1 ",
    "9 ",
    "0 1 ",
    "12 ",
    "1o ",
    "one ",
    "o",
    "oh ",
    "+1",
    "(+",
    "1",
    "94 ",
    "021 ",
    "5/12/2026 ",
    "555 0142 ",
    "call 555 0142 ",
    "a",
    ".",
    "a.",
    "@",
    "a@b ",
    "ig ",
    "ig: a ",
    "at gmail ",
    "dot com ",
    "://",
    "0215550142oh 21 5550142oh ",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_long_text_of_any_kind_is_searched_in_time(
        units in prop::collection::vec(prop::sample::select(UNITS), 1..4), other in "[0-9oO+./() \\-a-z@:]{1,6}",
    ) {
        for characters in [2_000, 20_000] {
            let text: String = units.concat().chars().chain(other.chars()).cycle().take(characters).collect();
            let began = Instant::now();
            let once = mask(&text);
            prop_assert!(began.elapsed() < HANG, "{} characters took {:?}", characters, began.elapsed());
            prop_assert_eq!(mask(&once), once);
        }
    }
}

#[test]
fn a_text_that_shows_a_number_with_each_number_taken_out_is_hidden_after_some() {
    // Each `oh` is a zero only once what it touches is hidden.
    let chain = format!("0215550142{}", "oh 21 5550142".repeat(100));
    let masked = mask(&format!("The tap drips. {chain}"));
    assert!(masked.starts_with("The tap drips. [hidden"), "{masked}");
    assert!(!masked.contains("5550142"), "{masked}");
}

#[test]
fn what_stands_for_contacts_is_no_contact_wherever_it_stands() {
    for text in [format!("insta:{HIDDEN}"), format!("{HIDDEN}at gmail"), format!("call {HIDDEN} at 5550142")] {
        assert_eq!(mask(&text), text);
    }
}
