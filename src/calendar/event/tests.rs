use icalendar::parser::{read_calendar, unfold};
use proptest::prelude::*;

use super::*;

const NOW: Timestamp = Timestamp(1_796_511_600_000);

fn entry(status: Status, agreed: bool) -> Entry {
    Entry {
        id: "65f0c0ffee00000000000001".into(),
        reference: "GS-7K3F9Q".into(),
        service: "Lawn mowing, edges; all".into(),
        customer: "Aroha Ngata".into(),
        provider: "Hemi \"the mower\" Walker".into(),
        place: "12 Cuba Street, Te Aro, Wellington".into(),
        status,
        starts_at: NOW.plus_hours(48),
        ends_at: NOW.plus_hours(50),
        agreed,
        sequence: 4,
        moved_at: NOW.plus_hours(-1),
    }
}

fn side(role: Role) -> Side<'static> {
    Side { role, base_url: "https://gigsta.example" }
}

fn invited(status: Status, agreed: bool, role: Role) -> String {
    let text = invitation(&entry(status, agreed), side(role), "aroha@demo.test", "hello@gigsta.example", NOW);
    text.replace("\r\n ", "")
}

fn value<'a>(text: &'a str, name: &str) -> &'a str {
    let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{name} in {text}"));
    line.split_once(':').unwrap().1
}

#[test]
fn an_agreed_booking_is_an_invitation_with_everything_in_utc() {
    let text = invited(Status::Accepted, true, Role::Customer);
    insta::assert_snapshot!(text.replace("\r\n", "\n"), @r#"
    BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//GigSta//Bookings//EN
    CALSCALE:GREGORIAN
    METHOD:REQUEST
    BEGIN:VEVENT
    UID:65f0c0ffee00000000000001@bookings.gigsta
    SEQUENCE:4
    DTSTAMP:20261205T230000Z
    DTSTART:20261207T230000Z
    DTEND:20261208T010000Z
    STATUS:CONFIRMED
    TRANSP:OPAQUE
    SUMMARY:Lawn mowing\, edges\; all with Hemi "the mower" Walker
    DESCRIPTION:GS-7K3F9Q: Accepted.\nHemi "the mower" Walker for Aroha Ngata.\n\nhttps://gigsta.example/bookings/65f0c0ffee00000000000001
    LOCATION:12 Cuba Street\, Te Aro\, Wellington
    URL:https://gigsta.example/bookings/65f0c0ffee00000000000001
    ORGANIZER;CN="GigSta":mailto:hello@gigsta.example
    ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE;CN="Aroha Ngata":mailto:aroha@demo.test
    END:VEVENT
    END:VCALENDAR
    "#);
}

#[test]
fn what_has_ended_before_it_began_is_a_cancellation_of_the_same_event() {
    for status in [Status::Cancelled, Status::Declined, Status::Expired] {
        let text = invited(status, true, Role::Provider);
        assert_eq!((value(&text, "METHOD"), value(&text, "STATUS")), ("CANCEL", "CANCELLED"));
        assert_eq!(value(&text, "UID"), value(&invited(Status::Accepted, true, Role::Customer), "UID"));
        assert_eq!(value(&text, "TRANSP"), "TRANSPARENT");
    }
}

#[test]
fn before_it_is_agreed_a_provider_learns_the_suburb_and_not_the_house() {
    for status in [Status::Requested, Status::Quoted, Status::Declined] {
        let text = invited(status, false, Role::Provider);
        assert_eq!(value(&text, "LOCATION"), "Te Aro\\, Wellington");
        assert!(!text.contains("Cuba"), "{text}");
        assert_eq!(
            value(&invited(status, false, Role::Customer), "LOCATION"),
            "12 Cuba Street\\, Te Aro\\, Wellington"
        );
    }
    assert!(invited(Status::Accepted, true, Role::Provider).contains("12 Cuba Street"));
    let nameless = Entry { place: "Somewhere".into(), ..entry(Status::Requested, false) };
    assert_eq!(place(&nameless, Role::Provider), None);
}

#[test]
fn the_other_sides_address_is_never_told() {
    for role in [Role::Customer, Role::Provider] {
        let text = invited(Status::Accepted, true, role);
        let addresses: Vec<_> = text.lines().filter(|line| line.contains("mailto:")).collect();
        assert_eq!(addresses.len(), 2, "{addresses:?}");
    }
}

#[test]
fn a_feed_says_the_same_as_long_as_nothing_moves() {
    let entries = [entry(Status::Accepted, true), entry(Status::Requested, false)];
    let with_roles = || entries.iter().zip([Role::Customer, Role::Provider]);
    let text = feed(with_roles(), "https://gigsta.example");
    assert_eq!(text, feed(with_roles(), "https://gigsta.example"));
    assert_eq!(text.matches("BEGIN:VEVENT").count(), 2);
    assert!(!text.contains("METHOD") && !text.contains("mailto:"), "{text}");
    assert!(text.contains("with Hemi") && text.contains("for Aroha"), "{text}");
    let moved = Entry { moved_at: NOW, sequence: 5, ..entries[0].clone() };
    assert_ne!(
        text,
        feed([(&moved, Role::Customer), (&entries[1], Role::Provider)].into_iter(), "https://gigsta.example")
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn whatever_people_are_called_the_event_can_be_read(name in "\\PC{0,80}|[\\x00-\\x7f]{0,80}") {
        let entry = Entry {
            customer: name.clone(), provider: name.clone(), service: name.clone(), place: name.clone(),
            ..entry(Status::Accepted, true)
        };
        let text = invitation(&entry, side(Role::Provider), "aroha@demo.test", "hello@gigsta.example", NOW);
        prop_assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        let unfolded = unfold(&text);
        let calendar = read_calendar(&unfolded).map_err(TestCaseError::fail)?;
        prop_assert_eq!(calendar.components.len(), 1);
        prop_assert_eq!(calendar.components[0].properties.len(), 13);
    }
}
