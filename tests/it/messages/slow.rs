//! Files that come slowly.

use std::io::Cursor;

use gigsta::ids;
use image::{ImageFormat, Rgb, RgbImage};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use super::Talk;
use crate::support::database::in_database;

/// A photo that weighs more than a form may.
fn large_jpeg() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let noise = |x: u32, y: u32| x.wrapping_mul(2_654_435_761).wrapping_add(y.wrapping_mul(40_503)).rotate_left(x ^ y);
    let picture = RgbImage::from_fn(640, 480, |x, y| {
        let [red, green, blue, _] = noise(x, y).to_le_bytes();
        Rgb([red, green, blue])
    });
    picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    let bytes = bytes.into_inner();
    assert!(bytes.len() > 64 * 1024);
    bytes
}

#[tokio::test]
async fn files_that_nobody_sends_slowly_keep_nobody_waiting() {
    in_database(async |db| {
        let talk = Talk::new(db).await;
        let mut slow = Vec::new();
        for path in ["/x/photos", "/bookings/x/messages", "/bookings/x/actions/add_evidence/photos", "/book/x/photos"] {
            for _ in 0..20 {
                let mut stream = TcpStream::connect(talk.server.addr).await.unwrap();
                let head = format!(
                    "POST {path} HTTP/1.1\r\nhost: {}\r\ncontent-type: multipart/form-data; boundary=cut\r\n\
                     content-length: 9000000\r\n\r\n--cut\r\n",
                    talk.server.addr
                );
                stream.write_all(head.as_bytes()).await.unwrap();
                slow.push(stream);
            }
        }
        // All of them are being read before the messages are sent.
        assert_eq!(talk.server.get("/sign-in", &[]).await.status, 200);
        talk.say(&talk.aroha, "Without a photo").await;
        let photo = large_jpeg();
        let with_photo = talk.send(&talk.aroha, &ids::fresh_command_id(), "With a photo", &[&photo]).await;
        assert_eq!(with_photo.status, 303, "{with_photo:?}");
        drop(slow);
    })
    .await;
}
