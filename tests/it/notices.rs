//! Telling people: once, only what is true, in the app and by mail as they have chosen.

mod late;
mod pages;

use futures::TryStreamExt;
use futures::future::join_all;
use gigsta::account::model::{ACCOUNTS, Account};
use gigsta::account::session;
use gigsta::account::store::Which;
use gigsta::booking::delivery::Delivery;
use gigsta::booking::machine::outbox::{OutboxEntry, OutboxKind};
use gigsta::booking::machine::{Booking, Role};
use gigsta::booking::store as bookings;
use gigsta::mail::model::{MAILS, Mail};
use gigsta::notice::deliver::deliver;
use gigsta::notice::kinds::Group;
use gigsta::notice::model::{NOTICES, Notice};
use gigsta::notice::quiet::Quiet;
use gigsta::notice::store;
use gigsta::time::{Timestamp, parse};
use gigsta::web::db::Db;
use mongodb::bson::doc;
use mongodb::bson::oid::ObjectId;

use crate::support::ask::person;
use crate::support::bookings::{NOON, decided, draft, party, service};
use crate::support::database::in_database;
use crate::support::people::Person;
use crate::support::server::{Answer, Server};

/// A server, two people, and a booking of theirs that is moved without being written.
struct Street {
    server: Server,
    customer: Person,
    provider: Person,
    booking: Booking,
    now: Timestamp,
}

impl Street {
    async fn new(db: &Db) -> Street {
        let server = Server::start(db, |_| ()).await;
        let customer = person(&server, "aroha").await;
        let provider = person(&server, "hemi").await;
        let booking = draft(&customer.party, &provider.party, service(), NOON.plus_hours(120), NOON);
        bookings::insert_draft(db, &booking, None).await.unwrap();
        Street { server, customer, provider, booking, now: NOON }
    }

    /// Does something an hour later, and gives what is to be told of it.
    fn act(&mut self, role: Role, action: &str, inputs: &[(&str, &str)]) -> Vec<OutboxEntry> {
        self.now = self.now.plus_hours(1);
        let done = decided(&self.booking, role, action, inputs, self.now);
        let entries = done.outbox.clone();
        self.booking = done.applied_to(&self.booking);
        entries
            .into_iter()
            .filter(|entry| matches!(entry.kind, OutboxKind::Notice | OutboxKind::InviteReviews))
            .collect()
    }

    async fn deliver(&self, entry: &OutboxEntry) -> Delivery {
        deliver(&self.server.state.db, &self.server.state.site, &self.booking, entry, self.now).await.unwrap()
    }

    /// Does something and tells it.
    async fn happen(&mut self, role: Role, action: &str, inputs: &[(&str, &str)]) {
        for entry in self.act(role, action, inputs) {
            assert_eq!(self.deliver(&entry).await, Delivery::Done, "{action}");
        }
    }

    async fn notices(&self, account: &str) -> Vec<Notice> {
        let notices = self.server.state.db.collection::<Notice>(NOTICES);
        let found = notices.find(doc! { "to": account }).sort(doc! { "at": 1 }).await.unwrap();
        found.try_collect().await.unwrap()
    }

    async fn count_unread(&self, account: &str) -> usize {
        self.notices(account).await.iter().filter(|notice| notice.unread.is_some()).count()
    }

    async fn mails(&self, email: &str) -> Vec<Mail> {
        let mails = self.server.state.db.collection::<Mail>(MAILS);
        let found = mails.find(doc! { "to": email }).sort(doc! { "at": 1 }).await.unwrap();
        found.try_collect().await.unwrap()
    }

    async fn get(&self, who: &Person, path: &str) -> Answer {
        self.server.get(path, &[("cookie", &who.cookie)]).await
    }

    async fn post(&self, who: &Person, path: &str, form: &str) -> Answer {
        self.server.post(path, &[("cookie", &who.cookie)], form).await
    }
}

fn kinds(notices: &[Notice]) -> Vec<&str> {
    notices.iter().map(|notice| notice.kind.as_str()).collect()
}

async fn admin(server: &Server, name: &str) -> Person {
    let person = person(server, name).await;
    let id = ObjectId::parse_str(&person.party.id).unwrap();
    let accounts = server.state.db.collection::<Account>(ACCOUNTS);
    accounts.update_one(doc! { "_id": id }, doc! { "$set": { "is_admin": true } }).await.unwrap();
    person
}

