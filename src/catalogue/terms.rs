//! Words as they are looked for: plain, without endings, and without those that say nothing. Pure.

use std::collections::BTreeSet;

use crate::domain::places;

/// Words that are everywhere.
const STOP_WORDS: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "can", "do", "for", "from", "had", "has", "have", "i",
    "if", "in", "into", "is", "it", "its", "me", "my", "no", "not", "of", "on", "or", "our", "so", "such", "than",
    "that", "the", "their", "them", "then", "there", "these", "they", "this", "to", "up", "was", "we", "will", "with",
    "you", "your",
];

/// Endings that are taken away once, the longest first, from words that leave at least so many letters.
const ENDINGS: &[(&str, usize)] = &[
    ("ations", 4),
    ("ation", 4),
    ("ments", 4),
    ("ment", 4),
    ("ating", 4),
    ("ated", 4),
    ("ates", 4),
    ("ate", 4),
    ("als", 4),
    ("al", 4),
];

/// Where a word of a service stands, the best place first: how its terms begin, and what each is worth.
pub const PLACES: [(&str, i32); 3] = [("t:", 10), ("n:", 5), ("d:", 1)];

/// Everything that a service is found by: each stem with the best place in which it stands.
pub fn of(title: &str, provider_name: &str, description: &str) -> Vec<String> {
    let mut known = BTreeSet::new();
    let mut terms = Vec::new();
    for ((begins, _), text) in PLACES.into_iter().zip([title, provider_name, description]) {
        let new: Vec<String> = stems(text).into_iter().filter(|stem| known.insert(stem.clone())).collect();
        terms.extend(new.into_iter().map(|stem| format!("{begins}{stem}")));
    }
    terms
}

/// The stems of a text, each once.
pub fn stems(text: &str) -> BTreeSet<String> {
    let words = text.split(|character: char| !character.is_alphanumeric()).map(places::plain);
    words.filter(|word| !word.is_empty() && !STOP_WORDS.contains(&word.as_str())).map(|word| stem(&word)).collect()
}

/// A word without the endings of English that make another form of it. What is left need not be a word; it only has to be the
/// same for all forms.
fn stem(word: &str) -> String {
    if !word.is_ascii() {
        return word.to_owned();
    }
    let mut stem = without_plural(word);
    if let Some((left, _)) = ENDINGS.iter().find_map(|(ending, least)| {
        stem.strip_suffix(ending).filter(|left| left.len() >= *least).map(|left| (left.to_owned(), ending))
    }) {
        stem = left;
    } else {
        for ending in ["ingly", "edly", "ing", "ed", "ly"] {
            if let Some(left) = stem.strip_suffix(ending).filter(|left| left.len() >= 3 && has_vowel(left)) {
                stem = without_double(left);
                break;
            }
        }
    }
    if let Some(left) = stem.strip_suffix('e').filter(|left| left.len() >= 3) {
        stem = left.to_owned();
    }
    match stem.strip_suffix('y') {
        Some(left) if left.len() >= 2 => format!("{left}i"),
        _ => stem,
    }
}

fn without_plural(word: &str) -> String {
    match word {
        _ if word.len() < 4 => word.to_owned(),
        _ if word.ends_with("sses") || word.ends_with("xes") || word.ends_with("ches") || word.ends_with("shes") => {
            word[..word.len() - 2].to_owned()
        }
        _ if word.ends_with("ies") => format!("{}y", &word[..word.len() - 3]),
        _ if word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") => word.to_owned(),
        _ => word.strip_suffix('s').unwrap_or(word).to_owned(),
    }
}

/// `clipp` is `clip`; `mill` and `press` stay.
fn without_double(stem: &str) -> String {
    let bytes = stem.as_bytes();
    match bytes {
        [.., before, last] if before == last && !b"aeioulsz".contains(last) => stem[..stem.len() - 1].to_owned(),
        _ => stem.to_owned(),
    }
}

fn has_vowel(text: &str) -> bool {
    text.contains(|letter: char| "aeiouy".contains(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_a_word_are_one_term() {
        for forms in [
            &["mow", "mows", "mowing", "mowed", "Mowing"][..],
            &["clean", "cleaning", "cleans", "cleaned"],
            &["clip", "clips", "clipping", "clipped"],
            &["move", "moves", "moving", "moved"],
            &["lesson", "lessons"],
            &["assembly", "assemblies"],
            &["install", "installation", "installations", "installing", "installed"],
            &["renovation", "renovate", "renovating", "renovated"],
            &["removal", "removals"],
            &["replace", "replacement", "replacing", "replaced"],
            &["electric", "electrical"],
            &["week", "weekly", "weeks"],
            &["wash", "washes", "washing"],
            &["fence", "fences", "fencing"],
            &["hedge", "hedges"],
            &["tap", "taps"],
            &["glass", "glasses"],
            &["pohutukawa", "Pōhutukawa"],
        ] {
            let stems: BTreeSet<_> = forms.iter().flat_map(|form| stems(form)).collect();
            assert_eq!(stems.len(), 1, "{forms:?}: {stems:?}");
        }
    }

    #[test]
    fn different_words_stay_different() {
        let words = [
            "lawn", "plumbing", "plum", "paint", "pain", "move", "mow", "bus", "wed", "red", "ring", "gas", "carpet",
            "care",
        ];
        let stems: BTreeSet<_> = words.iter().flat_map(|word| stems(word)).collect();
        assert_eq!(stems.len(), words.len(), "{stems:?}");
    }

    #[test]
    fn a_word_counts_where_it_weighs_most() {
        let terms = of("Lawn mowing", "Kea Lawns", "The lawns of Kea, mowed.");
        assert_eq!(terms, ["t:lawn", "t:mow", "n:kea"]);
    }

    #[test]
    fn words_that_say_nothing_are_not_looked_for() {
        assert_eq!(stems("to be or not to be"), BTreeSet::new());
        assert_eq!(stems("-lawn \"the\" $where"), BTreeSet::from(["lawn".to_owned(), "wher".to_owned()]));
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_typed_gives_terms(text in "\\PC{0,60}") {
            for stem in stems(&text) {
                proptest::prop_assert!(!stem.is_empty());
            }
        }
    }
}
