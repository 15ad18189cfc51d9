//! Writing a message: once, however often its form is sent.

use axum::body::Bytes;
use mongodb::bson::oid::ObjectId;

use super::model::{Message, message_id};
use super::notify;
use super::rules::{self, MAX_AN_HOUR, MAX_CHARACTERS, MAX_PHOTOS, OPEN_DAYS, ThreadStatus};
use super::store::{self, Written};
use crate::booking::machine::{Booking, Role};
use crate::booking::perform::check_command_id;
use crate::domain::limit::thousands;
use crate::domain::photo::Photo;
use crate::error::{AppError, ErrorKind};
use crate::ids;
use crate::photos::PhotoContext;
use crate::web::viewer::Viewer;

/// What somebody sends.
#[derive(Clone, Debug, Default)]
pub struct NewMessage {
    /// The sender's key.
    pub command_id: String,
    /// What was typed.
    pub text: String,
    /// Photos as they came.
    pub photos: Vec<Bytes>,
}

/// Writes the message and notifies the other side, and returns the message's id. Sent again it is the same message.
///
/// # Errors
/// 409 when the booking takes no messages; 422 for what has to be different; 429 after too many; 503 when the database is
/// away. Nothing is written by any of them.
pub async fn send(
    ctx: &PhotoContext,
    viewer: &Viewer,
    booking: &Booking,
    role: Role,
    new: NewMessage,
) -> Result<ObjectId, AppError> {
    check_command_id(&new.command_id)?;
    check_thread_status(ctx, booking)?;
    let text = check_text(&new)?;
    let db = &ctx.kit.db;
    let id = ObjectId::parse_str(&booking.id).map_err(|_| AppError::not_found())?;
    if let Some(there) = store::find_command(db, id, &viewer.id, &new.command_id).await? {
        return repeated(ctx, booking, there, &text, new.photos.len()).await;
    }
    check_pace(ctx, id, &viewer.id).await?;
    let count = new.photos.len();
    let photos = keep(ctx, new.photos).await?;
    // Not the request's instant: photos take their time, and meanwhile others may have read what came after it.
    let at = ctx.kit.clock.now();
    let mut chance = [0; 6];
    ids::fill(&mut chance);
    let message = Message {
        id: message_id(at, chance),
        booking: id,
        by: viewer.id.clone(),
        role,
        text: text.clone(),
        photos,
        at,
        command_id: new.command_id,
    };
    let written = store::insert(db, &message).await;
    if !matches!(written, Ok(Written::New)) {
        // No message names them, so nobody could see or remove them.
        forget(ctx, &message.photos).await;
    }
    match written? {
        Written::New => {
            notify_readers(ctx, booking, role).await;
            Ok(message.id)
        }
        Written::Repeated => {
            let there = store::find_command(db, id, &viewer.id, &message.command_id).await?;
            repeated(ctx, booking, there.ok_or_else(AppError::fault)?, &text, count).await
        }
    }
}

/// The answer to a form that was sent before: the same message, or that something else is in it now.
async fn repeated(
    ctx: &PhotoContext,
    booking: &Booking,
    there: Message,
    text: &str,
    photos: usize,
) -> Result<ObjectId, AppError> {
    if there.text != text || there.photos.len() != photos {
        let message = "This form was sent before with something else in it. Press Send again if this is a new message.";
        return Err(AppError::bad_field("text", "command_reused", message));
    }
    notify_readers(ctx, booking, there.role).await;
    Ok(there.id)
}

/// The message is there, even if the notification fails; the next one covers both.
async fn notify_readers(ctx: &PhotoContext, booking: &Booking, author: Role) {
    if let Err(error) = notify::notify(ctx, booking, author).await {
        tracing::warn!(booking = booking.id, %error, "nobody could be told of a message");
    }
}

fn check_thread_status(ctx: &PhotoContext, booking: &Booking) -> Result<(), AppError> {
    let refuse = |code, message: String| Err(AppError::new(ErrorKind::Conflict, code, message));
    match rules::thread_status(booking, ctx.now) {
        ThreadStatus::Open => Ok(()),
        ThreadStatus::NotYet => refuse("not_sent", "Send the request first. Then you can write to each other.".into()),
        ThreadStatus::Over => refuse(
            "thread_over",
            format!("The booking ended more than {OPEN_DAYS} days ago. Nothing can be added any more."),
        ),
    }
}

fn check_text(new: &NewMessage) -> Result<String, AppError> {
    let text = rules::clean(&new.text);
    let characters = text.chars().count();
    if characters > MAX_CHARACTERS {
        let most = thousands(MAX_CHARACTERS);
        let message =
            format!("A message has at most {most} letters, and this one has {characters}. Shorten it, or send two.");
        return Err(AppError::bad_field("text", "too_long", message));
    }
    if characters == 0 && new.photos.is_empty() {
        return Err(AppError::bad_field("text", "missing", "Write something, or add a photo."));
    }
    if new.photos.len() > MAX_PHOTOS {
        let message = format!("A message has at most {MAX_PHOTOS} photos. Choose fewer, or send two messages.");
        return Err(AppError::bad_field("photo", "too_many_photos", message));
    }
    Ok(text)
}

/// Counted without a lock: somebody who sends many at the same instant can exceed the limit by a few.
async fn check_pace(ctx: &PhotoContext, booking: ObjectId, by: &str) -> Result<(), AppError> {
    let hour_ago = ctx.now.plus_minutes(-60);
    let written = store::written_since(&ctx.kit.db, booking, by, hour_ago, MAX_AN_HOUR).await?;
    let (Some(first), true) = (written.first(), written.len() >= MAX_AN_HOUR) else {
        return Ok(());
    };
    let seconds = (first.plus_minutes(60).0 - ctx.now.0 + 999).div_euclid(1000).max(1);
    let minutes = (seconds + 59).div_euclid(60);
    let message = format!(
        "You have written {MAX_AN_HOUR} messages in an hour. Your text is still here: send it in {minutes} minutes."
    );
    Err(AppError::too_many(message, u32::try_from(seconds).unwrap_or(u32::MAX)))
}

/// Keeps the photos, all or none.
async fn keep(ctx: &PhotoContext, sent: Vec<Bytes>) -> Result<Vec<Photo>, AppError> {
    let mut photos = Vec::new();
    for (number, bytes) in sent.into_iter().enumerate() {
        match ctx.photos.put(bytes).await {
            Ok(stored) => {
                let alt = format!("Photo {}", number + 1);
                photos.push(Photo { id: stored.id, alt, width: stored.width, height: stored.height });
            }
            Err(error) => {
                forget(ctx, &photos).await;
                return Err(error);
            }
        }
    }
    Ok(photos)
}

async fn forget(ctx: &PhotoContext, photos: &[Photo]) {
    for photo in photos {
        ctx.photos.remove(&photo.id).await;
    }
}
