//! What strangers can send to any parser of the site: text and bytes by chance, made of what the parser knows. None of it may break a
//! parser or keep it busy. A failure prints the smallest input that shows it.

use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{HeaderMap, HeaderValue, header};
use futures::executor::block_on;
use image::{DynamicImage, ImageFormat};
use proptest::prelude::*;
use proptest::sample::select;

use crate::account::forms::local;
use crate::booking_pages::ask::owner;
use crate::booking_pages::form;
use crate::catalogue::search_query;
use crate::domain::country::Country;
use crate::domain::{business_number, email, mask, phone, places};
use crate::money::parse_cents;
use crate::photos::shrink::shrink;
use crate::photos::upload::{self, MAX_TEXTS_BYTES};
use crate::provider::fetch::Fetcher;
use crate::provider::ics;
use crate::time::{self, Timestamp};
use crate::web::theme::Theme;
use crate::web::zone::browser_zone;

const NOW: Timestamp = Timestamp(1_780_000_000_000);

/// A parser that takes longer hangs. Each takes some milliseconds, also without optimisation; the rest is for a busy machine.
const HANG: Duration = Duration::from_secs(10);

const PIECES: &[&str] = &[
    "a",
    "Z",
    "0",
    "9",
    "021",
    "+64",
    "o",
    " ",
    "\t",
    "\n",
    "\r\n",
    "\0",
    ".",
    "..",
    ",",
    ":",
    ";",
    "=",
    "&",
    "%",
    "%2",
    "%00",
    "/",
    "//",
    "\\",
    "?",
    "#",
    "@",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "<",
    ">",
    "'",
    "\"",
    "$",
    "-",
    "_",
    "*",
    "~",
    "ā",
    "ß",
    "İ",
    "用",
    "🌿",
    "\u{202e}",
    "\u{200d}",
    "\u{feff}",
    "inputs[",
    "inputs[reason]",
    "version",
    "command_id",
    "q",
    "page",
    "place",
    "near",
    "Te Aro",
    "Newtown, NSW",
    "at",
    "dot",
    "com",
    "gmail",
    "insta",
    "https://",
    "webcal://",
    "localhost",
    "127.0.0.1",
    "[::1]",
    "xn--",
    "0x7f",
    "zone=",
    "asker=",
    "theme=",
    "NaN",
    "1e9",
    "-1",
    "99999999999999999999",
    "2026-02-30T25:61",
    "Pacific/Auckland",
];

const CALENDAR: &[&str] = &[
    "BEGIN:VEVENT\r\n",
    "END:VEVENT\r\n",
    "BEGIN:VCALENDAR\r\n",
    "END:VCALENDAR\r\n",
    "BEGIN:VALARM\r\n",
    "END:VALARM\r\n",
    "UID:a\r\n",
    "DTSTART:20260601T090000Z\r\n",
    "DTSTART;TZID=Pacific/Auckland:20260601T090000\r\n",
    "DTSTART;VALUE=DATE:20260601\r\n",
    "DTSTART:x\r\n",
    "DTEND:20260601T100000Z\r\n",
    "DTEND:99991231T235959Z\r\n",
    "DURATION:PT1H\r\n",
    "DURATION:P99999999999W\r\n",
    "DURATION:-PT1S\r\n",
    "RRULE:FREQ=DAILY\r\n",
    "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\n",
    "RRULE:FREQ=DAILY;COUNT=4294967295;INTERVAL=0\r\n",
    "RRULE:FREQ=MONTHLY;BYDAY=5MO;BYSETPOS=-366\r\n",
    "RRULE:FREQ=SECONDLY\r\n",
    "RRULE:;;=\r\n",
    "EXDATE:20260601T090000Z\r\n",
    "EXDATE:,,,,\r\n",
    "RDATE:20260602T090000Z/PT1H\r\n",
    "RECURRENCE-ID:20260602T090000Z\r\n",
    "SUMMARY:\u{202e}x\\n\r\n",
    "TRANSP:",
    ":",
    ";",
    "=",
    "\"",
    "\r\n ",
    "\r\n",
    "TZID=",
    "ā",
    "\0",
];

const FILES: &[&str] = &[
    "--x",
    "--x\r\n",
    "--x--",
    "\r\n",
    "\r\n\r\n",
    "Content-Disposition: form-data; name=\"photo\"; filename=\"a\"\r\n\r\n",
    "Content-Disposition: form-data; name=\"text\"\r\n\r\n",
    "Content-Disposition: form-data; name=\"",
    "Content-Type: x\r\n",
    "\0",
    "a",
    "ā",
    "\"",
];

/// Texts of pieces: short ones, and long ones that repeat a few.
fn texts(pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    let short = prop::collection::vec(select(pieces), 0..40).prop_map(|pieces| pieces.concat());
    let long =
        (prop::collection::vec(select(pieces), 1..4), select(&[2_000, 20_000][..])).prop_map(|(pieces, bytes)| {
            let unit = pieces.concat();
            unit.repeat(bytes / unit.len() + 1)
        });
    prop_oneof![6 => short, 1 => any::<String>(), 1 => long]
}

