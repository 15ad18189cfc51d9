use std::collections::BTreeMap;
use std::fmt::Write;

use mongodb::bson::oid::ObjectId;

use super::{News, everything_that_happens};
use crate::account::model::Account;
use crate::booking::machine::TABLE;
use crate::booking::machine::aggregate::Role;
use crate::booking::machine::clocks::reminders;
use crate::booking::machine::effects::Effect;
use crate::booking::machine::row::{Row, Who};
use crate::booking::machine::tests::support::every_situation;
use crate::mail::model::Mail;
use crate::notice::deliver::occasion;
use crate::notice::kinds::{self, Class, Group, Occasion};
use crate::notice::mail::{self, Recipient};
use crate::notice::model::{Notice, Settings};
use crate::notice::text::{self, NoticeContext, NoticeText};
use crate::time::Timestamp;

const BOTH: [Role; 2] = [Role::Customer, Role::Provider];

/// Whoever a row notifies, whatever the situation.
fn readers(row: &Row) -> Vec<Role> {
    let actors: Vec<Role> = row
        .edges
        .iter()
        .flat_map(|edge| edge.by)
        .flat_map(|who| match who {
            Who::Customer => vec![Role::Customer],
            Who::Provider => vec![Role::Provider],
            Who::Admin => vec![Role::Admin],
            Who::System => vec![Role::System],
            _ => BOTH.to_vec(),
        })
        .collect();
    let notified = |effect: &Effect| match effect {
        Effect::TellCustomer => vec![Role::Customer],
        Effect::TellProvider => vec![Role::Provider],
        Effect::TellAdmins => vec![Role::Admin],
        Effect::TellOther => BOTH.into_iter().filter(|role| actors.iter().any(|actor| actor != role)).collect(),
        _ => vec![],
    };
    row.effects.iter().flat_map(notified).collect()
}

#[test]
fn every_action_and_every_reminder_has_words_for_everybody_it_tells() {
    let mut missing = Vec::new();
    let mut wanted: Vec<(Occasion, Role)> = vec![];
    for row in TABLE.rows() {
        wanted.extend(readers(row).into_iter().map(|role| (Occasion::Action(row.action_name), role)));
    }
    for (_, world) in every_situation() {
        for reminder in reminders(&world.booking) {
            wanted.extend(reminder.to.iter().map(|role| (Occasion::Reminder(reminder.kind), *role)));
        }
    }
    wanted.extend(BOTH.iter().flat_map(|role| [(Occasion::Invitation, *role), (Occasion::Published, *role)]));
    for (on, to) in &wanted {
        if kinds::all().filter(|kind| kind.on == *on && kind.to == *to).count() != 1 {
            missing.push((on, to));
        }
    }
    assert!(missing.is_empty(), "no words, or twice: {missing:?}");
    for kind in kinds::all().filter(|kind| TABLE.row(kind.on.name()).is_some()) {
        assert!(wanted.contains(&(kind.on, kind.to)), "nobody is ever told {:?} as {:?}", kind.on, kind.to);
    }
}

#[test]
fn what_decides_about_money_or_a_visit_cannot_be_ended() {
    for kind in kinds::all() {
        let grave = ["cancel", "no_show", "dispute", "evidence", "rule_", "settle"]
            .iter()
            .any(|word| kind.on.name().contains(word));
        assert_eq!(grave, kind.group.is_none(), "{:?}", kind.on);
        assert!(kind.class == Class::CanWait || kind.group != Some(Group::Reviews), "{:?}", kind.on);
    }
}

fn zone_of(role: Role) -> &'static str {
    // The customer lives elsewhere than the place of the work.
    if role == Role::Customer { "Australia/Sydney" } else { "Pacific/Auckland" }
}

fn notice_text(news: &News, to: Role) -> (&'static kinds::Kind, NoticeText) {
    let (booking, entry) = (&news.world.booking, &news.entry);
    let kind = kinds::find(occasion(booking, entry), to);
    (kind, text::of(kind, &NoticeContext { booking, entry, to, zone: zone_of(to) }))
}

#[test]
fn nothing_is_left_to_fill_in_and_nothing_is_empty() {
    for news in everything_that_happens() {
        for to in news.readers() {
            let (kind, NoticeText { title, sentences }) = notice_text(&news, to);
            let context = format!("{} to {to:?}: {title} {sentences:?}", news.entry.action_name);
            assert!(!kind.on.name().is_empty(), "told in the words of the history: {context}");
            assert!(!title.is_empty() && !title.contains(['{', '}']), "{context}");
            let fine = |text: &String| text.len() > 5 && !text.contains(['{', '}']) && !text.contains("..");
            assert!(!sentences.is_empty() && sentences.iter().all(fine), "{context}");
            assert!(!kind.label.is_empty(), "{context}");
        }
    }
}

