//! The pages: the bell, the list, and the link that ends mails.

use gigsta::booking::machine::Role;
use gigsta::booking::store as bookings;
use gigsta::notice::kinds::Group;
use gigsta::notice::model::Notice;
use gigsta::notice::store;
use mongodb::bson::oid::ObjectId;

use super::Street;
use crate::support::bookings::decided;
use crate::support::database::in_database;
use crate::support::server::Answer;

#[tokio::test]
async fn a_link_ends_mails_only_when_something_is_sent_from_its_page_or_in_ones_name() {
    in_database(async |db| {
        let mut street = Street::new(db).await;
        street.happen(Role::Customer, "request", &[]).await;
        let mail = street.mails("hemi@demo.test").await.remove(0);
        let base = street.server.state.config.base_url.clone();
        let path = mail.unsubscribe.as_ref().unwrap().strip_prefix(&base).unwrap().to_owned();
        let id = ObjectId::parse_str(&street.provider.party.id).unwrap();
        let muted = async || store::settings_for(db, id).await.unwrap().muted;
        for _ in 0..2 {
            let page = street.server.get(&path, &[]).await;
            assert_eq!(page.status, 200);
            assert!(page.body.contains("Yes, no more of these") && !page.body.contains("hemi"), "{}", page.body);
        }
        assert!(muted().await.is_empty(), "looking at it does nothing");

        let last = if path.contains("-0") { ("-0", "-1") } else { ("-", "-0") };
        for wrong in [
            path.replacen(last.0, last.1, 1),
            path.replace("bookings", "disputes"),
            path.replace(&street.provider.party.id, &street.customer.party.id),
            "/unsubscribe/x/one-click".into(),
            "/unsubscribe/%24ne-%00-bookings/one-click".into(),
        ] {
            for answer in [street.server.get(&wrong, &[]).await, street.server.post(&wrong, &[], "").await] {
                assert_eq!(answer.status, 404, "{wrong}");
                assert!(answer.body.contains("This link is not whole") && answer.body.contains("/account/notices"));
            }
        }
        assert!(muted().await.is_empty());

        // As RFC 8058 has it: a form in the shape of a file, from no page of ours, and the answer leads nowhere else.
        let body = "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n";
        let kind = ("content-type", "multipart/form-data; boundary=x");
        let done = street.server.send("POST", &path, &[kind], body.as_bytes()).await;
        assert_eq!(done.status, 200, "{done:?}");
        assert_eq!(muted().await, [Group::Bookings]);
        assert_eq!(street.server.post(&path, &[], "List-Unsubscribe=One-Click").await.status, 200, "twice is once");
        assert_eq!(muted().await, [Group::Bookings]);

        street.happen(Role::Provider, "accept", &[]).await;
        street.happen(Role::Customer, "cancel", &[("reason", "rain")]).await;
        let mails = street.mails("hemi@demo.test").await;
        assert_eq!(mails.last().map(|mail| (mail.kind.name(), mail.unsubscribe.is_some())), Some(("cancel", false)));
    })
    .await;
}

#[tokio::test]
async fn the_bell_counts_and_a_bookings_page_marks_its_own_notices_read() {
    in_database(async |db| {
        let mut street = Street::new(db).await;
        let bell = |page: &Answer, words: &str| page.body.contains(&format!("aria-label=\"{words}\""));
        let empty = street.get(&street.provider, "/notices").await;
        assert!(empty.body.contains("No notices here") && bell(&empty, "Notices"), "{}", empty.body);
        assert!(!empty.body.contains("Mark all as read"));
        // Written as well, because a draft's page is its customer's alone.
        let sent = decided(&street.booking, Role::Customer, "request", &[], street.now.plus_hours(1));
        bookings::apply(db, &street.booking, sent, None).await.unwrap();
        street.happen(Role::Customer, "request", &[]).await;
        let notice = street.notices(&street.provider.party.id).await.remove(0);
        for number in 0..22 {
            let other = Notice { key: format!("other:{number}"), booking: Some("other".into()), ..notice.clone() };
            store::put(db, &other).await.unwrap();
        }
        let list = street.get(&street.provider, "/notices").await;
        assert!(bell(&list, "Notices, 23 unread"), "{}", list.body);
        assert_eq!(list.body.matches("<li class=\"unread\">").count(), 20);
        assert!(list.body.contains(&format!("href=\"/bookings/{}\"", street.booking.id)));
        let next = list.body.split("href=\"/notices?before=").nth(1).unwrap().split('"').next().unwrap();
        let older = street.get(&street.provider, &format!("/notices?before={next}")).await;
        assert_eq!(older.body.matches("<li class=\"unread\">").count(), 3, "{}", older.body);
        assert_eq!(street.get(&street.provider, "/notices?before=nonsense").await.status, 200);

        let page = format!("/bookings/{}", street.booking.id);
        let headers = [("cookie", street.provider.cookie.as_str()), ("sec-purpose", "prefetch")];
        let ahead = street.server.get(&page, &headers).await;
        assert!(ahead.status == 200 && bell(&ahead, "Notices, 23 unread"), "fetched ahead is not read");
        let opened = street.get(&street.provider, &page).await;
        assert!(bell(&opened, "Notices, 22 unread"), "{}", opened.body);
        // They are marked after the answer.
        while street.count_unread(&street.provider.party.id).await > 22 {
            tokio::task::yield_now().await;
        }
        let notices = street.notices(&street.provider.party.id).await;
        assert_eq!(notices.iter().filter(|one| one.unread.is_none()).count(), 1);

        let customer = street.get(&street.customer, "/notices").await;
        assert!(bell(&customer, "Notices") && customer.body.contains("No notices here"), "everybody has their own");
        assert_eq!(street.post(&street.customer, "/notices/read", "").await.status, 303);
        assert_eq!(street.count_unread(&street.provider.party.id).await, 22);
        let read = street.post(&street.provider, "/notices/read", "").await;
        assert_eq!((read.status, read.header("location")), (303, "/notices"));
        let list = street.get(&street.provider, "/notices").await;
        assert!(bell(&list, "Notices") && !list.body.contains("class=\"unread\""), "{}", list.body);

        for number in 0..120 {
            let many = Notice { key: format!("many:{number}"), ..notice.clone() };
            store::put(db, &many).await.unwrap();
        }
        assert!(bell(&street.get(&street.provider, "/account").await, "Notices, 99+ unread"));
        let away = street.server.get("/notices", &[]).await;
        assert_eq!((away.status, away.header("location")), (303, "/sign-in?next=/notices"));
        assert_eq!(street.server.post("/notices/read", &[], "").await.header("location"), "/sign-in?next=/notices");
    })
    .await;
}
