//! The model of the store that simulations use, against the real one: the same questions, and every answer compared.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures::TryStreamExt;
use gigsta::account::model::Account;
use gigsta::booking::machine::aggregate::Party;
use gigsta::booking::machine::{Actor, Ask, Booking, Facts, Inputs, Role, Row, TABLE, Transition, decide, next_due};
use gigsta::booking::model::{BOOKINGS, BookingDocument, QueuedEntry, SLOT_CLAIMS, SlotClaim};
use gigsta::booking::slots;
use gigsta::booking::store::work as worker;
use gigsta::booking::store::{self, ApplyError, Command};
use gigsta::provider::store as providers;
use gigsta::simulate::driver::NOON;
use gigsta::simulate::market;
use gigsta::simulate::random::Random;
use gigsta::simulate::store::{Claim, Lease, Loaded, Refusal, Store};
use gigsta::simulate::typed::typed;
use gigsta::time::Timestamp;
use gigsta::web::db::Db;
use gigsta::worker::plan;
use mongodb::bson::doc;
use mongodb::bson::oid::ObjectId;

use crate::support::bookings::provider_of;
use crate::support::database::in_database;

const BOOKINGS_MADE: u32 = 40;
const STEPS: u32 = 700;

/// Both stores, asked the same.
struct Both<'a> {
    model: Store,
    db: &'a Db,
}

fn id_of(id: &str) -> ObjectId {
    ObjectId::parse_str(id).unwrap()
}

fn refusal(error: ApplyError) -> Refusal {
    match error {
        ApplyError::Stale => Refusal::Stale,
        ApplyError::SlotTaken => Refusal::SlotTaken,
        ApplyError::Database(error) => panic!("{error}"),
    }
}

/// The hours of the providers that the tests make, whoever they are.
fn works(from: Timestamp, to: Timestamp) -> bool {
    let anybody = Party { id: ObjectId::from_bytes([0; 12]).to_hex(), name: "Hemi".into() };
    provider_of(&anybody).calendar().works(from, to)
}

