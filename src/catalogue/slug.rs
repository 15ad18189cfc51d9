//! The address of a service below `/services/`: readable, made once. Pure.

use crate::domain::places::plain;

/// The longest, in characters, without what makes it unique.
const MAX_SLUG_CHARACTERS: usize = 60;

/// A title as an address: `Lawn mowing & edges` becomes `lawn-mowing-edges`. A title without a Latin letter or digit becomes
/// `service`.
pub fn of(title: &str) -> String {
    let kept = title.replace(['\'', '’'], "");
    let words = kept.split(|character: char| !character.is_alphanumeric()).map(plain);
    let words = words.map(|word| word.chars().filter(char::is_ascii_alphanumeric).collect::<String>());
    let mut slug = String::new();
    for word in words.filter(|word| !word.is_empty()) {
        if slug.len() + word.len() >= MAX_SLUG_CHARACTERS {
            if slug.is_empty() {
                slug = word.chars().take(MAX_SLUG_CHARACTERS).collect();
            }
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&word);
    }
    if slug.is_empty() { "service".into() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_readable_address() {
        for (title, slug) in [
            ("Lawn mowing & edges", "lawn-mowing-edges"),
            ("End-of-lease clean", "end-of-lease-clean"),
            ("  Rēkohu: O’Connor's fences!! ", "rekohu-oconnors-fences"),
            ("草刈り", "service"),
            ("<script>alert(1)</script>", "script-alert-1-script"),
            ("../../etc/passwd", "etc-passwd"),
        ] {
            assert_eq!(of(title), slug, "{title}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_title_becomes_an_address_that_needs_no_encoding(title in ".{0,200}") {
            let slug = of(&title);
            proptest::prop_assert!(!slug.is_empty() && slug.len() <= MAX_SLUG_CHARACTERS);
            proptest::prop_assert!(slug.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-')));
            proptest::prop_assert!(!slug.starts_with('-') && !slug.ends_with('-'));
        }
    }
}
