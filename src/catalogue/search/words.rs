//! What people type, as the index of terms is asked for it.

use crate::catalogue::search_query::SearchQuery;
use crate::catalogue::terms;

/// What people call those who do the work, and the word under which the work is offered.
const TRADES: &[(&str, &str)] = &[
    ("arborist", "tree"),
    ("cleaner", "cleaning"),
    ("electrician", "electrical"),
    ("fencer", "fence"),
    ("gardener", "garden"),
    ("gasfitter", "plumbing"),
    ("mover", "moving"),
    ("painter", "painting"),
    ("plumber", "plumbing"),
    ("removalist", "moving"),
    ("sparky", "electrical"),
    ("teacher", "lessons"),
    ("tutor", "tutoring"),
];

/// The terms to look for; nothing if nobody typed a word, and none of them if no word says anything.
pub fn search_terms(query: &SearchQuery) -> Option<Vec<String>> {
    search_text(query).map(|text| terms::stems(&text).into_iter().collect())
}

/// The words, letters and digits only, joined by spaces; none if nobody typed any.
fn search_text(query: &SearchQuery) -> Option<String> {
    let words = query.words();
    let trades = words.iter().filter_map(|word| {
        let one = word.strip_suffix('s').unwrap_or(word);
        TRADES.iter().find(|(name, _)| name == word || *name == one).map(|(_, work)| (*work).to_owned())
    });
    let trades: Vec<String> = trades.collect();
    let all: Vec<String> = words.into_iter().chain(trades).collect();
    (!all.is_empty()).then(|| all.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(typed: &str) -> Option<String> {
        search_text(&SearchQuery { text: typed.into(), ..SearchQuery::default() })
    }

    #[test]
    fn a_trade_is_looked_for_by_its_work_as_well() {
        assert_eq!(text("Plumbers").as_deref(), Some("plumbers plumbing"));
        assert_eq!(text("lawn").as_deref(), Some("lawn"));
    }

    #[test]
    fn no_word_is_an_operator() {
        assert_eq!(text("-lawn \"mow the\" $where").as_deref(), Some("lawn mow the where"));
        assert_eq!(text("\"-\""), None);
    }
}