impl<'a> Both<'a> {
    /// Two empty stores with the same people.
    async fn new(db: &'a Db) -> Both<'a> {
        let mut model = Store::new(TABLE);
        market::people(&mut model);
        for (id, customer) in &model.customers {
            let account = Account {
                id: id_of(id),
                email: format!("{id}@demo.test"),
                name: "Aroha".into(),
                password_hash: "none".into(),
                is_admin: false,
                email_verified: customer.email_verified,
                phone: customer.profile_complete.then(|| "+64 21 555 0142".into()),
                address: customer.profile_complete.then(|| "1 Tory Street, Te Aro, Wellington".into()),
                place: None,
                zone: "Pacific/Auckland".into(),
                created_at: NOON,
            };
            gigsta::account::store::save(db, account).await.unwrap();
        }
        for (id, provider) in &mut model.providers {
            provider.works = works;
            let mut real = provider_of(&Party { id: id.clone(), name: "Hemi".into() });
            real.active = provider.active;
            providers::save(db, &real).await.unwrap();
        }
        Both { model, db }
    }

    async fn insert_draft(&mut self, booking: Booking, command: Option<Command>) -> bool {
        let real = store::insert_draft(self.db, &booking, command.clone()).await.is_ok();
        assert_eq!(self.model.insert_draft(booking, command), real);
        real
    }

    async fn load(&self, id: &str, now: Timestamp) -> Option<Loaded> {
        let real = store::load(self.db, id, now).await.unwrap();
        let model = self.model.load(id, now);
        let model_parts = model.as_ref().map(|loaded| (&*loaded.booking, &loaded.commands, &loaded.facts));
        assert_eq!(model_parts, real.as_ref().map(|loaded| (&loaded.booking, &loaded.commands, &loaded.facts)));
        model
    }

    async fn new_time_free(&self, booking: &Booking, starts_at: Timestamp, now: Timestamp) -> bool {
        let real = store::new_time_free(self.db, booking, starts_at, now).await.unwrap();
        assert_eq!(self.model.new_time_free(booking, starts_at, now), real);
        real
    }

    async fn take_code_try(&mut self, id: &str) -> bool {
        let real = store::take_code_try(self.db, id).await.unwrap();
        assert_eq!(self.model.take_code_try(id), real);
        real
    }

    async fn apply(
        &mut self,
        before: &Booking,
        transition: Transition,
        command: Option<Command>,
    ) -> Result<Arc<Booking>, Refusal> {
        let real = store::apply(self.db, before, transition.clone(), command.clone()).await.map_err(refusal);
        self.same(real, before, |model| model.apply(before, transition, command))
    }

    async fn apply_leased(
        &mut self,
        before: &Booking,
        transition: Transition,
        token: i64,
    ) -> Result<Arc<Booking>, Refusal> {
        let real = store::apply_leased(self.db, before, transition.clone(), token).await.map_err(refusal);
        self.same(real, before, |model| model.apply_leased(before, transition, token))
    }

    fn same(
        &mut self,
        real: Result<Booking, Refusal>,
        before: &Booking,
        ask: impl FnOnce(&mut Store) -> Result<Arc<Booking>, Refusal>,
    ) -> Result<Arc<Booking>, Refusal> {
        let model = ask(&mut self.model);
        assert_eq!(model.as_deref(), real.as_ref(), "{} at {}", before.id, before.version);
        model
    }

    async fn hold(&mut self, id: &str, cells: &[String], until: Timestamp, now: Timestamp) -> Result<(), Refusal> {
        let real = store::hold(self.db, id_of(id), cells, until, now).await.map_err(refusal);
        assert_eq!(self.model.hold(id, cells, until, now), real);
        real
    }

    async fn release(&mut self, id: &str) {
        let real = store::release(self.db, id_of(id)).await.unwrap();
        assert_eq!(u64::try_from(self.model.release(id)).unwrap(), real);
    }

    async fn sweep(&mut self, now: Timestamp) {
        let real = store::sweep(self.db, None, now).await.unwrap();
        let (expired, orphaned) = self.model.sweep(now);
        assert_eq!((u64::try_from(expired).unwrap(), u64::try_from(orphaned).unwrap()), (real.expired, real.orphaned));
    }

    async fn find_due(&self, now: Timestamp) -> Vec<String> {
        let real = store::find_due(self.db, now, 1_000).await.unwrap();
        let mut sorted = (self.model.find_due(now, 1_000), real.clone());
        sorted.0.sort();
        sorted.1.sort();
        assert_eq!(sorted.0, sorted.1);
        real
    }

    /// The lease of both, each to be used with its own store.
    async fn lease(&mut self, now: Timestamp) -> Option<(Lease, worker::Lease)> {
        let real = worker::lease(self.db, now).await.unwrap();
        let model = self.model.lease(now);
        let of_model = model.as_ref().map(|lease| (lease.booking.id.clone(), lease.token));
        assert_eq!(of_model, real.as_ref().map(|lease| (lease.id.to_hex(), lease.token)));
        Some((model?, real?))
    }

    async fn settle(
        &mut self,
        lease: &(Lease, worker::Lease),
        version: i64,
        left: (Vec<QueuedEntry>, gigsta::booking::model::Work, Option<Timestamp>),
    ) -> bool {
        let (outbox, work, wake_at) = left;
        let real = worker::settle(self.db, &lease.1, version, &outbox, &work, wake_at).await.unwrap();
        assert_eq!(self.model.settle(&lease.0, version, outbox, work, wake_at), real);
        real
    }

    /// Everything that is stored, field by field.
    async fn compare(&self) {
        let bookings = self.db.collection::<BookingDocument>(BOOKINGS);
        let found = bookings.find(doc! {}).sort(doc! { "_id": 1 }).await.unwrap();
        let real: Vec<BookingDocument> = found.try_collect().await.unwrap();
        assert_eq!(self.model.all().count(), real.len());
        for (model, real) in self.model.all().zip(real) {
            assert_eq!(model.commands, real.commands);
            assert_eq!(model.outbox, real.outbox);
            assert_eq!((model.wake_at, &model.work), (real.wake_at, &real.work), "{}", model.booking.id);
            let due = real.next_due_action.as_deref().zip(real.next_due_at);
            assert_eq!(model.next_due, due);
            assert_eq!(model.code_tries, real.code_tries);
            assert_eq!(slots::booked(&model.booking), real.cells);
            assert_eq!(*model.booking, Booking::from(real));
        }
        let claims = self.db.collection::<SlotClaim>(SLOT_CLAIMS).find(doc! {}).await.unwrap();
        let claim = |claim: SlotClaim| {
            let SlotClaim { cell, booking, firm, until } = claim;
            (cell, Claim { booking: booking.to_hex(), firm, until })
        };
        let claims: BTreeMap<String, Claim> = claims.map_ok(claim).try_collect().await.unwrap();
        assert_eq!(*self.model.claims(), claims);
    }
}

fn decided(booking: &Booking, role: Role, row: &Row, facts: &Facts, now: Timestamp, pick: u64) -> Option<Transition> {
    let inputs = Inputs::parse(row, &typed(row, booking, now, pick), booking).ok()?;
    let actor: Actor = market::actor(booking, role);
    decide(&Ask { booking, actor: &actor, row, inputs: &inputs, facts, now }).ok()
}

/// What happened, so that the test knows that it has tested something.
#[derive(Debug, Default)]
struct Score {
    done: u32,
    stale: u32,
    taken: u32,
    held: u32,
    not_held: u32,
    struck: u32,
    lost: u32,
    settled: u32,
}

struct Walk<'a> {
    both: Both<'a>,
    random: Random,
    now: Timestamp,
    /// Every version of every booking that somebody may still have before them.
    seen: Vec<Vec<Arc<Booking>>>,
    /// Leases whose holders have not come back.
    away: Vec<(Lease, worker::Lease)>,
    score: Score,
}