#[test]
fn a_sealed_review_is_told_without_its_stars_and_its_words() {
    let mut sealed = 0;
    for news in everything_that_happens().iter().filter(|news| news.entry.action_name == "review") {
        for to in news.readers() {
            let (_, notice_text) = notice_text(news, to);
            let text = format!("{} {}", notice_text.title, notice_text.sentences.join(" "));
            assert!(!text.contains("star") && !text.contains('4') && !text.contains("rains"), "{text}");
            sealed += usize::from(text.contains("sealed"));
        }
    }
    assert!(sealed > 1);
}

#[test]
fn what_the_table_of_kinds_does_not_know_is_told_in_the_words_of_the_history() {
    let news = everything_that_happens().into_iter().find(|news| news.entry.action_name == "start").unwrap();
    let (booking, entry) = (&news.world.booking, &news.entry);
    let kind = kinds::find(Occasion::Action("share_photo"), Role::Customer);
    let notice_text = text::of(kind, &NoticeContext { booking, entry, to: Role::Customer, zone: "Etc/UTC" });
    assert_eq!(
        (notice_text.title.as_str(), notice_text.sentences[0].as_str()),
        ("Work started by the provider", "Work started by the provider.")
    );
}

fn mail_of(news: &News, to: Role) -> Mail {
    let (kind, notice_text) = notice_text(news, to);
    let id = ObjectId::parse_str("aaaaaaaaaaaaaaaaaaaaaaaa").unwrap();
    let account = Account {
        id,
        email: "somebody@demo.test".into(),
        name: match to {
            Role::Customer => "Aroha",
            Role::Provider => "Hemi",
            _ => "Ada",
        }
        .into(),
        password_hash: String::new(),
        is_admin: false,
        email_verified: true,
        phone: None,
        address: None,
        place: None,
        zone: zone_of(to).into(),
        created_at: Timestamp(0),
    };
    let settings =
        Settings { account: id, secret: "0123456789abcdef0123456789abcdef".into(), muted: vec![], quiet: None };
    let booking = &news.world.booking;
    let notice = Notice {
        key: "key".into(),
        to: id.to_hex(),
        kind: occasion(booking, &news.entry).name().into(),
        booking: None,
        href: format!("/bookings/{}", booking.id),
        title: notice_text.title.clone(),
        text: notice_text.sentences.join(" "),
        at: news.world.now,
        unread: Some(true),
        read_at: None,
    };
    let recipient =
        Recipient { base_url: "https://gigsta.example", account: &account, settings: &settings, now: news.world.now };
    mail::mail(&notice, booking, kind, &notice_text, &recipient)
}

#[test]
fn the_mails_of_bookings_say_what_they_say() {
    let mut mails: BTreeMap<(String, &str), Mail> = BTreeMap::new();
    for news in everything_that_happens() {
        for to in news.readers() {
            let mail = mail_of(&news, to);
            mails.entry((mail.kind.name().to_owned(), to.name())).or_insert(mail);
        }
    }
    let mut text = String::new();
    for ((kind, to), mail) in &mails {
        let class = if mail.unsubscribe.is_some() { "can be ended" } else { "always comes" };
        writeln!(text, "[{kind} to the {to}, {class}]\nSubject: {}\n\n{}--", mail.subject, mail.text).unwrap();
    }
    insta::assert_snapshot!(text);
    let accepted = &mails[&("accept".to_owned(), "customer")];
    insta::assert_snapshot!("the_html_of_an_acceptance", accepted.html.as_ref().unwrap().replace("><", ">\n<"));
}

#[test]
fn every_mail_leads_to_a_page_and_none_acts_by_its_link() {
    for news in everything_that_happens() {
        for to in news.readers() {
            let mail = mail_of(&news, to);
            let links: Vec<_> = mail.text.lines().filter(|line| line.starts_with("https://")).collect();
            assert_eq!(links[0], format!("https://gigsta.example/bookings/{}", news.world.booking.id));
            assert_eq!(mail.unsubscribe.is_some(), links.iter().any(|link| link.contains("/unsubscribe/")));
            assert!(links.iter().all(|link| !link.contains("/actions/")), "{links:?}");
        }
    }
}
