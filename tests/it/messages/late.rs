//! The mail that there is something to read, when the mail server was away meanwhile.

use gigsta::mail::sender::server::MailServer as Address;

use super::Talk;
use crate::support::database::in_database;
use crate::support::mails::drain;
use crate::support::server::Server;
use crate::support::smtp::{MailServer, Mode};

#[tokio::test]
async fn that_there_is_something_to_read_is_not_mailed_to_who_has_read_it() {
    for (read, sent) in [(false, 1), (true, 0)] {
        in_database(async |db| {
            let post = MailServer::start(Mode::Fine).await;
            let address = Address::parse(&format!("smtp://127.0.0.1:{}", post.port)).unwrap();
            let state = Server::start(db, |config| config.smtp = Some(address)).await.state;
            let talk = Talk::new(db).await;
            talk.send(&talk.aroha, "command-1", "Kia ora", &[]).await;
            if read {
                talk.read(&talk.hemi).await;
            }
            let later = talk.server.state.clock.now().plus_hours(1);
            assert_eq!(drain(&state, later).await.unwrap(), sent, "read: {read}");
            assert_eq!(drain(&state, later.plus_hours(99)).await.unwrap(), 0);
            assert_eq!(post.seen().taken.len(), sent);
        })
        .await;
    }
}
