//! Values inside addresses, percent-encoded (RFC 3986, 2.1).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What is encoded: everything but the unreserved characters (RFC 3986, 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A value as one segment of a path.
pub fn segment(value: &str) -> String {
    utf8_percent_encode(value, RESERVED).to_string()
}

/// A value in a query. Slashes and commas mean nothing there and stay readable; a space is a `+`, as browsers send it.
pub fn query(value: &str) -> String {
    const QUERY: &AsciiSet = &RESERVED.remove(b'/').remove(b',');
    utf8_percent_encode(value, QUERY).to_string().replace("%20", "+")
}

/// Takes the percent-encoding away; nothing when it is broken or no UTF-8.
pub fn decode(text: &str) -> Option<String> {
    let is_encoded =
        |rest: &str| rest.as_bytes().get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
    let whole = text.split('%').skip(1).all(is_encoded);
    whole.then(|| percent_decode_str(text).decode_utf8().ok()).flatten().map(Into::into)
}

/// The path of an address of this site, as a browser names the page before; never another site's.
pub fn path_of(referer: &str) -> Option<&str> {
    let (_, rest) = referer.split_once("://")?;
    rest.get(rest.find('/')?..).filter(|path| !path.starts_with("//"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_value_fits_into_an_address() {
        assert_eq!(segment("a+b@例.nz&x=\"#"), "a%2Bb%40%E4%BE%8B.nz%26x%3D%22%23");
        assert_eq!(segment("verify:a/b c%"), "verify%3Aa%2Fb%20c%25");
    }

    #[test]
    fn a_path_inside_a_query_stays_readable_and_cannot_leave_its_value() {
        assert_eq!(
            query("/services?q=lawn&place=Te Aro, Wellington#x+%"),
            "/services%3Fq%3Dlawn%26place%3DTe+Aro,+Wellington%23x%2B%25"
        );
    }

    #[test]
    fn what_was_encoded_is_read_again_and_what_is_broken_is_not() {
        assert_eq!(decode("aroha%40x.nz%2F%C3%a9").as_deref(), Some("aroha@x.nz/é"));
        for broken in ["%", "%4", "a%4", "%4@", "%%40", "%FF", "%+1"] {
            assert_eq!(decode(broken), None, "{broken}");
        }
    }
}
