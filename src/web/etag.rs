//! Tags of what may be asked for again: whether the one who asks has it already (RFC 9110, 13.1.2).

use axum::http::{HeaderMap, header};
use sha2::{Digest, Sha256};

/// The tag of a content, without quotes.
pub fn tag(content: &[u8]) -> String {
    hex::encode(Sha256::digest(content))
}

/// Whether whoever asks has the content of that tag already. A compressed answer carried it as a weak one.
pub fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let lists = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|list| list.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|known| {
        let known = known.trim();
        known == "*" || known.strip_prefix("W/").unwrap_or(known).trim_matches('"') == tag
    })
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn whoever_has_the_content_is_known_however_they_name_it() {
        let known = |value: &'static str| {
            let headers = HeaderMap::from_iter([(header::IF_NONE_MATCH, HeaderValue::from_static(value))]);
            is_known(&headers, "abc")
        };
        assert!(["\"abc\"", "W/\"abc\"", "\"x\", \"abc\"", "*"].iter().all(|value| known(value)));
        assert!(["\"x\"", "", "\"ab\""].iter().all(|value| !known(value)));
        assert!(!is_known(&HeaderMap::new(), "abc"));
    }
}
