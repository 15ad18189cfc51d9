//! What an e-mail address has to be. Pure: values in, values out.
//!
//! Stricter than RFC 5321 where its freedom only helps mistakes and attacks (quoted parts, comments, addresses of machines),
//! and as open as RFC 6531 to every script.

use super::limit::sentence;

/// The longest address in bytes (RFC 5321, 4.5.3.1.3, less the two angle brackets).
pub const MAX_ADDRESS_BYTES: usize = 254;

/// The longest part before the `@`, in bytes (RFC 5321, 4.5.3.1.1).
const MAX_LOCAL_PART_BYTES: usize = 64;

/// The longest label of a domain, in bytes (RFC 1035, 2.3.4).
const MAX_LABEL_BYTES: usize = 63;

/// The form in which an e-mail address is stored and looked for: trimmed, in lower case.
pub fn normal_email(email: &str) -> String {
    email.trim().to_lowercase()
}

/// The address in the form in which it is stored.
///
/// # Errors
/// What is wrong and what to do.
pub fn check(typed: &str) -> Result<String, &'static str> {
    let email = normal_email(typed);
    if email.is_empty() {
        return Err("Enter your e-mail address.");
    }
    if email.len() > MAX_ADDRESS_BYTES {
        return Err(sentence!("This e-mail address is too long. It has at most ", MAX_ADDRESS_BYTES, " letters."));
    }
    if email.chars().any(|character| character.is_whitespace() || character.is_control() || is_unseen(character)) {
        return Err("An e-mail address has no spaces in it. Take them out.");
    }
    let Some((local, domain)) = email.split_once('@').filter(|(_, domain)| !domain.contains('@')) else {
        return Err("An e-mail address has exactly one @, as in aroha@example.co.nz.");
    };
    if !is_local(local) {
        return Err("The part before the @ cannot be right. Check it, as in aroha@example.co.nz.");
    }
    if !is_domain(domain) {
        return Err("The part after the @ cannot be right. Check it, as in aroha@example.co.nz.");
    }
    Ok(email)
}

fn is_local(local: &str) -> bool {
    let fits = |character: char| {
        character.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(character) || is_mark(character)
    };
    let dots = local.starts_with('.') || local.ends_with('.') || local.contains("..");
    (1..=MAX_LOCAL_PART_BYTES).contains(&local.len()) && !dots && local.chars().all(fits)
}

fn is_domain(domain: &str) -> bool {
    let fits = |character: char| character.is_alphanumeric() || character == '-' || is_mark(character);
    let is_label = |label: &str| {
        let hyphen = label.starts_with('-') || label.ends_with('-');
        (1..=MAX_LABEL_BYTES).contains(&label.len()) && !hyphen && label.chars().all(fits)
    };
    let named = domain.rsplit('.').next().is_some_and(|last| !last.bytes().all(|byte| byte.is_ascii_digit()));
    domain.contains('.') && named && domain.split('.').all(is_label)
}

/// A character beyond ASCII that is not judged here, such as the vowel signs of Hindi.
fn is_mark(character: char) -> bool {
    !character.is_ascii() && !character.is_whitespace() && !character.is_control() && !is_unseen(character)
}

/// Characters that nobody sees, or that turn the direction of what follows.
fn is_unseen(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_as_people_have_them_are_taken_in_lower_case() {
        for (typed, stored) in [
            ("aroha@example.co.nz", "aroha@example.co.nz"),
            (" Aroha.Ngata+GigSta@Example.COM\n", "aroha.ngata+gigsta@example.com"),
            ("o'connor@example.ie", "o'connor@example.ie"),
            ("用户@例子.广告", "用户@例子.广告"),
            ("āroha@tāmaki.nz", "āroha@tāmaki.nz"),
            ("संपर्क@डाटामेल.भारत", "संपर्क@डाटामेल.भारत"),
            ("a@b.nz", "a@b.nz"),
        ] {
            assert_eq!(check(typed).as_deref(), Ok(stored), "{typed}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let long = |local: usize, label: usize| format!("{}@{}.nz", "a".repeat(local), "b".repeat(label));
        assert!(check(&long(64, 63)).is_ok());
        let total = format!("{}@{}nz", "a".repeat(64), format!("{}.", "b".repeat(62)).repeat(3));
        assert_eq!(total.len(), 64 + 1 + 3 * 63 + 2);
        for wrong in [
            "",
            "aroha",
            "@example.com",
            "aroha@",
            "aroha@example",
            "a@b@example.com",
            "aroha @example.com",
            "aroha@example.com\r\nBcc: all@example.com",
            "<aroha@example.com>",
            "Aroha <aroha@example.com>",
            "a,b@example.com",
            "\"a b\"@example.com",
            ".a@example.com",
            "a.@example.com",
            "a..b@example.com",
            "a@-example.com",
            "a@example-.com",
            "a@.com",
            "a@example..com",
            "a@127.0.0.1",
            "a@[127.0.0.1]",
            "a\u{0}@example.com",
            "a\u{200b}@example.com",
            "a\u{202e}@example.com",
            &long(65, 3),
            &long(3, 64),
            &total,
        ] {
            assert!(check(wrong).is_err(), "{wrong:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_taken_is_one_address_on_one_line(typed in "\\PC{0,30}@?\\PC{0,30}") {
            if let Ok(email) = check(&typed) {
                prop_assert_eq!(email.matches('@').count(), 1);
                prop_assert!(email.len() <= MAX_ADDRESS_BYTES);
                prop_assert!(!email.contains(|character: char| character.is_whitespace() || character.is_control()));
                prop_assert!(!email.contains(['<', '>', ',', ';', ':', '"', '\\', '(', ')', '[', ']']));
                let again = check(&email);
                prop_assert_eq!(again.as_deref(), Ok(email.as_str()), "what is stored is not changed again");
            }
        }

        #[test]
        fn plain_addresses_are_always_taken(email in "[a-z0-9]{1,20}(\\+[a-z0-9]{1,9})?@[a-z0-9]{1,20}\\.[a-z]{2,6}") {
            let checked = check(&email);
            prop_assert_eq!(checked.as_deref(), Ok(email.as_str()));
        }

        #[test]
        fn no_input_makes_it_fall_over(typed in any::<String>()) {
            _ = check(&typed);
        }
    }

    #[test]
    fn an_address_is_the_same_however_it_is_typed() {
        assert_eq!(normal_email(" Aroha@Demo.Test\n"), "aroha@demo.test");
    }
}
