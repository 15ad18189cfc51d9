//! Every clock of the machine and every reminder, at its instant and not a millisecond before.

use std::collections::BTreeSet;

use gigsta::booking::machine::{Booking, Role, Status, TABLE, history};
use gigsta::booking::model::BOOKINGS;
use gigsta::booking::store;
use gigsta::time::Timestamp;
use gigsta::web::db::Db;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};

use super::{RECORDED, drain, recorded, stored, worker};
use crate::support::bookings::{NOON, act, draft, party, requested, service};
use crate::support::database::in_database;

const START: Timestamp = NOON.plus_hours(120);
const END: Timestamp = START.plus_hours(2);

/// Lets time pass from one thing to the next: each happens at its instant, none a millisecond before, nothing between.
async fn unfolds(
    db: &Db,
    seen: &mut BTreeSet<String>,
    booking: &Booking,
    from: Timestamp,
    expected: &[(&str, Timestamp)],
) {
    // What other bookings do later is not looked at here.
    let others = doc! { "_id": { "$ne": ObjectId::parse_str(&booking.id).unwrap() } };
    db.collection::<Document>(BOOKINGS).delete_many(others).await.unwrap();
    let worker = worker(db);
    drain(&worker, from).await;
    for (name, at) in expected {
        db.collection::<Document>(RECORDED).delete_many(doc! {}).await.unwrap();
        let before = stored(db, &booking.id).await;
        assert_eq!(drain(&worker, Timestamp(at.0 - 1)).await, 0, "{name}: too early");
        assert_eq!(stored(db, &booking.id).await, before, "{name}: too early");
        assert!(drain(&worker, *at).await > 0, "{name}: not at its instant");
        let after = stored(db, &booking.id).await;
        let moved: Vec<_> = after.history.iter().skip(before.history.len()).collect();
        let told = recorded(db).await;
        if TABLE.row(name).is_some() {
            assert_eq!(
                moved.iter().map(|event| (event.action_name.as_str(), event.at)).collect::<Vec<_>>(),
                [(*name, *at)]
            );
            assert!(told.iter().all(|(kind, ..)| kind != "reminder"), "{name}: {told:?}");
        } else {
            assert!(moved.is_empty(), "{name}: {moved:?}");
            let right = |(kind, action, done_at, calls): &(String, String, Timestamp, i64)| {
                kind == "reminder" && action == name && done_at == at && *calls == 1
            };
            assert!(!told.is_empty() && told.iter().all(right), "{name}: {told:?}");
        }
        assert!(after.outbox.is_empty(), "{name}");
        assert_eq!(drain(&worker, *at).await, 0, "{name}: once");
        seen.insert((*name).into());
        assert_eq!(history::verify(&Booking::from(after)), Ok(()));
    }
}

#[tokio::test]
async fn every_clock_and_every_reminder_comes_at_its_instant_and_not_before() {
    in_database(async |db| {
        let mut seen = BTreeSet::new();
        let mut all = async |booking: &Booking, from, expected: &[(&str, Timestamp)]| {
            unfolds(db, &mut seen, booking, from, expected).await;
        };
        let sketch = draft(&party("Aroha"), &party("Hemi"), service(), START, NOON);
        store::insert_draft(db, &sketch, None).await.unwrap();
        all(&sketch, NOON, &[("expire_draft", NOON.plus_hours(24))]).await;

        let asked = async || requested(db, &party("Hemi"), service(), START).await;
        let minutes = |m| NOON.plus_minutes(m);
        let answer =
            [("answer_half", minutes(720)), ("answer_nearly_over", minutes(1296)), ("expire_request", minutes(1440))];
        all(&asked().await, NOON, &answer).await;

        let quoted = act(db, &asked().await, Role::Provider, "quote", &[("amount", "99")], NOON).await.unwrap();
        all(&quoted, NOON, &[("expire_request", NOON.plus_hours(72))]).await;

        let accepted = async || act(db, &asked().await, Role::Provider, "accept", &[], NOON).await.unwrap();
        let unattended = [
            ("starting_soon", START.plus_hours(-24)),
            ("is_it_done", END.plus_hours(24)),
            ("mark_unattended", END.plus_hours(72)),
            ("auto_complete", END.plus_hours(144)),
            ("close_reviews", END.plus_hours(144 + 14 * 24)),
        ];
        let booking = accepted().await;
        all(&booking, NOON, &unattended).await;
        let document = stored(db, &booking.id).await;
        assert_eq!((document.state.status, document.wake_at), (Status::Completed, None), "nothing is to come");

        let later = START.plus_hours(48).local_field("Pacific/Auckland");
        let proposed =
            act(db, &accepted().await, Role::Provider, "propose_change", &[("starts_at", &later)], NOON).await;
        let lapses = [("lapse_change", NOON.plus_hours(48)), ("starting_soon", START.plus_hours(-24))];
        all(&proposed.unwrap(), NOON, &lapses).await;

        let late = START.plus_minutes(20);
        let absent = act(db, &accepted().await, Role::Customer, "report_no_show", &[], late).await.unwrap();
        all(&absent, late, &[("settle_no_show", late.plus_hours(24))]).await;

        let working = act(db, &accepted().await, Role::Provider, "start", &[], START).await.unwrap();
        all(&working, START, &[("is_it_done", END.plus_hours(24)), ("mark_unattended", END.plus_hours(72))]).await;

        let working = act(db, &accepted().await, Role::Provider, "start", &[], START).await.unwrap();
        let reason = [("reason", "It still leaks")];
        let disputed = act(db, &working, Role::Customer, "open_dispute", &reason, END).await.unwrap();
        let alarms = [("dispute_alarm", END.plus_hours(7 * 24)), ("dispute_due", END.plus_hours(14 * 24))];
        all(&disputed, END, &alarms).await;

        let clocks = TABLE.rows().iter().filter(|row| row.clock.is_some()).map(|row| row.action_name);
        let reminders =
            ["answer_half", "answer_nearly_over", "starting_soon", "is_it_done", "dispute_alarm", "dispute_due"];
        assert_eq!(seen, clocks.chain(reminders).map(Into::into).collect::<BTreeSet<String>>(), "none was left out");
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_jumps_back_an_hour_repeats_nothing_and_loses_nothing() {
    in_database(async |db| {
        let worker = worker(db);
        let booking = requested(db, &party("Hemi"), service(), START).await;
        let half = NOON.plus_minutes(720);
        drain(&worker, half).await;
        let told = recorded(db).await;
        assert!(told.iter().any(|(_, action, ..)| action == "answer_half"));
        // An hour back: nothing is due, and what was told is not told again when its instant comes once more.
        let back = half.plus_hours(-1);
        assert_eq!(drain(&worker, back).await, 0);
        let accepted = act(db, &booking, Role::Provider, "accept", &[], back).await.unwrap();
        drain(&worker, back).await;
        drain(&worker, half).await;
        let again = recorded(db).await;
        assert!(again.iter().all(|(.., calls)| *calls == 1), "{again:?}");
        assert_eq!(again.len(), told.len() + 2, "the acceptance was told and the payment was seen to");
        // A clock that struck does not strike again.
        let end = accepted.state.ends_at.plus_hours(72);
        drain(&worker, end).await;
        let struck = stored(db, &booking.id).await;
        assert_eq!(struck.state.status, Status::AwaitingConfirmation);
        assert_eq!(drain(&worker, end.plus_hours(-1)).await, 0);
        assert_eq!(stored(db, &booking.id).await, struck);
        assert_eq!(history::verify(&Booking::from(struck)), Ok(()));
    })
    .await;
}
