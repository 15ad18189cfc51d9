//! Messages over HTTP: who may read and write, what is hidden when, once, unread, told once, reported.

mod late;
mod slow;

use std::path::PathBuf;

use futures::TryStreamExt;
use gigsta::account::model::ACCOUNTS;
use gigsta::booking::machine::aggregate::Party;
use gigsta::booking::machine::{Booking, Role};
use gigsta::booking::model::BOOKINGS;
use gigsta::booking::store as bookings;
use gigsta::domain::mask::HIDDEN;
use gigsta::ids;
use gigsta::mail::model::{MAILS, Mail};
use gigsta::message::model::{MESSAGES, Message, message_id};
use gigsta::message::report::store::Cursor;
use gigsta::message::report::{ReportEvent, ReportStatus, store as reports};
use gigsta::message::{path, store};
use gigsta::time::Timestamp;
use gigsta::web::db::Db;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};

use crate::services::photos::jpeg;
use crate::support::ask::person;
use crate::support::bookings::{act, draft, party, service};
use crate::support::database::{folder, in_database};
use crate::support::people::Person;
use crate::support::plans;
use crate::support::server::{Answer, Server};

/// A server, two people with a request that was sent now, and a stranger.
struct Talk {
    server: Server,
    aroha: Person,
    hemi: Person,
    booking: Booking,
    data: PathBuf,
}

impl Talk {
    async fn new(db: &Db) -> Talk {
        let data = folder(&format!("talk-{}", ObjectId::new().to_hex()));
        let server = Server::start(db, |config| config.data = data.clone()).await;
        let (aroha, hemi) = (person(&server, "aroha").await, person(&server, "hemi").await);
        let booking = sent(db, &aroha.party, &hemi.party).await;
        Talk { server, aroha, hemi, booking, data }
    }

    fn db(&self) -> &Db {
        &self.server.state.db
    }

    fn id(&self) -> ObjectId {
        ObjectId::parse_str(&self.booking.id).unwrap()
    }

    async fn get(&self, who: &Person, path: &str) -> Answer {
        self.server.get(path, &[("cookie", &who.cookie)]).await
    }

    /// The thread as somebody sees it, which counts as reading.
    async fn read(&self, who: &Person) -> Answer {
        self.get(who, &path(&self.booking.id)).await
    }