impl Walk<'_> {
    async fn step(&mut self, number: u32) {
        // No two things happen in one millisecond.
        self.now = Timestamp(self.now.plus_minutes(self.random.between(1, 90)).0 + 7);
        let at = usize::try_from(self.random.below(u64::from(BOOKINGS_MADE))).unwrap();
        let current = self.seen[at].last().unwrap().clone();
        match self.random.below(20) {
            0 => {
                self.both.find_due(self.now).await;
                self.both.take_code_try(&current.id).await;
            }
            1 => self.both.sweep(self.now).await,
            2 => self.both.release(&current.id).await,
            3 | 4 => {
                let until = self.now.plus_minutes(self.random.between(15, 600));
                let held = self.both.hold(&current.id, &slots::booked(&current), until, self.now).await;
                self.score.held += u32::from(held.is_ok());
                self.score.not_held += u32::from(held.is_err());
            }
            5 => {
                let starts_at = current.state.starts_at.plus_minutes(15 * self.random.between(-20, 20));
                self.both.new_time_free(&current, starts_at, self.now).await;
            }
            6..=9 => self.work().await,
            _ => self.act(number, at, &current).await,
        }
    }

    async fn act(&mut self, number: u32, at: usize, current: &Arc<Booking>) {
        let facts = self.both.load(&current.id, self.now).await.unwrap().facts;
        // Some decide on what they saw a while ago, and some are told that all is well when it is not.
        let late = self.random.one_in(4).then(|| self.random.pick(&self.seen[at]).cloned()).flatten();
        let before = late.unwrap_or_else(|| current.clone());
        let facts = if self.random.one_in(2) { facts } else { Facts::good() };
        let status = before.state.status;
        let mut possible = Vec::new();
        for row in TABLE.rows().iter().filter(|row| row.edges.iter().any(|edge| edge.from.contains(&status))) {
            for role in [Role::Customer, Role::Provider, Role::Admin] {
                let pick = self.random.number();
                let rare = u64::from(!row.is_critical) * 5 + 1;
                possible.extend(decided(&before, role, row, &facts, self.now, pick).map(|done| (rare, done)));
            }
        }
        let Some(transition) = self.random.weighted(&possible).cloned() else { return };
        let command = self.random.one_in(2).then(|| Command {
            command_id: format!("command-{number}"),
            digest: format!("{number}"),
            version: before.version + 1,
        });
        let outcome = self.both.apply(&before, transition, command).await;
        self.note(at, outcome);
    }

    fn note(&mut self, at: usize, outcome: Result<Arc<Booking>, Refusal>) {
        match outcome {
            Ok(after) => {
                self.score.done += 1;
                self.seen[at].push(after);
            }
            Err(Refusal::Stale) => self.score.stale += 1,
            Err(Refusal::SlotTaken) => self.score.taken += 1,
        }
    }

    /// A worker that sometimes stays away in the middle, and comes back after somebody else has done its work.
    async fn work(&mut self) {
        let back = self.random.one_in(4).then(|| self.away.pop()).flatten();
        let lease = match back {
            Some(lease) => Some(lease),
            None => self.both.lease(self.now).await,
        };
        let Some(lease) = lease else { return };
        if self.random.one_in(4) {
            return self.away.push(lease);
        }
        let (mut booking, mut outbox) = (lease.0.booking.clone(), lease.0.outbox.clone());
        let due = next_due(TABLE, &booking).filter(|(_, at)| *at <= self.now);
        if let Some(row) = due.and_then(|(action, _)| TABLE.row(action)) {
            let transition = decided(&booking, Role::System, row, &Facts::good(), self.now, 0).unwrap();
            let effects = transition.outbox.clone();
            match self.both.apply_leased(&booking, transition, lease.0.token).await {
                Ok(after) => {
                    self.score.struck += 1;
                    let at = self.seen.iter().position(|seen| seen[0].id == after.id).unwrap();
                    self.seen[at].push(after.clone());
                    outbox.extend(effects.into_iter().map(QueuedEntry::from));
                    booking = after;
                }
                Err(_) => return self.score.lost += 1,
            }
        }
        let mut work = lease.0.work.clone();
        let due: Vec<_> = plan::reminders_ahead(&booking, &work.reminded).filter(|it| it.at <= self.now).collect();
        work.reminded.extend(due.iter().map(plan::mark));
        // What was done leaves the list; some of it fails.
        outbox.retain(|_| self.random.one_in(5));
        let outbox: Vec<_> = outbox.into_iter().map(|one| one.failed("Away.".into(), self.now, 3)).collect();
        work.lease = lease.0.token;
        let wake_at = plan::wake_at(TABLE, &booking, &work.reminded, &outbox);
        if self.both.settle(&lease, booking.version, (outbox, work, wake_at)).await {
            self.score.settled += 1;
        } else {
            self.score.lost += 1;
        }
    }
}

