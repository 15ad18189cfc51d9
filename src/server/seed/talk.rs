//! What the people of the demo have written to each other about two bookings: one agreed, one not yet.

use super::fixed_ids::booking_id;
use super::people::{AROHA, HEMI, Person};
use crate::booking::machine::Role;
use crate::message::model::{Message, message_id};
use crate::message::store;
use crate::time::Timestamp;
use crate::web::db::Db;

/// Story, author, role, how many minutes ago, words.
type ScriptedMessage = (&'static str, &'static Person, Role, i64, &'static str);

const MESSAGES: [ScriptedMessage; 7] = [
    (
        "startable",
        &AROHA,
        Role::Customer,
        2300,
        "Kia ora Hemi! The gate sticks a little, push it hard. The stopcock is under the sink.",
    ),
    ("startable", &HEMI, Role::Provider, 2250, "Thanks Aroha, good to know. Is it a lever mixer or two separate taps?"),
    ("startable", &AROHA, Role::Customer, 2240, "Two separate ones. Only the hot one drips."),
    ("startable", &HEMI, Role::Provider, 20, "On my way soon. Ring me on 027 555 0118 if nobody is home."),
    (
        "quoted",
        &AROHA,
        Role::Customer,
        1480,
        "There is room for the machine beside the basin, 62 cm. I am on 021 555 0142 if that is easier.",
    ),
    ("quoted", &HEMI, Role::Provider, 395, "62 cm is fine. I can also take the old pipe away, no extra cost."),
    ("quoted", &AROHA, Role::Customer, 360, "That would be great, thank you. I will look at the quote tonight."),
];

/// Up to which of a story's messages somebody has read, counted from the first.
const READ: [(&str, &Person, usize); 4] =
    [("startable", &AROHA, 3), ("startable", &HEMI, 3), ("quoted", &AROHA, 2), ("quoted", &HEMI, 1)];

/// Writes what is missing. Existing documents are not changed.
///
/// # Errors
/// When the database fails.
pub(super) async fn put(db: &Db, now: Timestamp) -> mongodb::error::Result<()> {
    let messages = all(now);
    for message in &messages {
        store::insert(db, message).await?;
    }
    for (story, person, count) in READ {
        let booking = booking_id(story);
        let read = messages.iter().filter(|message| message.booking == booking).nth(count - 1).map(|last| last.id);
        let account = person.id().to_hex();
        let role = messages.iter().find(|message| message.by == account).map_or(Role::Customer, |message| message.role);
        if let Some(read) = read {
            store::set_read(db, booking, &account, role, read).await?;
        }
    }
    Ok(())
}

fn all(now: Timestamp) -> Vec<Message> {
    let message = |(number, (story, by, role, minutes, text)): (usize, &ScriptedMessage)| {
        let at = now.plus_minutes(-minutes);
        let chance = u8::try_from(number).unwrap_or_default();
        Message {
            id: message_id(at, [chance; 6]),
            booking: booking_id(story),
            by: by.id().to_hex(),
            role: *role,
            text: (*text).into(),
            photos: Vec::new(),
            at,
            command_id: format!("demo-{number}"),
        }
    };
    MESSAGES.iter().enumerate().map(message).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_stands_in_its_order_and_every_mark_is_at_a_message() {
        let messages = all(Timestamp(1_796_511_600_000));
        for (story, person, count) in READ {
            let ids: Vec<_> =
                messages.iter().filter(|one| one.booking == booking_id(story)).map(|one| one.id).collect();
            assert!(ids.is_sorted() && (1..=ids.len()).contains(&count), "{story} {}", person.name);
        }
    }
}
