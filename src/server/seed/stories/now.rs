//! What is open, agreed or going on.

use super::At::{After, Ago, Before};
use super::When::{Day, Quarter};
use super::{Story, clock, customer, provider, story};
use crate::server::seed::jobs::*;
use crate::server::seed::people::{AROHA, LIAM};

pub(super) static STORIES: &[Story] = &[
    // Drafts and requests. Aroha has three open ones with Hemi, the most, so her drafts are for others.
    story!("draft": AROHA, SAFETY, BONDI, Day(4, "10:00"), "My daughter moves in that week.", []),
    story!("draft-liam": LIAM, CLEAN, NORWOOD, Day(10, "09:00"), "Two bedrooms, empty by then.", []),
    story!("requested-fixed": AROHA, CYLINDER, TE_ARO, Day(3, "10:00"), "Lukewarm in the mornings.", [
        customer("request", Ago(90)).with(&[("message", "The cylinder is in the hall cupboard.")]),
    ]),
    story!("requested-on-quote": AROHA, BATHROOM, KARORI, Day(6, "08:30"), "New vanity and a mixer in the shower.", [
        customer("request", Ago(200)),
    ]),
    story!("quoted": AROHA, BATHROOM, TE_ARO, Day(7, "13:00"), "Move the washing machine to the bathroom.", [
        customer("request", Ago(1500)),
        provider("quote", Ago(400)).with(&[("amount", "640"), ("message", "Includes the tap and two metres of pipe.")]),
    ]),
    story!("requested-hourly": LIAM, LIGHTS, NEWTOWN, Day(5, "09:30"), "Eight downlights in the lounge.", [
        customer("request", Ago(45)),
    ]),
    story!("countered": LIAM, REWIRE, NEWTOWN, Day(14, "08:00"), "A terrace from 1910, two floors.", [
        customer("request", Ago(3000)),
        provider("quote", Ago(2200)).with(&[("amount", "7800")]),
        customer("counter", Ago(300)).with(&[("amount", "7200"), ("message", "I would empty the rooms myself.")]),
    ]),
    story!("quoted-chatham": AROHA, FENCE, WAITANGI, Day(12, "09:00"), "Twenty metres came down in the wind.", [
        customer("request", Ago(2500)),
        provider("quote", Ago(1300)).with(&[("amount", "1150")]),
    ]),
    // Agreed, from soon to far.
    story!("startable": AROHA, TAP, TE_ARO, Quarter(2), "The kitchen tap drips.", [
        customer("request", Before(2900)),
        provider("accept", Before(2500)).with(&[("message", "See you then.")]),
    ]),
    story!("no-show-reportable": AROHA, TAP, KARORI, Quarter(-2), "The laundry tap drips.", [
        customer("request", Before(3100)),
        provider("accept", Before(2800)),
    ]),
    story!("accepted-last-hours": AROHA, CYLINDER, PETONE, Quarter(12), "It ticks when it heats up.", [
        customer("request", Before(4300)),
        provider("accept", Before(4000)),
    ]),
    story!("accepted-late-fee": LIAM, SAFETY, NEWTOWN, Quarter(48), "Before the new tenants come.", [
        customer("book_instantly", Before(5000)),
    ]),
    story!("accepted-free": AROHA, DRAIN, TE_ARO, Day(5, "09:00"), "The shower drains slowly.", [
        customer("request", Ago(1000)),
        provider("accept", Ago(700)),
    ]),
    story!("accepted-instantly": LIAM, MOW, NEW_FARM, Day(2, "07:30"), "Mum's place. The gate is open.", [
        customer("book_instantly", Ago(35)),
    ]),
    story!("accepted-quote": LIAM, CLEAN, NORWOOD, Day(8, "09:30"), "Oven and windows too, please.", [
        customer("request", Ago(2000)),
        provider("quote", Ago(1500)).with(&[("amount", "240")]),
        customer("accept_quote", Ago(900)),
    ]),
    story!("change-by-provider": AROHA, DRAIN, KARORI, Day(9, "11:00"), "Leaves in the gully trap.", [
        customer("request", Ago(1200)),
        provider("accept", Ago(1100)),
        provider("propose_change", Ago(60)).with(&[("starts_at", "1"), ("message", "My van is at the garage that day.")]),
    ]),
    story!("change-by-customer": LIAM, LIGHTS, BONDI, Day(11, "13:00"), "Four in the bathroom.", [
        customer("request", Ago(1600)),
        provider("accept", Ago(1400)),
        customer("propose_change", Ago(150)).with(&[("starts_at", "2")]),
    ]),
    // Going on, or waiting for a word.
    story!("in-progress": AROHA, CYLINDER, TE_ARO, Quarter(-12), "It has begun to leak.", [
        customer("request", Before(1500)),
        provider("accept", Before(1300)),
        provider("start", After(4)),
    ]),
    story!("fix-asked": LIAM, CLEAN, NORWOOD, Day(-2, "09:00"), "Keys are with the agent.", [
        customer("request", Before(4000)),
        provider("accept", Before(3600)),
        provider("start", After(0)),
        provider("finish", After(190)),
        customer("request_fix", After(400)).with(&[("message", "The oven was forgotten.")]),
    ]),
    story!("awaiting": AROHA, CYLINDER, KARORI, Quarter(-80), "Yearly check.", [
        customer("request", Before(4400)),
        provider("accept", Before(4100)),
        provider("start", After(2)),
        provider("finish", After(70)).with(&[("final_amount", "120"), ("message", "It was less work than planned.")]),
    ]),
    story!("awaiting-liam": LIAM, SAFETY, BONDI, Quarter(-60), "The landlord needs the paper.", [
        customer("book_instantly", Before(3000)),
        provider("start", After(0)),
        provider("finish", After(60)),
    ]),
    story!("no-show-by-provider": AROHA, TAP, PETONE, Quarter(-32), "The bathroom tap drips.", [
        customer("request", Before(2600)),
        provider("accept", Before(2300)),
        provider("report_no_show", After(30)).with(&[("message", "I rang twice and waited for half an hour.")]),
    ]),
    story!("disputed": AROHA, DRAIN, PETONE, Day(-2, "11:00"), "The sink is blocked.", [
        customer("request", Before(5000)),
        provider("accept", Before(4700)),
        provider("start", After(0)),
        provider("finish", After(80)),
        customer("open_dispute", After(300)).with(&[("reason", "It was blocked again by the evening.")]),
    ]),
    story!("disputed-with-offer": LIAM, LIGHTS, NEWTOWN, Day(-4, "09:00"), "Six in the kitchen.", [
        customer("request", Before(6000)),
        provider("accept", Before(5500)),
        provider("start", After(5)),
        customer("open_dispute", After(240)).with(&[("topic", "poor_work"), ("reason", "Two of the six do not dim.")]),
        customer("add_evidence", After(260)).with(&[("evidence", "At 7 pm the two by the window were at full light, dimmer at its lowest.")]),
        provider("add_evidence", After(900)).with(&[("evidence", "All six dimmed when I left. The two by the window hang on an older dimmer, which I was asked to keep.")]),
        provider("offer_settlement", After(1200)).with(&[("refund_amount", "90"), ("message", "And new dimmers.")]),
    ]),
    // A request that would have lapsed is on its way: nobody answers in the night, and it has been nearly a day.
    story!("requested-nearly-over": LIAM, FENCE, WAITANGI, Day(16, "10:00"), "The paddock gate hangs.", [
        customer("request", Ago(1380)),
    ]),
    story!("completed-by-clock": AROHA, CYLINDER, TE_ARO, Day(-4, "10:00"), "The pressure valve whistles.", [
        customer("request", Before(4400)),
        provider("accept", Before(4000)),
        provider("start", After(0)),
        provider("finish", After(90)),
        clock("auto_complete"),
    ]),
];