/// Every query of this room, at least once.
pub async fn ask_everything(db: &Db) {
    let id = ObjectId::new();
    let account = id.to_hex();
    for number in 0..30 {
        let notice = Notice {
            key: format!("x:{number}:{account}"),
            to: account.clone(),
            kind: "request".into(),
            booking: Some("b".into()),
            href: "/bookings/b".into(),
            title: "x".into(),
            text: "x".into(),
            at: NOON.plus_minutes(number),
            unread: Some(true),
            read_at: None,
        };
        store::put(db, &notice).await.unwrap();
    }
    let (_, cursor) = store::newest(db, &account, None).await.unwrap();
    store::newest(db, &account, Some(cursor.unwrap())).await.unwrap();
    assert_eq!(store::mark_read(db, &account, Some("b"), NOON).await.unwrap(), 30);
    store::mark_read(db, &account, None, NOON).await.unwrap();
    store::recipients(db, Which::Ids(&[id])).await.unwrap();
    store::recipients(db, Which::Admins(50)).await.unwrap();
    let settings = store::settings_for(db, id).await.unwrap();
    store::choose(db, id, &[], None).await.unwrap();
    assert!(store::knows(db, id, &settings.secret).await.unwrap());
    assert!(store::mute(db, id, &settings.secret, Group::Reviews).await.unwrap());
    let server = Server::start(db, |_| ()).await;
    let somebody = person(&server, "somebody").await;
    assert_eq!(server.get("/notices", &[("cookie", &somebody.cookie)]).await.status, 200);
    session::end_all(&server.state.db, ObjectId::parse_str(&somebody.party.id).unwrap()).await.unwrap();
}

#[tokio::test]
async fn what_is_told_five_times_is_told_once() {
    in_database(async |db| {
        let mut street = Street::new(db).await;
        let request = street.act(Role::Customer, "request", &[("message", "<b>Please</b>")]).remove(0);
        let told = join_all((0..5).map(|_| street.deliver(&request))).await;
        assert_eq!(told, [Delivery::Done; 5]);
        let notices = street.notices(&street.provider.party.id).await;
        assert_eq!(notices.len(), 1);
        assert_eq!(notices[0].key, format!("{}:{}", request.key, street.provider.party.id));
        assert_eq!((notices[0].at, notices[0].unread), (street.now, Some(true)));
        let mails = street.mails("hemi@demo.test").await;
        assert_eq!(mails.len(), 1);
        let mail = &mails[0];
        assert!(mail.text.contains("aroha writes: <b>Please</b>"), "{}", mail.text);
        assert!(mail.html.as_ref().unwrap().contains("aroha writes: &lt;b&gt;Please&lt;/b&gt;"), "{mail:?}");
        assert_eq!(mail.to_account.as_deref(), Some(street.provider.party.id.as_str()));
        assert_eq!((mail.at, mail.send_at), (street.now, street.now));
        assert!(street.notices(&street.customer.party.id).await.is_empty(), "nobody is told what they did themselves");
    })
    .await;
}

#[tokio::test]
async fn a_mail_gives_no_contact_away_before_the_booking_is_accepted() {
    in_database(async |db| {
        let mut street = Street::new(db).await;
        street.happen(Role::Customer, "request", &[("message", "Please ring 021 555 0142")]).await;
        let mail = street.mails("hemi@demo.test").await.remove(0);
        assert!(
            mail.text.contains("aroha writes: Please ring [hidden") && !mail.text.contains("0142"),
            "{}",
            mail.text
        );
        let notice = street.notices(&street.provider.party.id).await.remove(0);
        assert!(!notice.text.contains("0142") && !mail.html.unwrap().contains("0142"), "{}", notice.text);
    })
    .await;
}

