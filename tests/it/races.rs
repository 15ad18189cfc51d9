//! Nobody's time is sold twice, whatever happens at once, and none of it is lost.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use futures::TryStreamExt;
use gigsta::booking::machine::aggregate::{Hold, Party, Service};
use gigsta::booking::machine::{Booking, Role, Status};
use gigsta::booking::model::{BOOKINGS, BookingDocument, SLOT_CLAIMS, SlotClaim};
use gigsta::booking::slots;
use gigsta::booking::store::{self, ApplyError};
use gigsta::time::Timestamp;
use gigsta::web::db::Db;
use mongodb::bson::doc;
use mongodb::bson::oid::ObjectId;
use tokio::task::JoinSet;

use crate::support::bookings::{NOON, act, draft, party, provider_of, service};
use crate::support::database::in_database;

const RACES: u64 = 10_000;
const RACERS: u64 = 12;
/// The time that everybody wants: two days from the sixth of December on, in quarters of an hour.
const FIRST: Timestamp = NOON.plus_hours(48);
const QUARTERS: u64 = 2 * 24 * 4;

/// A little randomness that is the same in every run (the constants are Knuth's, of MMIX).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

#[derive(Default)]
struct Score {
    won: AtomicU64,
    lost: AtomicU64,
    cancelled: AtomicU64,
}

fn job(random: &mut Random) -> Service {
    let buffer = |random: &mut Random| i64::try_from(random.below(3) * 15).unwrap();
    let (buffer_before_minutes, buffer_after_minutes) = (buffer(random), buffer(random));
    Service { buffer_before_minutes, buffer_after_minutes, holds_requests: random.below(4) > 0, ..service() }
}

/// One race after another: asks for a random time, and with what it wins goes on, or gives it back.
async fn race(db: Db, provider: Party, seed: u64, score: Arc<Score>) {
    let mut random = Random(seed);
    let customer = party("Racer");
    let mut mine: Vec<Booking> = Vec::new();
    for _ in 0..RACES / RACERS {
        let start = FIRST.plus_minutes(i64::try_from(random.below(QUARTERS) * 15).unwrap());
        let mut wanted = draft(&customer, &provider, job(&mut random), start, NOON);
        wanted.state.ends_at = start.plus_minutes(i64::try_from(15 + random.below(8) * 15).unwrap());
        let wanted = redrafted(wanted);
        let outcome = match random.below(3) {
            // Some only look and hold for a while, and go.
            0 => {
                let id = ObjectId::parse_str(&wanted.id).unwrap();
                let cells = slots::booked(&wanted);
                let held = store::hold(&db, id, &cells, NOON.plus_minutes(15), NOON).await;
                if held.is_ok() {
                    store::release(&db, id).await.unwrap();
                }
                held
            }
            _ => {
                store::insert_draft(&db, &wanted, None).await.unwrap();
                act(&db, &wanted, Role::Customer, "request", &[], NOON).await.map(|booking| mine.push(booking))
            }
        };
        match outcome {
            Ok(()) => score.won.fetch_add(1, Ordering::Relaxed),
            Err(ApplyError::SlotTaken) => score.lost.fetch_add(1, Ordering::Relaxed),
            Err(error) => panic!("{error:?}"),
        };
        // Now and then one of the older ones is accepted, withdrawn or cancelled.
        if mine.len() > 3 {
            let at = usize::try_from(random.below(u64::try_from(mine.len()).unwrap())).unwrap();
            let old = mine.swap_remove(at);
            let moved = match (old.state.status, random.below(2)) {
                (Status::Requested, 0) => act(&db, &old, Role::Provider, "accept", &[], NOON).await,
                (Status::Requested, _) => act(&db, &old, Role::Customer, "withdraw", &[], NOON).await,
                _ => act(&db, &old, Role::Customer, "cancel", &[("reason", "changed plans")], NOON).await,
            };
            match moved {
                Ok(moved) if moved.state.status == Status::Cancelled => {
                    _ = score.cancelled.fetch_add(1, Ordering::Relaxed);
                }
                Ok(moved) => mine.push(moved),
                // Its time was never held, and is somebody else's by now.
                Err(ApplyError::SlotTaken) => mine.push(old),
                Err(error) => panic!("{error:?}"),
            }
        }
    }
}

/// The same draft with the history that belongs to its changed end.
fn redrafted(changed: Booking) -> Booking {
    use gigsta::booking::machine::aggregate::NewBooking;
    use gigsta::booking::machine::{Actor, history};
    let actor = Actor { role: Role::Customer, id: changed.customer.id.clone(), name: changed.customer.name.clone() };
    let (starts_at, ends_at) = (changed.state.starts_at, changed.state.ends_at);
    let new = NewBooking {
        id: changed.id,
        reference: changed.reference,
        customer: changed.customer,
        provider: changed.provider,
        service: changed.service,
        place: changed.place,
        details: changed.details,
        photos: changed.photos,
        zone: changed.zone,
        currency: changed.currency,
        starts_at,
        ends_at,
    };
    history::draft(new, &actor, NOON)
}

