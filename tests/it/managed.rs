//! The managed database: it starts, is adopted, moves, recovers, and stops.

use std::net::TcpListener;
use std::path::Path;

use gigsta::server::managed::Managed;
use gigsta::web::db::Db;
use mongodb::bson::{Document, doc};

async fn write(managed: &Managed, n: i32) {
    let db = Db::connect(&managed.uri(), "managed").await.unwrap();
    db.collection::<Document>("kept").insert_one(doc! { "_id": n }).await.unwrap();
}

async fn count(managed: &Managed) -> u64 {
    let db = Db::connect(&managed.uri(), "managed").await.unwrap();
    db.collection::<Document>("kept").count_documents(doc! {}).await.unwrap()
}

fn port(folder: &Path) -> u16 {
    std::fs::read_to_string(folder.join("mongo/port")).unwrap().trim().parse().unwrap()
}

#[tokio::test]
async fn it_is_adopted_recovers_from_a_crash_and_moves_when_its_port_is_taken() {
    let folder = crate::support::database::folder("managed");
    let first = Managed::start(&folder).await.unwrap();
    assert!(first.owned());
    crate::support::database::end_with_this_process(first.pid().unwrap(), &folder);
    write(&first, 1).await;

    let adopted = Managed::start(&folder).await.unwrap();
    assert!(!adopted.owned(), "the one that runs is used");
    assert_eq!(adopted.uri(), first.uri());
    write(&adopted, 2).await;

    // A power cut: nothing is told to anybody, and the lock stays.
    let pid = first.pid().unwrap().to_string();
    assert!(std::process::Command::new("kill").args(["-9", &pid]).status().unwrap().success());
    drop(first);
    let recovered = Managed::start(&folder).await.unwrap();
    assert!(recovered.owned());
    crate::support::database::end_with_this_process(recovered.pid().unwrap(), &folder);
    assert_eq!(recovered.uri(), adopted.uri(), "it keeps its port");
    assert_eq!(count(&recovered).await, 2, "what was acknowledged is there");
    recovered.stop().await.unwrap();

    // Somebody else who has the port now, and hangs up on what is not theirs.
    let stranger = TcpListener::bind(("127.0.0.1", port(&folder))).unwrap();
    std::thread::spawn(move || stranger.incoming().for_each(drop));
    let moved = Managed::start(&folder).await.unwrap();
    crate::support::database::end_with_this_process(moved.pid().unwrap(), &folder);
    assert_ne!(moved.uri(), adopted.uri());
    write(&moved, 3).await;
    assert_eq!(count(&moved).await, 3);

    let again = Managed::start(&folder).await.unwrap();
    assert!(!again.owned());
    again.stop().await.unwrap();
    assert!(TcpListener::bind(("127.0.0.1", port(&folder))).is_ok(), "an adopted one can be stopped as well");
    drop(moved);
    std::fs::remove_dir_all(&folder).unwrap();
}
