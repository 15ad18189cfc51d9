//! The store on a real MongoDB.

use std::collections::BTreeMap;

use futures::TryStreamExt;
use gigsta::booking::machine::aggregate::Service;
use gigsta::booking::machine::{Booking, Role, Status, history};
use gigsta::booking::model::{BOOKINGS, BookingDocument, SLOT_CLAIMS, SlotClaim};
use gigsta::booking::slots;
use gigsta::booking::store::{self, ApplyError, Command, ListFilter, PutDraft};
use gigsta::server::audit::{self, AuditError};
use gigsta::server::migrations;
use gigsta::time::Timestamp;
use gigsta::web::db::Db;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};
use tokio::task::JoinSet;

use crate::support::bookings::{NOON, act, decided, draft, party, provider_of, requested, service, viewer};
use crate::support::database::in_database;

const START: Timestamp = NOON.plus_hours(48);

async fn claimed(db: &Db, booking: &Booking) -> BTreeMap<String, bool> {
    let id = ObjectId::parse_str(&booking.id).unwrap();
    let claims = db.collection::<SlotClaim>(SLOT_CLAIMS).find(doc! { "booking": id }).await.unwrap();
    claims.map_ok(|claim| (claim.cell, claim.firm)).try_collect().await.unwrap()
}

async fn stored(db: &Db, booking: &Booking) -> BookingDocument {
    let id = ObjectId::parse_str(&booking.id).unwrap();
    db.collection(BOOKINGS).find_one(doc! { "_id": id }).await.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_64_who_accept_overlapping_requests_of_one_provider_exactly_one_succeeds() {
    in_database(async |db| {
        let provider = party("Hemi");
        let open = Service { holds_requests: false, ..service() };
        let mut racers = JoinSet::new();
        for n in 0..64 {
            // Two hours from somewhere within one hour: all share the hour's end.
            let booking = requested(db, &provider, open.clone(), START.plus_minutes(n % 5 * 15)).await;
            assert!(claimed(db, &booking).await.is_empty());
            let db = db.clone();
            racers.spawn(async move { act(&db, &booking, Role::Provider, "accept", &[], NOON).await });
        }
        let outcomes = racers.join_all().await;
        let won: Vec<&Booking> = outcomes.iter().filter_map(|outcome| outcome.as_ref().ok()).collect();
        let taken = outcomes.iter().filter(|outcome| matches!(outcome, Err(ApplyError::SlotTaken))).count();
        assert_eq!((won.len(), taken), (1, 63), "{outcomes:?}");
        assert_eq!(claimed(db, won[0]).await, slots::claims(won[0]));
        let counts = store::count_by_status(db).await.unwrap();
        assert_eq!(counts, BTreeMap::from([(Status::Requested, 63), (Status::Accepted, 1)]));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn adjacent_times_of_one_provider_can_all_be_sold_at_once() {
    in_database(async |db| {
        let provider = party("Hemi");
        let mut racers = JoinSet::new();
        for n in 0..8 {
            let draft = draft(&party("Aroha"), &provider, service(), START.plus_minutes(n * 150), NOON);
            store::insert_draft(db, &draft, None).await.unwrap();
            let db = db.clone();
            racers.spawn(async move { act(&db, &draft, Role::Customer, "request", &[], NOON).await });
        }
        for outcome in racers.join_all().await {
            outcome.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn of_two_who_act_on_one_version_one_is_stale_and_wrote_nothing() {
    in_database(async |db| {
        let booking = requested(db, &party("Hemi"), service(), START).await;
        let accept = act(db, &booking, Role::Provider, "accept", &[], NOON);
        let withdraw = act(db, &booking, Role::Customer, "withdraw", &[], NOON);
        let (accepted, withdrawn) = tokio::join!(accept, withdraw);
        let after = match (accepted, withdrawn) {
            (Ok(after), Err(ApplyError::Stale)) | (Err(ApplyError::Stale), Ok(after)) => after,
            other => panic!("{other:?}"),
        };
        assert_eq!(Booking::from(stored(db, &booking).await), after);
        assert_eq!(claimed(db, &booking).await, slots::claims(&after));
    })
    .await;
}

#[tokio::test]
async fn one_write_keeps_the_event_the_outbox_the_command_and_the_clock() {
    in_database(async |db| {
        let booking = requested(db, &party("Hemi"), service(), START).await;
        let transition = decided(&booking, Role::Provider, "quote", &[("amount", "99.90")], NOON);
        let command = Command { command_id: "k1".into(), digest: "d1".into(), version: 3 };
        let expected = transition.clone().applied_to(&booking);
        let outbox = transition.outbox.clone();
        let after = store::apply(db, &booking, transition, Some(command.clone())).await.unwrap();
        assert_eq!(after, expected);
        let stored = stored(db, &booking).await;
        assert_eq!(stored.commands, [command]);
        assert!(!outbox.is_empty() && stored.outbox.iter().map(|queued| &queued.entry).skip(1).eq(&outbox));
        assert_eq!(stored.next_due_action.as_deref(), Some("expire_request"));
        assert_eq!(stored.next_due_at, Some(START.plus_hours(-2)));
        assert_eq!(Booking::from(stored), after);
        assert_eq!(history::verify(&after), Ok(()), "integers survive the database");

        let declined = act(db, &after, Role::Customer, "decline_quote", &[], NOON).await.unwrap();
        let stored = self::stored(db, &booking).await;
        let clock = (stored.next_due_at, &stored.next_due_action);
        assert_eq!(clock, (None, &None), "a final booking has no clock");
        assert_eq!(Booking::from(stored), declined);
    })
    .await;
}

#[tokio::test]
async fn claims_follow_the_booking_through_its_life() {
    in_database(async |db| {
        let hemi = party("Hemi");
        let mut booking = requested(db, &hemi, service(), START).await;
        let later = START.plus_hours(24);
        let text = later.local_field("Pacific/Auckland");
        let propose = [("starts_at", text.as_str())];
        // The sum of soft and firm cells after each step: 2 hours and two buffers are 10 cells.
        type Step<'a> = (Role, &'a str, &'a [(&'a str, &'a str)], usize, usize);
        let steps: [Step; 7] = [
            (Role::Provider, "accept", &[], 0, 10),
            (Role::Provider, "propose_change", &propose, 10, 10),
            (Role::Customer, "decline_change", &[], 0, 10),
            (Role::Provider, "propose_change", &propose, 10, 10),
            (Role::Provider, "withdraw_change", &[], 0, 10),
            (Role::Provider, "propose_change", &propose, 10, 10),
            (Role::Customer, "accept_change", &[], 0, 10),
        ];
        let soft_and_firm = |claims: &BTreeMap<String, bool>| {
            let firm = claims.values().filter(|firm| **firm).count();
            (claims.len() - firm, firm)
        };
        assert_eq!(soft_and_firm(&claimed(db, &booking).await), (10, 0));
        for (role, action, inputs, soft, firm) in steps {
            booking = act(db, &booking, role, action, inputs, NOON).await.unwrap();
            let claims = claimed(db, &booking).await;
            assert_eq!(soft_and_firm(&claims), (soft, firm), "{action}");
            assert_eq!(claims, slots::claims(&booking), "{action}");
        }
        assert_eq!(booking.state.starts_at, later);
        assert!(stored(db, &booking).await.cells.contains(&slots::cell_at(&hemi.id, later)));
        let cancelled = act(db, &booking, Role::Customer, "cancel", &[("reason", "rain")], NOON).await.unwrap();
        assert!(claimed(db, &cancelled).await.is_empty());
        // The time it had first can be sold again.
        requested(db, &hemi, service(), START).await;
    })
    .await;
}

#[tokio::test]
async fn a_time_that_is_taken_is_told_with_the_next_free_ones() {
    in_database(async |db| {
        let hemi = party("Hemi");
        gigsta::provider::store::save(db, &provider_of(&hemi)).await.unwrap();
        let mine = requested(db, &hemi, service(), START).await;
        let late = draft(&party("Liam"), &hemi, service(), START.plus_hours(1), NOON);
        store::insert_draft(db, &late, None).await.unwrap();
        let outcome = act(db, &late, Role::Customer, "request", &[], NOON).await;
        assert!(matches!(outcome, Err(ApplyError::SlotTaken)), "{outcome:?}");
        assert_eq!(stored(db, &late).await.version, 1, "the update was undone with the claims");

        let seen = store::load(db, &late.id, NOON).await.unwrap().unwrap();
        assert!(!seen.facts.slot_free);
        assert!(store::load(db, &mine.id, NOON).await.unwrap().unwrap().facts.slot_free, "its own claims do not count");
        assert!(!store::new_time_free(db, &late, START.plus_hours(-1), NOON).await.unwrap());
        assert!(store::new_time_free(db, &mine, START.plus_hours(-1), NOON).await.unwrap());

        // 12:00-14:00 with buffers is held; 13:00 was wanted; buffers on both sides need half an hour.
        let free = store::next_free_times(db, &late, NOON).await.unwrap();
        let free: Vec<String> = free.into_iter().map(|at| at.short_text("Pacific/Auckland")).collect();
        assert_eq!(free, ["8 Dec, 2:30 pm", "8 Dec, 3:00 pm", "8 Dec, 3:30 pm"]);
    })
    .await;
}

#[tokio::test]
async fn nobody_outside_a_booking_learns_that_it_exists() {
    in_database(async |db| {
        let booking = requested(db, &party("Hemi"), service(), START).await;
        for (who, is_admin, sees) in [
            (booking.customer.id.as_str(), false, true),
            (booking.provider.id.as_str(), false, true),
            ("000000000000000000000001", false, false),
            ("000000000000000000000001", true, true),
            ("", false, false),
        ] {
            let found = store::find_for(db, &viewer(who, is_admin), &booking.id, NOON).await.unwrap();
            assert_eq!(found.is_some(), sees, "{who} {is_admin}");
            let (list, _) = store::list_for(db, &viewer(who, is_admin), &ListFilter::default()).await.unwrap();
            assert_eq!(list.len(), usize::from(sees), "{who} {is_admin}");
        }
        for nonsense in ["", "zzz", "../etc", "{\"$ne\":null}"] {
            assert!(store::find_for(db, &viewer("x", true), nonsense, NOON).await.unwrap().is_none());
        }
    })
    .await;
}

#[tokio::test]
async fn pages_show_every_booking_once_even_where_many_start_together() {
    in_database(async |db| {
        let aroha = party("Aroha");
        let mut made = std::collections::BTreeSet::new();
        for n in 0..47 {
            let other = party("Other");
            let (customer, provider) = if n % 3 == 0 { (&other, &aroha) } else { (&aroha, &other) };
            // Without a hold many may ask for the same time.
            let open = Service { holds_requests: false, ..service() };
            let draft = draft(customer, provider, open, START.plus_hours(n / 10), NOON);
            store::insert_draft(db, &draft, None).await.unwrap();
            made.insert(act(db, &draft, Role::Customer, "request", &[], NOON).await.unwrap().id);
        }
        let mut filter = ListFilter { status: Some(Status::Requested), ..Default::default() };
        let (mut seen, mut sizes) = (Vec::new(), Vec::new());
        loop {
            let (page, next) = store::list_for(db, &viewer(&aroha.id, false), &filter).await.unwrap();
            sizes.push(page.len());
            seen.extend(page.into_iter().map(|(booking, _)| (booking.state.starts_at, booking.id)));
            filter.cursor = next;
            if filter.cursor.is_none() {
                break;
            }
        }
        assert_eq!(sizes, [20, 20, 7]);
        assert!(seen.is_sorted_by(|a, b| a > b), "latest start first, and no booking twice");
        assert_eq!(seen.into_iter().map(|(_, id)| id).collect::<std::collections::BTreeSet<_>>(), made);
        let filter = ListFilter { role: Some(Role::Provider), ..Default::default() };
        let (page, next) = store::list_for(db, &viewer(&aroha.id, false), &filter).await.unwrap();
        assert_eq!((page.len(), next), (16, None));
    })
    .await;
}

#[tokio::test]
async fn a_history_that_was_tampered_with_is_found() {
    in_database(async |db| {
        let mut booking = requested(db, &party("Hemi"), service(), START).await;
        booking = act(db, &booking, Role::Provider, "accept", &[], NOON).await.unwrap();
        assert_eq!(audit::verify(db).await.unwrap(), 1);
        let bookings = db.collection::<Document>(BOOKINGS);
        let tamperings = [
            (doc! { "$set": { "history.1.message": "never said" } }, doc! { "$set": { "history.1.message": null } }),
            (doc! { "$set": { "state.price.amount": 1_i64 } }, doc! { "$set": { "state.price.amount": 12_000_i64 } }),
            (doc! { "$set": { "state.status": "nonsense" } }, doc! { "$set": { "state.status": "accepted" } }),
            (doc! { "$pop": { "history": 1 } }, doc! {}),
        ];
        for (tamper, mend) in tamperings {
            bookings.update_one(doc! {}, tamper.clone()).await.unwrap();
            match audit::verify(db).await {
                Err(AuditError::Fault(found)) => assert_eq!(found.id, booking.id),
                other => panic!("{tamper}: {other:?}"),
            }
            if !mend.is_empty() {
                bookings.update_one(doc! {}, mend).await.unwrap();
                assert_eq!(audit::verify(db).await.unwrap(), 1);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn migrations_run_once_and_two_servers_may_start_together() {
    in_database(async |db| {
        assert!(migrations::run(db).await.unwrap().is_empty(), "they ran before the test");
        let other = crate::support::database::connect(&format!("{}_b", db.database.name())).await;
        let (first, second) = tokio::join!(migrations::run(&other), migrations::run(&other));
        let mut ran = first.unwrap();
        ran.extend(second.unwrap());
        assert!(ran.contains(&1) && ran.contains(&2));
        assert!(migrations::run(&other).await.unwrap().is_empty());
        let indexes = other.collection::<Document>(BOOKINGS).list_index_names().await.unwrap();
        assert!(indexes.iter().any(|name| name == "wake_at_1"), "{indexes:?}");
        assert!(!indexes.iter().any(|name| name == "outbox.at_1"), "what a later one drops is gone: {indexes:?}");
        other.database.drop().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_reference_that_another_booking_has_is_told_apart_from_a_draft_that_was_sent() {
    in_database(async |db| {
        let hemi = party("Hemi");
        let new = || draft(&party("Aroha"), &hemi, service(), NOON.plus_hours(48), NOON);
        let (first, mut second) = (new(), new());
        assert_eq!(store::put_draft(db, &first).await.unwrap(), PutDraft::Written);
        assert_eq!(store::put_draft(db, &first).await.unwrap(), PutDraft::Written, "put again");
        second.reference.clone_from(&first.reference);
        assert_eq!(store::put_draft(db, &second).await.unwrap(), PutDraft::ReferenceTaken);
        assert!(store::load(db, &second.id, NOON).await.unwrap().is_none());
        second.reference = new().reference;
        assert_eq!(store::put_draft(db, &second).await.unwrap(), PutDraft::Written);
        second.reference.clone_from(&first.reference);
        assert_eq!(store::put_draft(db, &second).await.unwrap(), PutDraft::ReferenceTaken, "in place of its own");
        act(db, &first, Role::Customer, "request", &[], NOON).await.unwrap();
        assert_eq!(store::put_draft(db, &first).await.unwrap(), PutDraft::MovedOn);
    })
    .await;
}