async fn walk(db: &Db, seed: u64) -> Score {
    let both = Both::new(db).await;
    let mut walk = Walk {
        both,
        random: Random::new(seed),
        now: NOON,
        seen: Vec::new(),
        away: Vec::new(),
        score: Score::default(),
    };
    for number in 0..BOOKINGS_MADE {
        walk.now = Timestamp(walk.now.0 + 1_001);
        // Four after each other want the same time.
        let like = (number % 4 > 0).then(|| walk.seen[usize::try_from(number - 1).unwrap()][0].clone());
        let pick = walk.random.number();
        let draft = market::draft(seed, number, pick, like.as_deref(), walk.now);
        assert!(walk.both.insert_draft(draft.clone(), None).await);
        assert!(!walk.both.insert_draft(draft.clone(), None).await, "it is there already");
        walk.seen.push(vec![Arc::new(draft)]);
    }
    for number in 0..STEPS {
        walk.step(number).await;
        if number % 50 == 0 {
            walk.both.compare().await;
        }
    }
    walk.both.compare().await;
    walk.score
}

#[tokio::test]
async fn the_model_and_the_real_store_give_the_same_answers_and_keep_the_same() {
    let mut scores = Vec::new();
    for seed in 1..=4 {
        in_database(async |db| scores.push(walk(db, seed).await)).await;
    }
    println!("{scores:?}");
    let sum = |of: fn(&Score) -> u32| scores.iter().map(of).sum::<u32>();
    assert!(sum(|score| score.done) > 150 && sum(|score| score.stale) > 60, "{scores:?}");
    assert!(sum(|score| score.taken) > 8 && sum(|score| score.struck) > 20, "{scores:?}");
    assert!(sum(|score| score.held) > 40 && sum(|score| score.not_held) > 15, "{scores:?}");
    assert!(sum(|score| score.settled) > 100 && sum(|score| score.lost) > 10, "{scores:?}");
}

#[tokio::test]
async fn a_hold_a_claim_and_a_lost_lease_mean_the_same_to_both() {
    in_database(async |db| {
        let mut both = Both::new(db).await;
        // Two drafts for one time: the first holds it, and then it runs out.
        let now = NOON.plus_minutes(1);
        let mine =
            (0..).map(|pick| market::draft(9, 0, pick, None, NOON)).find(|one| one.service.holds_requests).unwrap();
        let other = market::draft(9, 1, 7, Some(&mine), now);
        both.insert_draft(mine.clone(), None).await;
        both.insert_draft(other.clone(), None).await;
        let cells = slots::booked(&mine);
        both.hold(&mine.id, &cells, now.plus_minutes(15), now).await.unwrap();
        assert_eq!(both.hold(&other.id, &cells, now.plus_minutes(15), now).await, Err(Refusal::SlotTaken));
        assert!(!both.load(&other.id, now).await.unwrap().facts.slot_free);
        assert!(both.load(&mine.id, now).await.unwrap().facts.slot_free);
        let later = now.plus_minutes(15);
        assert!(both.load(&other.id, later).await.unwrap().facts.slot_free);
        // A request takes the time from the hold that ran out, and a lease counts once.
        let row = TABLE.row("request").unwrap();
        let asked = decided(&mine, Role::Customer, row, &Facts::good(), later, 2).unwrap();
        both.apply(&mine, asked.clone(), None).await.unwrap();
        assert_eq!(both.apply(&mine, asked.clone(), None).await, Err(Refusal::Stale));
        let lease = both.lease(later).await.unwrap();
        assert_eq!(both.apply_leased(&mine, asked, lease.0.token + 1).await, Err(Refusal::Stale));
        let nothing = (Vec::new(), lease.0.work.clone(), None);
        assert!(!both.settle(&lease, lease.0.booking.version + 1, nothing.clone()).await, "it has moved on");
        assert!(both.settle(&lease, lease.0.booking.version, nothing).await);
        both.sweep(later).await;
        both.compare().await;
    })
    .await;
}