/// Runs a parser and says when it hangs.
fn in_time<T>(parser: &str, parse: impl FnOnce() -> T) -> Result<T, TestCaseError> {
    let began = Instant::now();
    let parsed = parse();
    prop_assert!(began.elapsed() < HANG, "{} took {:?}", parser, began.elapsed());
    Ok(parsed)
}

fn multipart(body: String) -> Result<(usize, usize), u16> {
    let request = Request::post("/").header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
    block_on(async {
        let sent = Multipart::from_request(request.body(Body::from(body)).unwrap(), &()).await;
        let (photos, pairs) = upload::read_all(sent).await.map_err(|error| error.status)?;
        Ok((photos.len(), pairs.iter().map(|(name, text)| name.len() + text.len()).sum()))
    })
}

/// A small picture in each form that is taken.
fn pictures() -> Vec<Vec<u8>> {
    let picture = DynamicImage::new_rgb8(9, 7);
    let pack = |kind| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut bytes, kind).unwrap();
        bytes.into_inner()
    };
    vec![pack(ImageFormat::Jpeg), pack(ImageFormat::Png), pack(ImageFormat::WebP)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_breaks_a_parser_or_keeps_it_busy(text in texts(PIECES)) {
        let fetcher = Fetcher::default();
        in_time("masks", || mask::mask(&text))?;
        in_time("e-mail addresses", || email::check(&text).is_ok())?;
        in_time("business numbers", || Country::ALL.map(|country| business_number::check(country, &text).is_ok()))?;
        in_time("phones", || phone::parse(&text, None).is_ok())?;
        in_time("places", || (places::resolve(&text), places::suggest(&text, 8).len()))?;
        in_time("amounts", || parse_cents(&text))?;
        in_time("times", || time::parse(&text, "Pacific/Auckland").is_ok())?;
        in_time("paths to go on to", || local(&text).is_some())?;
        in_time("addresses of calendars", || fetcher.read_url(&text).is_ok())?;
    }

    #[test]
    fn no_form_breaks_its_reader_or_keeps_it_busy(pairs in prop::collection::vec((texts(PIECES), texts(PIECES)), 0..12), field in select(
        &["q", "category", "place", "radius", "day", "min", "max", "sort", "page", "version", "command_id", "inputs[reason]"][..],
    ), typed in texts(PIECES)) {
        let mut pairs = pairs;
        pairs.push((field.to_owned(), typed));
        in_time("searches", || search_query::parse(&pairs, NOW).0.words())?;
        in_time("actions", || form::read(&pairs).inputs.len())?;
    }

    #[test]
    fn no_cookie_breaks_its_readers_or_keeps_them_busy(text in texts(PIECES)) {
        let mut headers = HeaderMap::new();
        if let Ok(value) = HeaderValue::from_bytes(text.as_bytes()) {
            headers.insert(header::COOKIE, value);
        }
        in_time("cookies", || (Theme::of(&headers).name(), browser_zone(&headers), owner::owners(&headers, None)))?;
    }

    #[test]
    fn no_calendar_breaks_its_reader_or_keeps_it_busy(events in texts(CALENDAR), bare in any::<bool>()) {
        let text = if bare { events } else { format!("BEGIN:VCALENDAR\r\n{events}END:VCALENDAR\r\n") };
        let read = in_time("calendars", || ics::read(&text, "Pacific/Auckland", NOW))?;
        prop_assert!(read.is_err() || read.is_ok_and(|read| read.busy.len() <= ics::MOST));
    }

    #[test]
    fn no_sent_file_breaks_its_reader_or_keeps_it_busy(body in texts(FILES)) {
        if let Ok((_, text_bytes)) = in_time("multipart", || multipart(body))? {
            prop_assert!(text_bytes <= MAX_TEXTS_BYTES, "{} bytes of text", text_bytes);
        }
    }

    #[test]
    fn no_picture_breaks_its_reader_or_keeps_it_busy(
        which in 0_usize..3, changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6), cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = pictures().swap_remove(which);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(bytes.len() * 2));
        in_time("pictures", || shrink(&bytes).is_ok())?;
    }
}

#[test]
fn the_text_beside_photos_is_bounded() {
    let sent = |text: usize| {
        let text = "\"".repeat(text);
        multipart(format!(
            "--x\r\nContent-Disposition: form-data; name=\"inputs[evidence]\"\r\n\r\n{text}\r\n--x--\r\n"
        ))
    };
    assert!(sent(MAX_TEXTS_BYTES / 2).is_ok());
    assert_eq!(sent(MAX_TEXTS_BYTES + 1), Err(413));
}
