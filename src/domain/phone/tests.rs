use proptest::prelude::*;

use super::*;

#[test]
fn numbers_are_understood_in_the_shapes_in_which_people_type_them() {
    for (typed, home, readable) in [
        ("021 555 0142", Some(NewZealand), "+64 21 555 0142"),
        ("0215550142", Some(NewZealand), "+64 21 555 0142"),
        ("021-555-0142", Some(NewZealand), "+64 21 555 0142"),
        ("021.555.0142", Some(NewZealand), "+64 21 555 0142"),
        ("+64 21 555 0142", None, "+64 21 555 0142"),
        ("+64 (0)21 555 0142", None, "+64 21 555 0142"),
        ("0064 21 555 0142", None, "+64 21 555 0142"),
        ("0011 64 21 555 0142", None, "+64 21 555 0142"),
        ("64215550142", None, "+64 21 555 0142"),
        ("021 555 014", None, "+64 21 555 014"),
        ("021 5550 1425", None, "+64 21 5550 1425"),
        ("(04) 123 4567", None, "+64 4 123 4567"),
        ("(04)123\u{2013}4567", Some(Australia), "+64 4 123 4567"),
        ("0800 123 456", None, "+64 800 123 456"),
        ("0508 123 456", None, "+64 508 123 456"),
        ("+61 491 570 156", None, "+61 491 570 156"),
        ("0061 491 570 156", None, "+61 491 570 156"),
        ("0491-570-156", None, "+61 491 570 156"),
        ("0491 570 156", Some(NewZealand), "+61 491 570 156"),
        ("(02) 7010 1234", Some(Australia), "+61 2 7010 1234"),
        ("03 7010 1234", None, "+61 3 7010 1234"),
        ("+61 (0)8 7010 1234", None, "+61 8 7010 1234"),
        ("1300 975 707", None, "+61 1300 975 707"),
        (" +61\u{a0}1800 975 711 ", None, "+61 1800 975 711"),
    ] {
        let phone = parse(typed, home).unwrap_or_else(|problem| panic!("{typed}: {problem:?}"));
        assert_eq!(phone.readable(), readable, "{typed}");
        assert_eq!(phone.e164(), readable.replace(' ', ""), "{typed}");
    }
}

#[test]
fn what_is_no_number_of_ours_is_refused_with_its_reason() {
    use PhoneProblem::*;
    for (typed, problem) in [
        ("", Missing),
        ("   ", Missing),
        ("+", NotDigits),
        ("call me", NotDigits),
        ("021 555 0142 ext 5", NotDigits),
        ("٠٢١٥٥٥٠١٤٢", NotDigits),
        ("021+5550142", NotDigits),
        ("+44 20 7946 0018", OtherCountry),
        ("00 1 202 555 0101", OtherCountry),
        ("021 555", NotInPlan),
        ("021 555 0142 999", NotInPlan),
        ("21 555 0142", NotInPlan),
        ("111", NotInPlan),
        ("+64 900 12345", NotInPlan),
        ("+61 491 570 15", NotInPlan),
        ("+64", NotInPlan),
        ("021 555 0142", Ambiguous),
        ("(02) 7010 1234", Ambiguous),
    ] {
        assert_eq!(parse(typed, None), Err(problem), "{typed}");
    }
}

/// How long numbers with each beginning of two digits are, written down a second time, to be read beside the plan.
fn lengths(country: Country, beginning: u8) -> &'static [usize] {
    match (country, beginning) {
        (NewZealand, 20 | 22 | 28) => &[9, 10],
        (NewZealand, 21) => &[8, 9, 10],
        (NewZealand, 27) => &[9],
        (NewZealand, 29) => &[8, 9],
        (NewZealand, 30..=49 | 60..=79 | 91..=99) => &[8],
        (Australia, 20..=49 | 70..=79 | 82..=89) => &[9],
        _ => &[],
    }
}

#[test]
fn every_beginning_has_its_lengths_and_no_others() {
    for country in Country::ALL {
        for beginning in 10..100 {
            for length in 2..=15 {
                // 5 belongs to no longer prefix of the plan.
                let typed = format!("+{}{beginning}{}", country.calling_code(), "5".repeat(length - 2));
                let expected = lengths(country, beginning).contains(&length);
                assert_eq!(parse(&typed, None).is_ok(), expected, "{typed} with {length} digits");
            }
        }
    }
    for (start, fine) in [("+64508", 6..=6), ("+64800", 6..=7), ("+611300", 6..=6), ("+611800", 6..=6)] {
        for more in 0..=12 {
            let typed = format!("{start}{}", "5".repeat(more));
            assert_eq!(parse(&typed, None).is_ok(), fine.contains(&more), "{typed}");
        }
    }
}

proptest! {
    #[test]
    fn what_is_stored_reads_as_the_same_number_again(typed in "[+0-9 ()-]{0,18}", nz in any::<bool>()) {
        let home = Some(if nz { NewZealand } else { Australia });
        if let Ok(phone) = parse(&typed, home) {
            prop_assert_eq!(parse(&phone.readable(), None), Ok(phone.clone()));
            prop_assert_eq!(parse(&phone.e164(), None), Ok(phone));
        }
    }

    #[test]
    fn no_input_makes_it_fall_over(typed in any::<String>()) {
        _ = parse(&typed, None);
    }
}
