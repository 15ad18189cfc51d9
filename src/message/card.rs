//! What the booking's page shows of its thread: the way there with what is new, and the latest two messages.

use mongodb::bson::oid::ObjectId;

use super::model::Message;
use super::pages::may_read;
use super::view::{name_of, text_for};
use super::{path, store, unread};
use crate::booking::machine::Booking;
use crate::error::AppError;
use crate::ui::html::Html;
use crate::web::context::RequestContext;
use crate::web::viewer::Viewer;

/// The most messages on the card.
const LATEST: usize = 2;
/// The most letters of each.
const TEASER: usize = 120;

/// The two parts of the booking's page, as HTML; both empty for who has no thread to read.
#[derive(Clone, Debug, Default)]
pub struct Card {
    /// The link for the head of the page.
    pub link: String,
    /// The card with the latest messages.
    pub card: String,
}

/// The icons of both parts.
pub const ICONS: &[&str] = &["message"];

/// Draws both parts: two reads of the database.
///
/// # Errors
/// When the database is away.
pub async fn card(ctx: &RequestContext, viewer: &Viewer, booking: &Booking) -> Result<Card, AppError> {
    let role = booking.role_of(&viewer.id, viewer.is_admin);
    let (Some(role), Ok(id)) = (role, ObjectId::parse_str(&booking.id)) else {
        return Ok(Card::default());
    };
    if booking.state.requested_at.is_none() || !may_read(ctx, booking, id, role).await? {
        return Ok(Card::default());
    }
    let latest = async { Ok::<_, AppError>(store::page(&ctx.kit.db, id, None, LATEST).await?) };
    let ((messages, _), unread) = tokio::try_join!(latest, unread(ctx, viewer, [booking.id.as_str()].into_iter()))?;
    let new = unread.text(&booking.id);
    let target = if new.is_some() { "new" } else { "write" };
    let href = format!("{}#{target}", path(&booking.id));
    let mut link = Html::new();
    link.raw("<p class=\"row\" id=\"talk-link\" data-live><a class=\"btn\"").attr("href", &href).raw(">");
    link.icon("message").raw("Messages");
    link.wrap(" <b class=\"pill pill-wait\">", new.as_deref().unwrap_or_default(), "</b>").raw("</a></p>");
    let mut card = Html::new();
    card.raw("<section class=\"card stack\" id=\"talk-card\" data-live=\"There is something new in the messages.\" aria-labelledby=\"talk-title\">");
    card.raw("<h2 class=\"eyebrow\" id=\"talk-title\">Messages</h2>");
    if messages.is_empty() {
        card.raw("<p>Nobody has written yet. A word about access, parking or pets helps both.</p>");
    } else {
        card.raw("<ul class=\"stack\" aria-label=\"Latest messages\">");
        for message in &messages {
            let name = if message.by == viewer.id { "You" } else { name_of(booking, message.role) };
            card.raw("<li><p class=\"hint\"><b>").text(name).raw("</b>, ").text(&message.at.short_text(&booking.zone));
            card.raw("</p><p dir=\"auto\">").text(&teaser(&text_for(booking, role, message), message)).raw("</p></li>");
        }
        card.raw("</ul>");
    }
    card.raw("<p class=\"row\"><a class=\"btn\"").attr("href", &href).raw(">");
    card.raw(if messages.is_empty() { "Write a message" } else { "Read and write" }).raw("</a></p></section>");
    Ok(Card { link: link.finish(), card: card.finish() })
}

/// The beginning of what may be seen of a message.
fn teaser(text: &str, message: &Message) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match (line.chars().count(), message.photos.len()) {
        (0, 1) => "A photo".into(),
        (0, photos) => format!("{photos} photos"),
        (letters, _) if letters > TEASER => format!("{}…", line.chars().take(TEASER).collect::<String>()),
        _ => line,
    }
}
