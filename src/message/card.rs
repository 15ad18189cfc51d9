//! What the booking's page shows of its thread: the way there with what is new, and the latest two messages.

use leptos::prelude::*;
use mongodb::bson::oid::ObjectId;

use super::access::{may_read, path};
use super::text::{name_of, text_for};
use super::unread::unread_text;
use crate::booking::machine::Booking;
use crate::booking::model::{Talk, TalkMessage};
use crate::error::AppError;
use crate::ui::icon::Icon;
use crate::web::context::RequestContext;
use crate::web::viewer::Viewer;

/// The most characters of each.
const TEASER_CHARACTERS: usize = 120;

/// What the booking's page shows of its thread.
#[derive(Clone, Debug)]
pub struct Card {
    href: String,
    /// How many messages are new, in words.
    new: Option<String>,
    latest: Vec<Teaser>,
}

/// The beginning of a message.
#[derive(Clone, Debug)]
struct Teaser {
    by: String,
    at_text: String,
    text: String,
}

/// The icons of both parts.
pub const ICONS: &[&str] = &["message"];

/// What somebody may see of it; nothing for who has no thread to read. No read of the database but for an admin, who may read
/// what was reported.
///
/// # Errors
/// When the database is away.
pub async fn card(
    ctx: &RequestContext,
    viewer: &Viewer,
    booking: &Booking,
    talk: &Talk,
) -> Result<Option<Card>, AppError> {
    let role = booking.role_of(&viewer.id, viewer.is_admin);
    let (Some(role), Ok(id)) = (role, ObjectId::parse_str(&booking.id)) else {
        return Ok(None);
    };
    if booking.state.requested_at.is_none() || !may_read(ctx, booking, id, role).await? {
        return Ok(None);
    }
    let new = unread_text(talk.unread_by(role));
    let target = if new.is_some() { "new" } else { "write" };
    let shown = |message: &TalkMessage| Teaser {
        by: if message.by == viewer.id { "You" } else { name_of(booking, message.role) }.to_owned(),
        at_text: message.at.short_text(&booking.zone),
        text: teaser(&text_for(booking, role, message.role, &message.text), message.photos),
    };
    let latest = talk.latest.iter().map(shown).collect();
    Ok(Some(Card { href: format!("{}#{target}", path(&booking.id)), new, latest }))
}

/// The link for the head of the page.
pub fn link(card: &Card) -> impl IntoView + use<> {
    let new = card.new.clone().map(|new| view! { <b class="pill pill-wait">{new}</b> });
    view! {
        <p class="row" id="talk-link" data-live>
            <a class="btn" href=card.href.clone()>
                <Icon name="message" />
                "Messages "
                {new}
            </a>
        </p>
    }
}

/// The card with the latest messages.
pub fn latest(card: Card) -> impl IntoView {
    let label = if card.latest.is_empty() { "Write a message" } else { "Read and write" };
    let body = if card.latest.is_empty() {
        view! { <p>"Nobody has written yet. A word about access, parking or pets helps both."</p> }.into_any()
    } else {
        let messages: Vec<_> = card.latest.into_iter().map(message).collect();
        view! {
            <ul class="stack" aria-label="Latest messages">
                {messages}
            </ul>
        }
        .into_any()
    };
    view! {
        <section
            class="card stack"
            id="talk-card"
            data-live="There is something new in the messages."
            aria-labelledby="talk-title"
        >
            <h2 class="eyebrow" id="talk-title">
                "Messages"
            </h2>
            {body}
            <p class="row">
                <a class="btn" href=card.href>
                    {label}
                </a>
            </p>
        </section>
    }
}

fn message(message: Teaser) -> impl IntoView {
    view! {
        <li>
            <p class="hint">
                <b>{message.by}</b>
                ", "
                {message.at_text}
            </p>
            <p dir="auto">{message.text}</p>
        </li>
    }
}

/// The beginning of what may be seen of a message.
fn teaser(text: &str, photos: i32) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match (line.chars().count(), photos) {
        (0, 1) => "A photo".into(),
        (0, photos) => format!("{photos} photos"),
        (characters, _) if characters > TEASER_CHARACTERS => {
            format!("{}…", line.chars().take(TEASER_CHARACTERS).collect::<String>())
        }
        _ => line,
    }
}
