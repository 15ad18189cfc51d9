//! What has ended.

use super::At::{After, Ago, Before};
use super::When::{Day, Quarter};
use super::{Story, admin, clock, customer, provider, story};
use crate::server::seed::jobs::*;
use crate::server::seed::people::{AROHA, LIAM};

pub(super) static STORIES: &[Story] = &[
    story!("completed-reviewable": AROHA, TAP, TE_ARO, Day(-3, "14:00"), "The garden tap drips.", [
        customer("request", Before(3000)),
        provider("accept", Before(2700)),
        provider("start", After(0)),
        provider("finish", After(25)),
        customer("confirm", After(600)),
    ]),
    story!("completed-one-review": AROHA, CYLINDER, KARORI, Day(-8, "09:00"), "No hot water at all.", [
        customer("request", Before(1800)),
        provider("accept", Before(1700)),
        provider("start", After(0)),
        provider("finish", After(55)),
        customer("confirm", After(90)),
        provider("review", After(1500)).with(&[("stars", "5"), ("text", "Everything was ready, and there was tea.")]),
    ]),
    story!("completed-both-reviews": AROHA, DRAIN, TE_ARO, Day(-21, "10:00"), "The whole house gurgles.", [
        customer("request", Before(3000)),
        provider("accept", Before(2900)),
        provider("start", After(10)),
        provider("finish", After(85)),
        customer("confirm", After(120)),
        customer("review", After(1300)).with(&[("stars", "5"), ("text", "Quick, tidy, and the price was the one agreed.")]),
        provider("review", After(1500)).with(&[("stars", "5")]),
        provider("reply_to_review", After(1600)).with(&[("text", "Ngā mihi, Aroha!")]),
    ]),
    story!("completed-long-ago": AROHA, TAP, KARORI, Day(-35, "15:00"), "A dripping tap.", [
        customer("request", Before(3000)),
        provider("accept", Before(2000)),
        provider("start", After(0)),
        provider("finish", After(30)),
        clock("auto_complete"),
        customer("review", After(5000)).with(&[("stars", "4"), ("text", "It no longer drips. He rang twice before he came.")]),
        clock("close_reviews"),
    ]),
    story!("completed-bathroom": AROHA, BATHROOM, KARORI, Day(-50, "08:00"), "A new bath.", [
        customer("request", Before(9000)),
        provider("quote", Before(8000)).with(&[("amount", "1480")]),
        customer("counter", Before(7500)).with(&[("amount", "1350")]),
        provider("accept", Before(7000)),
        provider("start", After(0)),
        provider("finish", After(240)),
        customer("confirm", After(300)),
        customer("review", After(1500)).with(&[("stars", "1"), ("text", "Ring him at home, on 027 555 0199, at night as well!")]),
        clock("close_reviews"),
        admin("hide_review", After(21000)).with(&[("side", "customer"), ("reason", "It gives away a private number.")]),
    ]),
    story!("completed-clean": LIAM, CLEAN, NORWOOD, Day(-12, "09:00"), "The old flat.", [
        customer("request", Before(4000)),
        provider("accept", Before(3500)),
        provider("start", After(0)),
        provider("finish", After(180)),
        customer("confirm", After(500)),
        customer("review", After(2000)).with(&[("stars", "4"), ("text", "Spotless. Came half an hour late.")]),
        provider("review", After(2400)).with(&[("stars", "5")]),
    ]),
    story!("completed-mowing": LIAM, MOW, NEW_FARM, Day(-6, "07:00"), "Front and back.", [
        customer("book_instantly", Before(2000)),
        provider("start", After(0)),
        customer("confirm", After(70)),
    ]),
    story!("settled": LIAM, LIGHTS, BONDI, Day(-9, "13:00"), "Hall and stairs.", [
        customer("request", Before(4000)),
        provider("accept", Before(3000)),
        provider("start", After(0)),
        provider("finish", After(170)),
        customer("open_dispute", After(400)).with(&[("reason", "One of them hums.")]),
        provider("offer_settlement", After(1500)).with(&[("refund_amount", "60")]),
        customer("accept_settlement", After(1700)),
    ]),
    story!("ruled-for-provider": AROHA, DRAIN, PETONE, Day(-30, "09:30"), "Tree roots, perhaps.", [
        customer("request", Before(3000)),
        provider("accept", Before(2500)),
        provider("start", After(0)),
        provider("finish", After(90)),
        customer("open_dispute", After(200)).with(&[("reason", "It took less than the time booked.")]),
        admin("rule_for_provider", After(6000)).with(&[("refund_amount", "20"), ("reason", "The photos show the whole work done.")]),
        clock("close_reviews"),
    ]),
    story!("ruled-for-customer": LIAM, SAFETY, NEWTOWN, Day(-25, "16:00"), "For the insurance.", [
        customer("book_instantly", Before(2000)),
        provider("start", After(0)),
        customer("open_dispute", After(100)).with(&[("reason", "There was no certificate.")]),
        admin("rule_for_customer", After(5000)).with(&[("reason", "No certificate was filed.")]),
    ]),
    story!("no-show-settled": AROHA, DRAIN, KARORI, Day(-16, "12:00"), "The gutter runs over.", [
        customer("request", Before(3000)),
        provider("accept", Before(2500)),
        customer("report_no_show", After(45)).with(&[("message", "Nobody came or rang.")]),
        clock("settle_no_show"),
    ]),
    story!("declined": AROHA, BATHROOM, PETONE, Day(13, "08:00"), "Two bathrooms at once.", [
        customer("request", Ago(2700)),
        provider("decline", Ago(2400)).with(&[("reason", "I am away that week. The week after suits.")]),
    ]),
    story!("quote-declined": LIAM, REWIRE, BONDI, Day(20, "08:00"), "A flat of three rooms.", [
        customer("request", Ago(4300)),
        provider("quote", Ago(4000)).with(&[("amount", "5400")]),
        customer("decline_quote", Ago(2000)).with(&[("reason", "It is more than we can spend this year.")]),
    ]),
    story!("expired": AROHA, CYLINDER, PETONE, Day(-3, "09:00"), "It drips into the pan.", [
        customer("request", Before(4000)),
        clock("expire_request"),
    ]),
    story!("expired-quote": LIAM, FENCE, WAITANGI, Day(-2, "09:00"), "For the sheep.", [
        customer("request", Before(9000)),
        provider("quote", Before(8500)).with(&[("amount", "830")]),
        clock("expire_request"),
    ]),
    story!("expired-draft": AROHA, LIGHTS, BONDI, Day(6, "09:00"), "Perhaps later.", [
        clock("expire_draft"),
    ]),
    story!("cancelled-with-fee": AROHA, CYLINDER, TE_ARO, Quarter(-72), "Just a check.", [
        customer("request", Before(4000)),
        provider("accept", Before(3700)),
        customer("cancel", Before(360)).with(&[("reason", "I have to fly to Auckland today.")]),
    ]),
    story!("cancelled-free": LIAM, MOW, NEW_FARM, Day(-10, "07:00"), "Front only.", [
        customer("book_instantly", Before(6000)),
        customer("cancel", Before(3000)).with(&[("reason", "It has not grown.")]),
    ]),
    story!("cancelled-by-provider": AROHA, TAP, KARORI, Day(-7, "11:00"), "Two taps.", [
        customer("request", Before(4000)),
        provider("accept", Before(3500)),
        provider("cancel", Before(1000)).with(&[("reason", "My van has broken down.")]),
    ]),
    story!("withdrawn": LIAM, CLEAN, NORWOOD, Day(18, "10:00"), "Carpets as well.", [
        customer("request", Ago(1300)),
        customer("withdraw", Ago(1200)).with(&[("reason", "The lease goes on after all.")]),
    ]),
    story!("cancelled-by-admin": LIAM, SAFETY, BONDI, Day(-5, "10:00"), "Shop front.", [
        customer("book_instantly", Before(3000)),
        admin("cancel_as_admin", Before(900)).with(&[("reason", "Booked by mistake; both asked us to end it.")]),
    ]),
];
