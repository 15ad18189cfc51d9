use proptest::prelude::*;

use super::*;
use crate::booking::machine::aggregate::{Actor, Change, NewBooking, Party, Role, Service};
use crate::booking::machine::history;
use crate::domain::place::{Place, Point};
use crate::domain::price::PriceTerms;
use crate::money::Currency;

const QUARTER_MILLIS: i64 = CELL_MILLIS;

fn at(quarters: i64) -> Timestamp {
    Timestamp(quarters * QUARTER_MILLIS)
}

fn booking(from: Timestamp, to: Timestamp, buffers: (i64, i64)) -> Booking {
    let party = |id: &str| Party { id: id.into(), name: id.into() };
    let service = Service {
        id: "s".into(),
        title: "Lawn mowing".into(),
        price: PriceTerms::Fixed { amount_cents: 6_000 },
        buffer_before_minutes: buffers.0,
        buffer_after_minutes: buffers.1,
        lead_time_minutes: 0,
        notice_minutes: 0,
        instant: false,
        holds_requests: true,
        answer_hours: 24,
        area: None,
        regions: Vec::new(),
    };
    let new = NewBooking {
        id: "b".into(),
        reference: "GS-1".into(),
        customer: party("c"),
        provider: party("p"),
        service,
        place: Place { label: "Here".into(), point: Point { lat_e6: 0, lng_e6: 0 }, region: String::new() },
        details: String::new(),
        photos: Vec::new(),
        zone: "Pacific/Auckland".into(),
        currency: Currency::Nzd,
        starts_at: from,
        ends_at: to,
    };
    history::draft(new, &Actor { role: Role::Customer, id: "c".into(), name: "c".into() }, Timestamp(0))
}

#[test]
fn cells_are_half_open_and_sort_by_time() {
    assert_eq!(cells("p", at(10), at(12)), ["p:0000000010", "p:0000000011"]);
    assert_eq!(cells("p", at(10), Timestamp(at(12).0 + 1)).len(), 3);
    assert_eq!(cells("p", Timestamp(at(10).0 + 1), at(12)), cells("p", at(10), at(12)));
    assert!(cells("p", at(10), at(10)).is_empty());
    assert!(cell_at("p", at(9)) < cell_at("p", at(10)) && cell_at("p", at(99)) < cell_at("p", at(100)));
}

#[test]
fn a_draft_claims_nothing_and_a_proposed_time_is_claimed_softly() {
    let mut booking = booking(at(100), at(104), (0, 0));
    assert!(claims(&booking).is_empty());
    booking.state.hold = Hold::Firm;
    booking.state.change = Some(Change { by: Role::Customer, starts_at: at(102), ends_at: at(106), at: at(0) });
    let claims: Vec<bool> = claims(&booking).into_values().collect();
    assert_eq!(claims, [true, true, true, true, false, false]);
}

#[test]
fn accepting_makes_a_soft_claim_firm_without_a_new_one() {
    let mut before = booking(at(100), at(102), (15, 0));
    before.state.hold = Hold::Soft;
    let mut after = before.clone();
    after.state.hold = Hold::Firm;
    let moves = moves(&before, &after);
    assert!(moves.insert.is_empty() && moves.remove.is_empty());
    assert_eq!(moves.update.len(), 3);
    assert!(moves.update.values().all(|firm| *firm));
}

proptest! {
    #[test]
    fn two_spans_share_a_cell_exactly_if_their_rounded_spans_overlap(
        a in 0..5_000_000i64, a_len in 1..30_000_000i64, b in 0..5_000_000i64, b_len in 1..30_000_000i64,
    ) {
        let of = |from: i64, len: i64| cells("p", Timestamp(from), Timestamp(from + len));
        let (mine, theirs) = (of(a, a_len), of(b, b_len));
        let shared = mine.iter().any(|cell| theirs.contains(cell));
        let rounded = |from: i64, len: i64| (from / QUARTER_MILLIS, (from + len + QUARTER_MILLIS - 1) / QUARTER_MILLIS);
        let ((a_from, a_to), (b_from, b_to)) = (rounded(a, a_len), rounded(b, b_len));
        prop_assert_eq!(shared, a_from < b_to && b_from < a_to);
        if a < b + b_len && b < a + a_len {
            prop_assert!(shared, "what overlaps can never be sold twice");
        }
    }

    #[test]
    fn moves_turn_the_old_claims_into_the_new_ones(
        hold in 0..3usize, held in 0..3usize, start in 0..20i64, moved in 0..20i64, proposed in proptest::option::of(0..20i64),
        buffers in (0..40i64, 0..40i64),
    ) {
        let holds = [Hold::Free, Hold::Soft, Hold::Firm];
        let mut before = booking(at(100 + start), at(104 + start), buffers);
        before.state.hold = holds[hold];
        let change = |at_: i64| Change { by: Role::Customer, starts_at: at(100 + at_), ends_at: at(104 + at_), at: at(0) };
        before.state.change = proposed.map(change);
        let mut after = booking(at(100 + moved), at(104 + moved), buffers);
        after.state.hold = holds[held];
        let moves = moves(&before, &after);
        let mut folded = claims(&before);
        for cell in &moves.remove {
            prop_assert!(folded.remove(cell).is_some());
        }
        for (cell, firm) in moves.insert {
            prop_assert!(folded.insert(cell, firm).is_none());
        }
        for (cell, firm) in moves.update {
            prop_assert_eq!(folded.insert(cell, firm), Some(!firm));
        }
        prop_assert_eq!(folded, claims(&after));
    }
}

#[test]
fn a_cell_tells_its_span_and_what_is_no_cell_tells_none() {
    let from = Timestamp(1_796_511_600_000);
    let cell = cell_at("65f0", from);
    assert_eq!(span_of(&cell), Some(("65f0", from, from.plus_minutes(15))));
    assert_eq!(cells("65f0", from, from.plus_minutes(15)), [cell]);
    for wrong in ["", "65f0", "65f0:", "65f0:x", "65f0:9223372036854775807"] {
        assert_eq!(span_of(wrong), None, "{wrong}");
    }
}