/// Checks the whole database against what the bookings themselves say, and gives the claimed cells.
pub async fn check(db: &Db, provider: &Party) -> BTreeMap<String, bool> {
    let found = db.collection::<BookingDocument>(BOOKINGS).find(doc! { "provider.id": &provider.id }).await.unwrap();
    let bookings: Vec<Booking> = found.map_ok(Booking::from).try_collect().await.unwrap();
    // By time, not by cells: what holds its time overlaps nothing else that does.
    let buffered = |b: &Booking| {
        let (before, after) = (b.service.buffer_before_minutes, b.service.buffer_after_minutes);
        (b.state.starts_at.plus_minutes(-before), b.state.ends_at.plus_minutes(after))
    };
    let mut held: Vec<_> = bookings.iter().filter(|b| b.state.hold != Hold::Free).map(buffered).collect();
    held.sort();
    assert!(held.windows(2).all(|pair| pair[0].1 <= pair[1].0), "an overlap");
    let expected: BTreeMap<String, bool> = bookings.iter().flat_map(slots::claims).collect();
    let claims = db.collection::<SlotClaim>(SLOT_CLAIMS).find(doc! {}).await.unwrap();
    let claims: BTreeMap<String, bool> = claims.map_ok(|claim| (claim.cell, claim.firm)).try_collect().await.unwrap();
    assert_eq!(claims, expected, "exactly what the bookings hold is claimed");
    claims
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_races_with_random_overlaps_buffers_and_cancellations_never_sell_a_time_twice() {
    in_database(async |db| {
        let provider = party("Hemi");
        gigsta::provider::store::save(db, &provider_of(&provider)).await.unwrap();
        let score = Arc::new(Score::default());
        let mut racers = JoinSet::new();
        for seed in 0..RACERS {
            racers.spawn(race(db.clone(), provider.clone(), seed, score.clone()));
        }
        racers.join_all().await;
        let claims = check(db, &provider).await;
        let [won, lost, cancelled] =
            [&score.won, &score.lost, &score.cancelled].map(|count| count.load(Ordering::Relaxed));
        println!("won {won}, lost {lost}, cancelled {cancelled}, {} quarters claimed", claims.len());
        assert!(won > 500 && lost > 500 && cancelled > 100, "won {won}, lost {lost}, cancelled {cancelled}");
        // Every quarter of an hour that is still free can be sold.
        let small = Service { buffer_before_minutes: 0, buffer_after_minutes: 0, ..service() };
        let mut sold = 0;
        for quarter in 0..i64::try_from(QUARTERS).unwrap() {
            let start = FIRST.plus_minutes(quarter * 15);
            if claims.contains_key(&slots::cell_at(&provider.id, start)) {
                continue;
            }
            let mut last = draft(&party("Last"), &provider, small.clone(), start, NOON);
            last.state.ends_at = start.plus_minutes(15);
            let last = redrafted(last);
            store::insert_draft(db, &last, None).await.unwrap();
            act(db, &last, Role::Customer, "request", &[], NOON).await.unwrap();
            sold += 1;
        }
        println!("{sold} quarters that were left over are sold");
        check(db, &provider).await;
        assert_eq!(
            store::sweep(db, None, NOON).await.unwrap(),
            store::SweepReport::default(),
            "there is nothing to tidy up"
        );
    })
    .await;
}

#[tokio::test]
async fn a_claim_without_a_live_booking_is_found_freed_and_counted() {
    in_database(async |db| {
        let provider = party("Hemi");
        gigsta::provider::store::save(db, &provider_of(&provider)).await.unwrap();
        let claims = db.collection::<SlotClaim>(SLOT_CLAIMS);
        let fine = crate::support::bookings::requested(db, &provider, service(), FIRST).await;
        let held = claims.count_documents(doc! {}).await.unwrap();
        let cancelled = crate::support::bookings::requested(db, &provider, service(), FIRST.plus_hours(6)).await;
        act(db, &cancelled, Role::Customer, "withdraw", &[], NOON).await.unwrap();
        let claim = |cell: &str, booking, until| SlotClaim { cell: cell.into(), booking, firm: true, until };
        let gone = ObjectId::parse_str(&cancelled.id).unwrap();
        let own = ObjectId::parse_str(&fine.id).unwrap();
        claims
            .insert_many([
                claim("a:0000000001", ObjectId::new(), None),
                claim("a:0000000002", gone, None),
                claim("a:0000000003", ObjectId::new(), Some(NOON)),
                claim("a:0000000004", ObjectId::new(), Some(NOON.plus_minutes(1))),
            ])
            .await
            .unwrap();
        assert_eq!(
            store::sweep(db, None, NOON).await.unwrap(),
            store::SweepReport { expired: 1, orphaned: 2, next: None }
        );
        assert_eq!(claims.count_documents(doc! { "booking": own }).await.unwrap(), held);
        assert_eq!(claims.count_documents(doc! {}).await.unwrap(), held + 1, "the living hold stays");
    })
    .await;
}