#[tokio::test]
async fn what_is_no_longer_true_is_told_to_nobody() {
    in_database(async |db| {
        let mut street = Street::new(db).await;
        let request = street.act(Role::Customer, "request", &[]).remove(0);
        let withdrawal = street.act(Role::Customer, "withdraw", &[]).remove(0);
        assert_eq!(street.deliver(&request).await, Delivery::Stale);
        assert!(street.notices(&street.provider.party.id).await.is_empty());
        assert_eq!(street.deliver(&withdrawal).await, Delivery::Done);
        assert_eq!(kinds(&street.notices(&street.provider.party.id).await), ["withdraw"]);
        assert_eq!(street.mails("hemi@demo.test").await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn one_event_is_one_message_for_each_whom_it_concerns() {
    in_database(async |db| {
        let mut street = Street::new(db).await;
        let grace = admin(&street.server, "grace").await;
        // The provider is an admin as well, and is told of the dispute as the provider only.
        let id = ObjectId::parse_str(&street.provider.party.id).unwrap();
        let admin = doc! { "$set": { "is_admin": true } };
        db.collection::<Account>(ACCOUNTS).update_one(doc! { "_id": id }, admin).await.unwrap();
        street.happen(Role::Customer, "request", &[]).await;
        street.happen(Role::Provider, "accept", &[]).await;
        street.now = street.booking.state.starts_at.plus_hours(-1);
        street.happen(Role::Provider, "start", &[]).await;
        street.happen(Role::Customer, "open_dispute", &[("reason", "It leaks.")]).await;
        assert_eq!(kinds(&street.notices(&street.provider.party.id).await), ["request", "open_dispute"]);
        let told = street.notices(&grace.party.id).await;
        assert_eq!(kinds(&told), ["open_dispute"]);
        assert!(told[0].text.contains("between aroha and hemi"), "{}", told[0].text);
        street.happen(Role::Provider, "offer_settlement", &[("refund_amount", "20")]).await;
        street.happen(Role::Customer, "accept_settlement", &[]).await;
        // Who is told of the end reads of the review there; only the other one is invited apart.
        let provider = street.notices(&street.provider.party.id).await;
        assert_eq!(kinds(&provider), ["request", "open_dispute", "accept_settlement"]);
        assert!(provider[2].text.contains("leave a review"), "{}", provider[2].text);
        let customer = street.notices(&street.customer.party.id).await;
        assert_eq!(kinds(&customer), ["accept", "start", "offer_settlement", "invite_reviews"]);
        for mail in street.mails("hemi@demo.test").await {
            assert_eq!(mail.unsubscribe.is_some(), mail.kind.name() == "request", "{}", mail.kind.name());
        }
    })
    .await;
}

#[tokio::test]
async fn a_sealed_review_gives_nothing_away_and_what_is_published_is_told() {
    in_database(async |db| {
        let mut street = Street::new(db).await;
        street.happen(Role::Customer, "request", &[]).await;
        street.happen(Role::Provider, "accept", &[]).await;
        street.now = street.booking.state.starts_at.plus_hours(-1);
        street.happen(Role::Provider, "start", &[]).await;
        street.happen(Role::Customer, "confirm", &[]).await;
        street.happen(Role::Customer, "review", &[("stars", "2"), ("text", "Muddy boots")]).await;
        let sealed = street.mails("hemi@demo.test").await.pop().unwrap();
        assert!(sealed.text.contains("sealed") && !sealed.text.contains("Muddy"), "{}", sealed.text);
        street.happen(Role::Provider, "review", &[("stars", "5")]).await;
        let told = street.notices(&street.customer.party.id).await;
        assert_eq!(kinds(&told).last(), Some(&"review_published"));
    })
    .await;
}

#[tokio::test]
async fn people_choose_their_mails_and_their_quiet_hours() {
    in_database(async |db| {
        let mut street = Street::new(db).await;
        let page = street.get(&street.provider, "/account/notices").await;
        assert_eq!(page.body.matches(" checked").count(), 5, "everything comes until somebody says otherwise");
        let wrong = street.post(&street.provider, "/account/notices", "mails=changes&quiet_from=21%3A00").await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("Give both ends") && wrong.body.contains("value=\"21:00\""), "{}", wrong.body);
        let chosen = "mails=bookings&mails=changes&quiet_from=21%3A00&quiet_to=07%3A30";
        let saved = street.post(&street.provider, "/account/notices", chosen).await;
        assert_eq!((saved.status, saved.header("location")), (303, "/account/notices?saved=1"));
        let page = street.get(&street.provider, "/account/notices?saved=1").await;
        assert!(page.body.contains("Saved.") && page.body.contains("value=\"07:30\""), "{}", page.body);
        assert_eq!(page.body.matches(" checked").count(), 2);

        street.now = parse("2026-12-06T22:00", "Pacific/Auckland").unwrap();
        street.happen(Role::Customer, "request", &[]).await;
        let waiting = street.mails("hemi@demo.test").await.remove(0);
        assert_eq!(waiting.send_at, parse("2026-12-07T07:30", "Pacific/Auckland").unwrap());
        street.happen(Role::Provider, "accept", &[]).await;
        street.happen(Role::Customer, "cancel", &[("reason", "rain")]).await;
        let urgent = street.mails("hemi@demo.test").await.pop().unwrap();
        assert_eq!((urgent.kind.name(), urgent.send_at), ("cancel", street.now), "what is urgent does not wait");

        let id = ObjectId::parse_str(&street.provider.party.id).unwrap();
        store::choose(db, id, Group::ALL, Some(Quiet { from_minute: 0, to_minute: 60 })).await.unwrap();
        let booking = draft(&street.customer.party, &street.provider.party, service(), NOON.plus_hours(200), NOON);
        (street.booking, street.now) = (booking, NOON);
        let before = street.mails("hemi@demo.test").await.len();
        street.happen(Role::Customer, "request", &[]).await;
        assert_eq!(street.mails("hemi@demo.test").await.len(), before, "no mail of what is muted");
        assert!(kinds(&street.notices(&street.provider.party.id).await).contains(&"request"), "but a notice");
    })
    .await;
}

#[tokio::test]
async fn somebody_whose_account_is_gone_stops_nobody_else() {
    in_database(async |db| {
        let mut street = Street::new(db).await;
        street.booking.provider = party("Nobody");
        let request = street.act(Role::Customer, "request", &[]).remove(0);
        assert_eq!(street.deliver(&request).await, Delivery::Done);
        assert_eq!(db.collection::<Mail>(MAILS).count_documents(doc! {}).await.unwrap(), 0);
    })
    .await;
}