    /// Sends the form of the page.
    async fn send(&self, who: &Person, command: &str, text: &str, photos: &[&[u8]]) -> Answer {
        let mut body = Vec::new();
        for (name, value) in [("command_id", command), ("text", text)] {
            let head = format!("--cut\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(head.into_bytes());
        }
        // A browser sends an empty file where none was chosen.
        for photo in photos.iter().chain([&&b""[..]]) {
            let head = "--cut\r\ncontent-disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\n\
                        content-type: image/jpeg\r\n\r\n";
            body.extend(head.as_bytes());
            body.extend(*photo);
            body.extend(b"\r\n");
        }
        body.extend(b"--cut--\r\n");
        let headers = [("cookie", who.cookie.as_str()), ("content-type", "multipart/form-data; boundary=cut")];
        self.server.send("POST", &path(&self.booking.id), &headers, &body).await
    }

    async fn say(&self, who: &Person, text: &str) {
        let answer = self.send(who, &ids::fresh_command_id(), text, &[]).await;
        assert_eq!(answer.status, 303, "{answer:?}");
    }

    async fn messages(&self) -> Vec<Message> {
        all(self.db(), MESSAGES).await
    }

    /// Moves the booking on.
    async fn act(&mut self, role: Role, action: &str, inputs: &[(&str, &str)]) {
        self.booking = act(self.db(), &self.booking, role, action, inputs, Timestamp::now()).await.unwrap();
    }

    fn files(&self) -> usize {
        let photos = std::fs::read_dir(self.data.join("photos"));
        photos.map_or(0, |photos| photos.map(|photo| std::fs::read_dir(photo.unwrap().path()).unwrap().count()).sum())
    }
}

impl Drop for Talk {
    fn drop(&mut self) {
        _ = std::fs::remove_dir_all(&self.data);
    }
}

async fn sent(db: &Db, customer: &Party, provider: &Party) -> Booking {
    let now = Timestamp::now();
    let draft = draft(customer, provider, service(), now.plus_hours(72), now);
    bookings::insert_draft(db, &draft, None).await.unwrap();
    act(db, &draft, Role::Customer, "request", &[], now).await.unwrap()
}

async fn all<T: serde::de::DeserializeOwned + Send + Sync + Unpin>(db: &Db, collection: &str) -> Vec<T> {
    db.collection::<T>(collection).find(doc! {}).sort(doc! { "_id": 1 }).await.unwrap().try_collect().await.unwrap()
}

async fn admin(server: &Server) -> Person {
    let grace = person(server, "grace").await;
    let id = ObjectId::parse_str(&grace.party.id).unwrap();
    let accounts = server.state.db.collection::<Document>(ACCOUNTS);
    accounts.update_one(doc! { "_id": id }, doc! { "$set": { "is_admin": true } }).await.unwrap();
    grace
}

#[tokio::test]
async fn the_two_people_write_and_a_stranger_and_an_admin_without_a_cause_find_nothing() {
    in_database(async |db| {
        let talk = Talk::new(db).await;
        talk.say(&talk.aroha, "Kia ora Hemi").await;
        talk.say(&talk.hemi, "Kia ora Aroha").await;
        let page = talk.read(&talk.aroha).await;
        assert_eq!(page.status, 200);
        assert!(
            page.body.contains("Kia ora Aroha") && page.body.contains("Request sent by the customer"),
            "{}",
            page.body
        );
        let (stranger, grace) = (person(&talk.server, "liam").await, admin(&talk.server).await);
        for other in [&stranger, &grace] {
            assert_eq!(talk.read(other).await.status, 404);
            assert_eq!(talk.send(other, "abcdefgh", "Hello", &[]).await.status, 404);
        }
        let id = talk.messages().await[0].id.to_hex();
        assert_eq!(talk.get(&stranger, &format!("{}/{id}/report", path(&talk.booking.id))).await.status, 404);
        assert_eq!(talk.server.get(&path(&talk.booking.id), &[]).await.status, 303, "signing in first");
        assert_eq!(talk.messages().await.len(), 2);
        for wrong in ["x", "ffffffffffffffffffffffff"] {
            assert_eq!(talk.get(&talk.aroha, &path(wrong)).await.status, 404);
        }
    })
    .await;
}

#[tokio::test]
async fn nobody_writes_before_the_request_is_sent_or_a_month_after_the_end() {
    in_database(async |db| {
        let mut talk = Talk::new(db).await;
        let now = Timestamp::now();
        let sketch = draft(&talk.aroha.party, &party("Priya"), service(), now.plus_hours(90), now);
        bookings::insert_draft(db, &sketch, None).await.unwrap();
        let open = std::mem::replace(&mut talk.booking, sketch);
        assert!(talk.read(&talk.aroha).await.body.contains("Send the request first"));
        let refused = talk.send(&talk.aroha, "abcdefgh", "Too early", &[]).await;
        assert!(refused.status == 409 && refused.body.contains("Send the request first"), "{refused:?}");
        talk.booking = open;
        talk.act(Role::Provider, "decline", &[("reason", "No time.")]).await;
        talk.say(&talk.aroha, "A pity").await;
        talk.server.state.clock.advance_minutes(60 * 24 * 30 + 1);
        // The session has ended as well by then.
        let sessions = db.collection::<Document>("sessions");
        let later = mongodb::bson::DateTime::from_millis(Timestamp::now().plus_hours(24 * 60).0);
        sessions.update_many(doc! {}, doc! { "$set": { "expires_at": later } }).await.unwrap();
        let refused = talk.send(&talk.aroha, "abcdefgh", "Too late", &[]).await;
        assert!(refused.status == 409 && refused.body.contains("30 days ago"), "{refused:?}");
        assert!(refused.body.contains("Too late"), "what was typed is kept");
        assert_eq!(talk.messages().await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn contact_details_are_hidden_from_the_other_side_until_the_booking_is_accepted() {
    in_database(async |db| {
        let mut talk = Talk::new(db).await;
        talk.say(&talk.aroha, "At 12 Tory Street, for $120. Ring 021 555 0142.").await;
        let own = talk.read(&talk.aroha).await.body;
        assert!(own.contains("021 555 0142") && own.contains("hemi sees the contact details"), "{own}");
        let booking = format!("/bookings/{}", talk.booking.id);
        for page in [talk.get(&talk.hemi, &booking).await, talk.read(&talk.hemi).await] {
            assert!(page.body.contains(HIDDEN) && page.body.contains("12 Tory Street, for $120"), "{}", page.body);
            assert!(!page.body.contains("0142"), "{}", page.body);
        }
        let mails: Vec<Mail> = all(db, MAILS).await;
        assert!(mails.iter().all(|mail| !mail.text.contains("0142")));
        talk.act(Role::Provider, "accept", &[]).await;
        for page in [talk.get(&talk.hemi, &booking).await, talk.read(&talk.hemi).await] {
            assert!(page.body.contains("021 555 0142") && !page.body.contains(HIDDEN), "{}", page.body);
        }
        assert!(!talk.read(&talk.aroha).await.body.contains("sees the contact details"));
    })
    .await;
}

#[tokio::test]
async fn what_was_typed_into_the_booking_gives_no_contact_away_before_it_is_accepted() {
    in_database(async |db| {
        let mut talk = Talk::new(db).await;
        talk.act(Role::Provider, "quote", &[("amount", "90"), ("message", "For $90. Ring 021 555 0177.")]).await;
        let details = doc! { "$set": { "details": "The gate sticks, ring 021 555 0142." } };
        db.collection::<Document>(BOOKINGS).update_one(doc! { "_id": talk.id() }, details).await.unwrap();
        let booking = format!("/bookings/{}", talk.booking.id);
        let json = format!("/api/get_booking?booking_id={}", talk.booking.id);
        let (own, other) = (talk.get(&talk.aroha, &booking).await.body, talk.get(&talk.hemi, &booking).await.body);
        assert!(own.contains("0142") && !own.contains("0177") && own.contains("For $90"), "{own}");
        assert!(other.contains("0177") && !other.contains("0142") && other.contains("The gate sticks"), "{other}");
        assert!(!talk.get(&talk.aroha, &json).await.body.contains("0177"));
        talk.act(Role::Customer, "accept_quote", &[]).await;
        for who in [&talk.aroha, &talk.hemi] {
            let page = talk.get(who, &booking).await.body;
            assert!(page.contains("0142") && page.contains("0177") && !page.contains(HIDDEN), "{page}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_form_that_is_sent_many_times_is_one_message_and_keeps_its_photos_once() {
    in_database(async |db| {
        let talk = Talk::new(db).await;
        let photo = jpeg();
        let photos = [photo.as_slice()];
        let same = (0..8).map(|_| talk.send(&talk.aroha, "press-twice", "Once", &photos));
        for answer in futures::future::join_all(same).await {
            assert_eq!(answer.status, 303, "{answer:?}");
        }
        let messages = talk.messages().await;
        assert_eq!((messages.len(), messages[0].photos.len(), talk.files()), (1, 1, 3));
        let other = talk.send(&talk.aroha, "press-twice", "Something else", &[]).await;
        assert!(other.status == 422 && other.body.contains("Something else"), "{other:?}");
        // The other side's keys are theirs.
        assert_eq!(talk.send(&talk.hemi, "press-twice", "Once", &[]).await.status, 303);
        assert_eq!(talk.messages().await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn bad_input_is_refused_with_a_reason_and_what_was_typed_is_kept() {
    in_database(async |db| {
        let talk = Talk::new(db).await;
        let long = "kia ora ".repeat(12_500);
        let refused = talk.send(&talk.aroha, "abcdefgh", &long, &[]).await;
        assert!(refused.status == 422 && refused.body.contains("at most 2,000 letters"), "{}", refused.status);
        assert!(refused.body.contains(&"kia ora ".repeat(2_000)) && refused.body.len() < 60_000);
        for nothing in ["", "   \r\n ", "\u{200b}\u{7}"] {
            let refused = talk.send(&talk.aroha, "abcdefgh", nothing, &[]).await;
            assert!(refused.status == 422 && refused.body.contains("Write something"), "{refused:?}");
        }
        let broken = talk.send(&talk.aroha, "abcdefgh", "With a photo", &[b"no photo"]).await;
        assert!(broken.status == 422 && broken.body.contains("With a photo"), "{broken:?}");
        let photo = jpeg();
        let many = talk.send(&talk.aroha, "abcdefgh", "Five", &[&photo, &photo, &photo, &photo, &photo]).await;
        assert!(many.status == 422 && many.body.contains("at most 4 photos") && many.body.contains("Five"));
        assert_eq!(talk.send(&talk.aroha, "?", "Without a key", &[]).await.status, 422);
        let plain = [("cookie", talk.aroha.cookie.as_str())];
        assert_eq!(talk.server.post(&path(&talk.booking.id), &plain, "text=x&command_id=abcdefgh").await.status, 422);
        assert_eq!((talk.messages().await.len(), talk.files()), (0, 0));

        let evil = "</textarea><script>alert('1')</script>\u{202e}\u{0}";
        talk.say(&talk.aroha, evil).await;
        assert_eq!(talk.messages().await[0].text, "</textarea><script>alert('1')</script>");
        let page = talk.read(&talk.hemi).await.body;
        assert!(page.contains("&lt;/textarea&gt;&lt;script&gt;") && !page.contains("<script>"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn after_thirty_messages_in_an_hour_the_text_waits() {
    in_database(async |db| {
        let talk = Talk::new(db).await;
        for number in 0..30 {
            talk.say(&talk.aroha, &format!("Message {number}")).await;
        }
        let refused = talk.send(&talk.aroha, "one-too-many", "And one more", &[]).await;
        assert!(refused.status == 429 && refused.body.contains("And one more"), "{refused:?}");
        assert!(refused.header("retry-after").parse::<u32>().unwrap() <= 3600);
        talk.say(&talk.hemi, "Slowly").await;
        talk.server.state.clock.advance_minutes(61);
        talk.say(&talk.aroha, "And one more").await;
        let newest = talk.read(&talk.hemi).await.body;
        assert!(newest.contains("Earlier messages") && !newest.contains("Message 1<") && newest.contains("Message 2<"));
        let earlier = newest.split("?before=").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let page = talk.get(&talk.hemi, &format!("{}?before={earlier}", path(&talk.booking.id))).await.body;
        assert!(page.contains("Message 1<") && !page.contains("Message 2<") && page.contains("Newest messages"));
        assert!(page.contains("Request sent by the customer") && !newest.contains("Request sent by the customer"));
    })
    .await;
}

#[tokio::test]
async fn what_is_unread_is_counted_marked_and_read_by_opening_the_thread() {
    in_database(async |db| {
        let talk = Talk::new(db).await;
        talk.say(&talk.aroha, "One").await;
        talk.say(&talk.aroha, "Two").await;
        let booking = format!("/bookings/{}", talk.booking.id);
        let (own, list) = (talk.get(&talk.aroha, &booking).await.body, talk.get(&talk.hemi, "/bookings").await.body);
        assert!(!own.contains("2 new") && list.contains("Messages: 2 new"), "{list}");
        assert!(talk.get(&talk.hemi, &booking).await.body.contains("2 new"));
        // Neither the booking's page nor a browser that fetches ahead has read anything.
        let ahead = [("cookie", talk.hemi.cookie.as_str()), ("sec-purpose", "prefetch")];
        talk.server.get(&path(&talk.booking.id), &ahead).await;
        let first = talk.read(&talk.hemi).await.body;
        let (divider, one) = (first.find("id=\"new\"").unwrap(), first.find(">One<").unwrap());
        assert!(divider < one, "{first}");
        let second = talk.read(&talk.hemi).await.body;
        assert!(!second.contains("id=\"new\""), "{second}");
        assert!(!talk.get(&talk.hemi, "/bookings").await.body.contains("new</b>"));
        talk.say(&talk.aroha, "Three").await;
        assert!(talk.get(&talk.hemi, &booking).await.body.contains("1 new"));
        let third = talk.read(&talk.hemi).await.body;
        let (two, divider) = (third.find(">Two<").unwrap(), third.find("id=\"new\"").unwrap());
        assert!(two < divider && divider < third.find(">Three<").unwrap());
    })
    .await;
}

#[tokio::test]
async fn the_other_side_is_told_once_until_it_has_read() {
    in_database(async |db| {
        let talk = Talk::new(db).await;
        let told = async || (all::<Document>(db, "notices").await, all::<Mail>(db, MAILS).await);
        for text in ["One", "Two", "Three"] {
            talk.say(&talk.aroha, text).await;
        }
        let (notices, mails) = told().await;
        assert_eq!((notices.len(), mails.len()), (1, 1));
        let first = talk.messages().await[0].id.to_hex();
        let key = format!("message:{}:{first}:{}", talk.booking.id, talk.hemi.party.id);
        assert_eq!(notices[0].get_str("_id").unwrap(), key);
        assert_eq!(notices[0].get_str("title").unwrap(), "New message from aroha");
        assert_eq!(notices[0].get_str("href").unwrap(), format!("{}#new", path(&talk.booking.id)));
        assert!(mails[0].to == "hemi@demo.test" && mails[0].kind.name() == "message" && !mails[0].text.contains("One"));
        talk.read(&talk.hemi).await;
        assert!(told().await.0[0].get_i64("read_at").is_ok());
        talk.say(&talk.aroha, "Four").await;
        talk.say(&talk.aroha, "Five").await;
        let (notices, mails) = told().await;
        assert_eq!((notices.len(), mails.len()), (2, 2));
    })
    .await;
}

#[tokio::test]
async fn photos_are_for_those_who_may_read_the_thread() {
    in_database(async |db| {
        let talk = Talk::new(db).await;
        let photo = jpeg();
        assert_eq!(talk.send(&talk.aroha, "two-photos", "", &[&photo, &photo]).await.status, 303);
        let address =
            |number: usize, file: &str, id: &str| format!("{}/{id}/photos/{number}/{file}", path(&talk.booking.id));
        let id = talk.messages().await[0].id.to_hex();
        let page = talk.read(&talk.hemi).await.body;
        assert!(page.contains(&address(2, "320.jpg", &id)), "{page}");
        let stored = &talk.messages().await[0].photos[0].id;
        assert!(!page.contains(stored.as_str()), "the address that everybody could use is not told");
        let shown = talk.get(&talk.hemi, &address(2, "1600.jpg", &id)).await;
        assert_eq!((shown.status, shown.header("content-type")), (200, "image/jpeg"));
        assert!(shown.header("cache-control").starts_with("private"), "{shown:?}");
        let stranger = person(&talk.server, "liam").await;
        assert_eq!(talk.get(&stranger, &address(1, "320.jpg", &id)).await.status, 404);
        for (number, file, id) in [(0, "320.jpg", &*id), (3, "320.jpg", &id), (1, "321.jpg", &id), (1, "320.jpg", "x")]
        {
            assert_eq!(talk.get(&talk.hemi, &address(number, file, id)).await.status, 404, "{number} {file} {id}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_reported_message_waits_for_an_admin_who_reads_the_thread_and_handles_it_once() {
    in_database(async |db| {
        let talk = Talk::new(db).await;
        let grace = admin(&talk.server).await;
        talk.say(&talk.aroha, "Ring 021 555 0142, you <b>fool</b>").await;
        let id = talk.messages().await[0].id.to_hex();
        let report = format!("{}/{id}/report", path(&talk.booking.id));
        let post = async |who: &Person, path: &str, form: &str| {
            talk.server.post(path, &[("cookie", who.cookie.as_str())], form).await
        };
        assert_eq!(talk.get(&talk.aroha, &report).await.status, 404, "one's own");
        let shown = talk.get(&talk.hemi, &report).await.body;
        assert!(shown.contains(HIDDEN) && shown.contains("&lt;b&gt;fool"), "{shown}");
        assert_eq!(post(&talk.hemi, &report, "reason=+").await.status, 422);
        assert_eq!(talk.read(&grace).await.status, 404);
        for _ in 0..2 {
            assert_eq!(post(&talk.hemi, &report, "reason=Rude").await.status, 303);
        }
        assert!(talk.read(&talk.hemi).await.body.contains("You have reported this message."));
        assert_eq!(talk.get(&talk.hemi, "/admin/reports").await.status, 404);
        let queue = talk.get(&grace, "/admin/reports").await.body;
        assert_eq!(queue.matches("message of aroha").count(), 1, "{queue}");
        let thread = talk.read(&grace).await;
        assert!(thread.status == 200 && thread.body.contains("021 555 0142"), "{thread:?}");
        talk.send(&grace, "from-the-team", "Please stay polite.", &[]).await;
        assert!(talk.read(&talk.hemi).await.body.contains("<b>GigSta</b>"));
        let key = format!("/admin/reports/{id}%3A{}", talk.hemi.party.id);
        assert_eq!(post(&grace, &key, "note=").await.status, 422);
        assert_eq!(post(&grace, &key, "note=Warned").await.status, 303);
        assert_eq!(post(&grace, &key, "note=Warned").await.status, 303, "pressed twice");
        assert_eq!(post(&grace, &key, "note=Banned").await.status, 409);
        let handled = talk.get(&grace, &key).await.body;
        assert!(handled.contains("Rude") && handled.contains("Warned") && !handled.contains("Mark as handled"));
        assert!(talk.get(&grace, "/admin/reports").await.body.contains("Nothing here"));
        assert!(talk.get(&grace, "/admin/reports?status=handled").await.body.contains("message of aroha"));
    })
    .await;
}

#[tokio::test]
async fn in_a_dispute_an_admin_reads_and_writes_as_gigsta() {
    in_database(async |db| {
        let mut talk = Talk::new(db).await;
        let grace = admin(&talk.server).await;
        let book = format!("/bookings/{}", talk.booking.id);
        assert!(!talk.get(&grace, &book).await.body.contains("talk-card"));
        talk.act(Role::Provider, "accept", &[]).await;
        let start = talk.booking.state.starts_at;
        for (role, action, inputs) in
            [(Role::Provider, "start", &[][..]), (Role::Customer, "open_dispute", &[("reason", "It drips again.")][..])]
        {
            talk.booking = act(db, &talk.booking, role, action, inputs, start.plus_minutes(5)).await.unwrap();
        }
        assert_eq!(talk.send(&grace, "from-the-team", "We are looking at it.", &[]).await.status, 303);
        let page = talk.read(&talk.aroha).await.body;
        assert!(page.contains("We are looking at it.") && !page.contains("/report\""), "{page}");
        assert!(all::<Document>(db, "notices").await.len() == 2, "both sides are told");
        assert!(talk.get(&grace, &book).await.body.contains("talk-card"));
    })
    .await;
}

#[tokio::test]
async fn every_query_of_messages_uses_an_index() {
    in_database(async |db| {
        let talk = Talk::new(db).await;
        let (id, account, now) = (talk.id(), talk.hemi.party.id.as_str(), Timestamp::now());
        let filler = |number: u8| Message {
            id: message_id(now.plus_minutes(number.into()), [number; 6]),
            booking: ObjectId::from_bytes([number; 12]),
            by: account.into(),
            role: Role::Provider,
            text: "x".into(),
            photos: Vec::new(),
            at: now,
            command_id: format!("filler-{number}"),
        };
        for number in 0..50 {
            store::insert(db, &filler(number)).await.unwrap();
        }
        plans::note(db).await;
        talk.say(&talk.aroha, "One").await;
        talk.get(&talk.hemi, "/bookings").await;
        talk.get(&talk.hemi, &format!("/bookings/{}", talk.booking.id)).await;
        talk.read(&talk.hemi).await;
        let message = talk.messages().await.iter().find(|message| message.booking == id).unwrap().id;
        store::find(db, id, message).await.unwrap();
        store::page(db, id, Some(message), 3).await.unwrap();
        store::written_since(db, id, account, now, 30).await.unwrap();
        let report = format!("{}/{}/report", path(&talk.booking.id), message.to_hex());
        talk.server.post(&report, &[("cookie", &talk.hemi.cookie)], "reason=Rude").await;
        reports::is_reported(db, id).await.unwrap();
        reports::reported_by(db, id, account).await.unwrap();
        reports::queue(db, ReportStatus::Open, None).await.unwrap();
        reports::queue(db, ReportStatus::Open, Cursor::read("7_x")).await.unwrap();
        let key = format!("{}:{account}", message.to_hex());
        let (by, by_name, note) = (String::new(), String::new(), String::new());
        let event = ReportEvent { at: now, by, by_name, to: ReportStatus::Handled, note };
        assert!(reports::handle(db, &key, &event).await.unwrap());
        let ours = |collection: &str| collection.starts_with("message") || collection == "notices";
        // The test itself reads all of them.
        let whole = |command: &Document| command.get_document("filter").is_ok_and(Document::is_empty);
        let explained = plans::explain(db, &[], |collection, command| ours(collection) && !whole(command)).await;
        assert!(explained >= 20, "only {explained} queries were explained");
    })
    .await;
}
