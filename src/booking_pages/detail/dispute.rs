//! A dispute as both sides and the admins see it: both stories side by side, and every offer.

use leptos::prelude::*;

use super::facts::hint;
use crate::booking::machine::aggregate::{CompletedBy, Dispute, Evidence};
use crate::booking::machine::history::Event;
use crate::booking::machine::inputs::DISPUTE_TOPICS;
use crate::booking::machine::updates::Update;
use crate::booking::machine::{Booking, Role, Status, names};
use crate::booking::view::{recorded, share};
use crate::photos;

/// The dispute with its heading; nothing if there never was one.
pub fn dispute(booking: &Booking, role: Role) -> Option<impl IntoView + use<>> {
    let dispute = booking.state.dispute.as_ref()?;
    let topic = DISPUTE_TOPICS.iter().find(|(value, _)| dispute.topic.as_deref() == Some(*value));
    let topic = topic.map(|(_, label)| {
        view! {
            <p>
                <b>{*label}</b>
            </p>
        }
    });
    let thread = (role == Role::Admin).then(|| {
        view! {
            <p>
                <a class="link" href=format!("/bookings/{}/messages", booking.id)>
                    "What they wrote to each other"
                </a>
            </p>
        }
    });
    Some(view! {
        <section class="card" aria-labelledby="dispute-title">
            <h2 class="eyebrow" id="dispute-title">
                "Dispute"
            </h2>
            {topic}
            <p>{standing(booking, dispute)}</p>
            {thread}
            <div class="sides">
                {side(booking, dispute, Role::Customer)} {side(booking, dispute, Role::Provider)}
            </div>
            {offers(booking, dispute)}
        </section>
    })
}

/// Who opened it, and what is at stake.
fn standing(booking: &Booking, dispute: &Dispute) -> String {
    let opened = format!("Opened by {} on {}.", name(booking, dispute.by), dispute.at.text(&booking.zone));
    if booking.state.status != Status::Disputed {
        return opened;
    }
    let price = booking.state.price.map_or(String::new(), |price| {
        let (provider, customer) = (&booking.provider.name, &booking.customer.name);
        format!(" It is about {}: what {customer} does not get back goes to {provider}.", price.text())
    });
    format!("{opened}{price}")
}

/// What one side has said: everything that came with words, and its evidence.
fn side(booking: &Booking, dispute: &Dispute, role: Role) -> impl IntoView + use<> {
    let mut evidence = dispute.evidence.iter();
    let mut entries = Vec::new();
    for event in &booking.history {
        let photos = if recorded(event, Update::AddEvidence) { evidence.next() } else { None };
        let Some(text) = event.message.as_deref().filter(|_| event.actor == role) else { continue };
        entries.push(entry(booking, event, text, photos));
    }
    let silent = entries.is_empty().then(|| view! { <li class="hint">"Nothing yet."</li> });
    view! {
        <section>
            <h3>{name(booking, role).to_owned()}</h3>
            <ol>{entries} {silent}</ol>
        </section>
    }
}

fn entry(booking: &Booking, event: &Event, text: &str, evidence: Option<&Evidence>) -> impl IntoView + use<> {
    let photos = evidence.map_or(&[][..], |evidence| &evidence.photos);
    let thumb = |(place, id): (usize, &String)| {
        let alt = format!("Photo {} of {} by {}", place + 1, photos.len(), event.actor_name);
        view! {
            <a href=photos::address(id, 1600)>
                <img class="thumb" loading="lazy" src=photos::address(id, 320) alt=alt />
            </a>
        }
    };
    let thumbs: Vec<_> = photos.iter().enumerate().map(thumb).collect();
    let thumbs = (!thumbs.is_empty()).then(|| view! { <p class="row">{thumbs}</p> });
    view! {
        <li>
            {hint(format!("{}, {}", title(event), event.at.short_text(&booking.zone)))}
            <p class="words" dir="auto">
                {text.to_owned()}
            </p>
            {thumbs}
        </li>
    }
}

/// What the words came with, in a word or two.
fn title(event: &Event) -> &str {
    match event.action_name.as_str() {
        names::OPEN_DISPUTE => "Why there is a dispute",
        names::ADD_EVIDENCE => "Evidence",
        names::OFFER_SETTLEMENT => "With the offer",
        names::FINISH => "When it was done",
        names::REQUEST_FIX => "A fix was asked for",
        names::REPORT_NO_SHOW => "No-show reported",
        names::PROPOSE_CHANGE | names::DECLINE_CHANGE => "About another time",
        names::QUOTE | names::COUNTER => "With the price",
        names::REQUEST | names::ACCEPT | names::BOOK_INSTANTLY => "When it was agreed",
        _ => &event.note,
    }
}

fn offers(booking: &Booking, dispute: &Dispute) -> Option<impl IntoView + use<>> {
    let price = booking.state.price.filter(|_| !dispute.offers.is_empty())?;
    let last = dispute.offers.len();
    let offers: Vec<_> = (1..)
        .zip(&dispute.offers)
        .map(|(place, offer)| {
            let other = offer.by.other_party().map_or("", |role| name(booking, role));
            let standing = match (place == last, booking.state.status) {
                (true, Status::Disputed) => format!("Open: {other} can take it."),
                (true, Status::Completed)
                    if booking
                        .history
                        .iter()
                        .any(|event| recorded(event, Update::CompleteAs(CompletedBy::Settlement))) =>
                {
                    format!("Taken by {other}.")
                }
                (true, _) => "Not taken.".into(),
                (false, _) => "Replaced by a newer one.".into(),
            };
            let state = format!("{}, {}. {standing}", name(booking, offer.by), offer.at.short_text(&booking.zone));
            view! {
                <li>
                    <b>{share(booking, price, offer.refund)}</b>
                    {hint(state)}
                </li>
            }
        })
        .collect();
    Some(view! {
        <h3>"Offers"</h3>
        <ol class="sides">{offers}</ol>
    })
}

fn name(booking: &Booking, role: Role) -> &str {
    booking.party(role).map_or("", |party| party.name.as_str())
}
