//! Business numbers: the NZBN of New Zealand and the ABN of Australia, with their check digits. Pure: values in, values out.
//!
//! The NZBN is a GS1 Global Location Number of 13 digits that begins with New Zealand's prefix 94 (www.nzbn.govt.nz); its check
//! digit is that of the GS1 General Specifications, 7.9. The ABN has 11 digits with a remainder of 0 modulo 89 (Australian
//! Business Register, "Format of the ABN").

use crate::domain::country::Country;

/// The weight of each digit of an ABN.
const ABN_WEIGHTS: [u32; 11] = [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19];

/// The short name of the number that businesses of the country have.
pub fn name(country: Country) -> &'static str {
    match country {
        Country::NewZealand => "NZBN",
        Country::Australia => "ABN",
    }
}

/// The number as it is stored, digits only, for a business in that country.
///
/// # Errors
/// What is wrong and what to do.
pub fn check(country: Country, typed: &str) -> Result<String, &'static str> {
    let plain: String = typed.chars().filter(|character| !character.is_whitespace() && *character != '-').collect();
    let digits: Vec<u32> = plain.chars().filter_map(|character| character.to_digit(10)).collect();
    if digits.len() != plain.chars().count() {
        return Err("A business number has digits only. Take everything else out.");
    }
    match (country, digits.len()) {
        (_, 0) => Err("Enter your business number."),
        (Country::NewZealand, 13) if is_nzbn(&digits) => Ok(plain),
        (Country::NewZealand, 13) => {
            Err("One of the digits of this NZBN is not right. Compare it with your entry at nzbn.govt.nz.")
        }
        (Country::Australia, 11) if is_abn(&digits) => Ok(plain),
        (Country::Australia, 11) => {
            Err("One of the digits of this ABN is not right. Compare it with your entry at abr.business.gov.au.")
        }
        (Country::NewZealand, 11) => Err(
            "This looks like an Australian number. Your business address is in New Zealand, so enter the NZBN: 13 digits.",
        ),
        (Country::Australia, 13) => Err(
            "This looks like a New Zealand number. Your business address is in Australia, so enter the ABN: 11 digits.",
        ),
        (Country::NewZealand, _) => Err("An NZBN has 13 digits. Count them again."),
        (Country::Australia, _) => Err("An ABN has 11 digits. Count them again."),
    }
}

/// The number as people read it: `9429 0000 0001 7` and `51 824 753 556`. What is neither comes back as it is.
pub fn readable(number: &str) -> String {
    let groups: &[usize] = match number.len() {
        13 => &[4, 4, 4, 1],
        11 => &[2, 3, 3, 3],
        _ => return number.to_owned(),
    };
    let mut rest = number;
    let parts = groups.iter().map_while(|length| {
        let (part, after) = rest.split_at_checked(*length)?;
        rest = after;
        Some(part)
    });
    parts.collect::<Vec<_>>().join(" ")
}

fn is_nzbn(digits: &[u32]) -> bool {
    digits.starts_with(&[9, 4]) && is_gs1(digits)
}

/// From the right, digits are weighted 1 and 3 in turn; the sum is a multiple of ten.
fn is_gs1(digits: &[u32]) -> bool {
    let weighed = digits.iter().rev().zip([1, 3].into_iter().cycle()).map(|(digit, weight)| digit * weight);
    weighed.sum::<u32>().is_multiple_of(10)
}

/// One is subtracted from the first digit before it is weighted.
fn is_abn(digits: &[u32]) -> bool {
    let sum: u32 = digits.iter().zip(ABN_WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    digits.first() != Some(&0) && (sum - ABN_WEIGHTS[0]).is_multiple_of(89)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Country::{Australia, NewZealand};
    use proptest::prelude::*;

    fn digits(text: &str) -> Vec<u32> {
        text.chars().filter_map(|character| character.to_digit(10)).collect()
    }

    #[test]
    fn published_examples_have_the_right_check_digits() {
        assert!(is_gs1(&digits("6291041500213")), "GS1's own example of a check digit");
        assert_eq!(check(Australia, "51 824 753 556").as_deref(), Ok("51824753556"), "the Register's own example");
        assert_eq!(check(Australia, "53-004-085-616").as_deref(), Ok("53004085616"));
    }

    #[test]
    fn an_nzbn_is_taken_with_its_check_digit_and_with_no_other() {
        for (start, last) in [("942900000000", '0'), ("942903123456", '6'), ("942904040254", '3')] {
            for digit in '0'..='9' {
                let number = format!("{start}{digit}");
                assert_eq!(check(NewZealand, &number).is_ok(), digit == last, "{number}");
            }
        }
        assert!(check(NewZealand, "6291041500213").is_err(), "another country's prefix");
    }

    #[test]
    fn the_wrong_kind_of_number_is_told_from_a_wrong_number() {
        for (country, typed, part) in [
            (NewZealand, "", "Enter"),
            (NewZealand, "51 824 753 556", "looks like an Australian"),
            (Australia, "9429000000017", "looks like a New Zealand"),
            (NewZealand, "942900000000", "13 digits"),
            (Australia, "5182475355", "11 digits"),
            (Australia, "51 824 753 557", "not right"),
            (Australia, "00 000 000 000", "not right"),
            (Australia, "ABN 51 824 753 556", "digits only"),
            (Australia, "٥١٨٢٤٧٥٣٥٥٦", "digits only"),
        ] {
            let message = check(country, typed).unwrap_err();
            assert!(message.contains(part), "{typed}: {message}");
        }
    }

    #[test]
    fn numbers_are_read_in_groups() {
        assert_eq!(readable("51824753556"), "51 824 753 556");
        assert_eq!(readable("9429000000017"), "9429 0000 0001 7");
        assert_eq!(readable("12"), "12");
    }

    proptest! {
        #[test]
        fn one_wrong_digit_is_always_noticed(at in 0_usize..11, by in 1_u32..10) {
            let mut abn = digits("51824753556");
            abn[at] = (abn[at] + by) % 10;
            prop_assert!(!is_abn(&abn));
            let mut nzbn = digits("9429000000017");
            nzbn[at] = (nzbn[at] + by) % 10;
            prop_assert!(!is_nzbn(&nzbn));
        }

        #[test]
        fn no_input_makes_it_fall_over(typed in any::<String>()) {
            _ = (check(NewZealand, &typed), check(Australia, &typed), readable(&typed));
        }
    }
}
