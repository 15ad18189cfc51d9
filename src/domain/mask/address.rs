//! E-mail addresses, web addresses, and names in social networks.

use std::ops::Range;

/// Endings by which an address is known when nothing else says that it is one.
const ENDINGS: [&str; 12] = ["com", "nz", "au", "org", "net", "co", "io", "info", "biz", "kiwi", "app", "test"];
/// Where mailboxes are, also without an ending.
const MAILBOXES: [&str; 7] = ["gmail", "hotmail", "yahoo", "outlook", "icloud", "bigpond", "xtra"];
/// Where people have names.
const NETWORKS: [&str; 16] = [
    "instagram",
    "insta",
    "ig",
    "facebook",
    "fb",
    "messenger",
    "whatsapp",
    "telegram",
    "snapchat",
    "tiktok",
    "wechat",
    "viber",
    "skype",
    "linkedin",
    "signal",
    "discord",
];

/// A word without the punctuation around it.
struct Word {
    span: Range<usize>,
    /// In lower case.
    lower: String,
    /// What stood between it and the blank after it.
    tail: String,
}

/// Where such addresses stand, in no order.
pub(super) fn spans(text: &[char]) -> Vec<Range<usize>> {
    let words = words(text);
    let mut found: Vec<Range<usize>> = words.iter().filter_map(|word| inside(text, word)).collect();
    for at in 0..words.len() {
        found.extend(spelled(&words[at..]));
        found.extend(named(text, &words[at..]));
    }
    found
}

/// Words between blanks and brackets, without the punctuation at their ends.
fn words(text: &[char]) -> Vec<Word> {
    let parts = |character: &char| character.is_whitespace() || "[]<>()\"'“”‘’,;".contains(*character);
    let mut words = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let length = text[at..].iter().take_while(|character| !parts(character)).count();
        let end = at + length;
        let tail = text[at..end].iter().rev().take_while(|character| ".:=-…?!".contains(**character)).count();
        if tail < length {
            let span = at..end - tail;
            let lower = text[span.clone()].iter().flat_map(|character| character.to_lowercase()).collect();
            words.push(Word { span, lower, tail: text[end - tail..end].iter().collect() });
        }
        at = end + 1;
    }
    words
}

/// What a single word holds: `aroha@demo.test`, `@aroha`, `https://demo.test/x`, `www.demo.test`, `demo.co.nz/me`.
fn inside(text: &[char], word: &Word) -> Option<Range<usize>> {
    let characters = &text[word.span.clone()];
    let whole = Some(word.span.clone());
    let names = characters.windows(3).any(|three| three[0] == '@' && three[1].is_alphabetic());
    if names {
        return whole;
    }
    if word.lower.contains("://") || word.lower.starts_with("www.") || word.lower.starts_with("t.me/") {
        return whole;
    }
    let host = word.lower.rsplit('@').next().unwrap_or_default();
    let host = host.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').collect();
    let is_label = |label: &&str| {
        !label.is_empty() && label.chars().all(|character| character.is_alphanumeric() || character == '-')
    };
    let named = labels.len() > 1 && labels.iter().all(is_label);
    let ending = labels.last().copied().unwrap_or_default();
    let wordy = labels.iter().any(|label| label.chars().any(char::is_alphabetic));
    // A telephone app's address is short, but known: wa.me.
    let known = ENDINGS.contains(&ending) || host == "wa.me";
    (named && wordy && known).then_some(word.span.clone())
}

/// `gmail dot com`, `demo dot co dot nz`, `aroha at gmail`, `aroha (at) demo.test`.
fn spelled(words: &[Word]) -> Option<Range<usize>> {
    let is = |at: usize, one_of: &[&str]| words.get(at).is_some_and(|word| one_of.contains(&word.lower.as_str()));
    let span = |last: usize| Some(words.first()?.span.start..words.get(last)?.span.end);
    if is(1, &["at", "@"]) && is(2, &MAILBOXES) {
        return span(2);
    }
    if is(1, &["dot"]) && is(2, &ENDINGS) {
        return if is(3, &["dot"]) && is(4, &ENDINGS) { span(4) } else { span(2) };
    }
    None
}

/// `insta: aroha_w`, `IG aroha_w`, `facebook = Aroha`: the name after the network's.
fn named(text: &[char], words: &[Word]) -> Option<Range<usize>> {
    let [network, rest @ ..] = words else {
        return None;
    };
    // Written together: `insta:aroha`.
    if let Some((before, name)) = network.lower.split_once([':', '=']) {
        return (NETWORKS.contains(&before) && !name.is_empty()).then_some(network.span.clone());
    }
    if !NETWORKS.contains(&network.lower.as_str()) {
        return None;
    }
    let filler = rest.first().is_some_and(|word| ["is", "handle", "name"].contains(&word.lower.as_str()));
    let has_separator = network.tail.contains([':', '=']) || filler && rest[0].tail.contains([':', '=']);
    let name = rest.get(usize::from(filler))?;
    if text[network.span.end..name.span.start].contains(&'\n') {
        return None;
    }
    let has = |fits: fn(char) -> bool| name.lower.chars().any(fits);
    let odd = has(|character| character == '_' || character == '.')
        || has(|character| character.is_ascii_digit()) && has(char::is_alphabetic);
    // A time of day is no name: `whatsapp 9am`.
    let time = name
        .lower
        .trim_end_matches(['a', 'p', 'm'])
        .chars()
        .all(|character| character.is_ascii_digit() || character == '.');
    (has_separator || odd && !time).then_some(name.span.clone())
}
