//! Photos over HTTP: from an upload to what everybody sees.

use std::path::PathBuf;

use gigsta::catalogue::store::MAX_PHOTOS;
use gigsta::web::db::Db;
use mongodb::bson::oid::ObjectId;

use super::{FORM, gigsta, only};
use crate::support::database::{folder, in_database};
use crate::support::people::Person;
use crate::support::server::{Answer, Server};

/// A small JPEG, made by the same library that reads it.
pub fn jpeg() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_fn(900, 600, |x, y| image::Rgb([x.to_le_bytes()[0], y.to_le_bytes()[0], 90]));
    picture.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// A provider with a draft, on a server with a folder of its own for photos.
struct Studio {
    server: Server,
    hemi: Person,
    own: String,
    data: PathBuf,
}

impl Studio {
    async fn new(db: &Db) -> Self {
        let data = folder(&format!("photos-{}", ObjectId::new().to_hex()));
        let server = Server::start(db, |config| config.data = data.clone()).await;
        let hemi = gigsta(&server, "hemi").await;
        server.post("/provider/services/new", &[("cookie", &hemi.cookie)], FORM).await;
        let own = format!("/provider/services/{}", only(db).await.id.to_hex());
        Self { server, hemi, own, data }
    }

    async fn upload(&self, name: &str, bytes: &[u8], alt: &str) -> Answer {
        let mut body = format!(
            "--cut\r\ncontent-disposition: form-data; name=\"alt\"\r\n\r\n{alt}\r\n--cut\r\n\
             content-disposition: form-data; name=\"photo\"; filename=\"{name}\"\r\ncontent-type: image/jpeg\r\n\r\n"
        )
        .into_bytes();
        body.extend(bytes);
        body.extend(b"\r\n--cut--\r\n");
        let headers = [("cookie", self.hemi.cookie.as_str()), ("content-type", "multipart/form-data; boundary=cut")];
        self.server.send("POST", &format!("{}/photos", self.own), &headers, &body).await
    }

    async fn change(&self, photo: &str, what: &str, version: i64) -> Answer {
        let form = format!("do={what}&version={version}&alt=Edges");
        self.server.post(&format!("{}/photos/{photo}", self.own), &[("cookie", &self.hemi.cookie)], &form).await
    }

    fn files(&self) -> usize {
        let photos = std::fs::read_dir(self.data.join("photos"));
        photos.map_or(0, |photos| photos.map(|photo| std::fs::read_dir(photo.unwrap().path()).unwrap().count()).sum())
    }
}

impl Drop for Studio {
    fn drop(&mut self) {
        _ = std::fs::remove_dir_all(&self.data);
    }
}

#[tokio::test]
async fn a_photo_is_kept_shown_ordered_and_taken_away() {
    in_database(async |db| {
        let studio = Studio::new(db).await;
        assert_eq!(studio.upload("a.jpg", &jpeg(), "").await.status, 303);
        assert_eq!(studio.upload("a.jpg", &jpeg(), "A mown lawn").await.status, 303);
        let service = only(db).await;
        let alts: Vec<_> = service.photos.iter().map(|photo| photo.alt.as_str()).collect();
        assert_eq!(alts, ["Lawn mowing, photo 1", "A mown lawn"]);
        assert_eq!((service.photos[0].width, service.photos[0].height, studio.files()), (900, 600, 6));

        let (one, two) = (service.photos[0].id.clone(), service.photos[1].id.clone());
        for size in [320, 800, 1600] {
            let photo = studio.server.get(&format!("/photos/{one}/{size}.jpg"), &[]).await;
            assert_eq!((photo.status, photo.header("content-type")), (200, "image/jpeg"));
            assert_eq!(photo.header("cache-control"), "public, max-age=31536000, immutable");
            assert_eq!(photo.header("x-content-type-options"), "nosniff");
        }
        for wrong in ["321.jpg", "320.png", "320", "..%2f320.jpg"] {
            assert_eq!(studio.server.get(&format!("/photos/{one}/{wrong}"), &[]).await.status, 404, "{wrong}");
        }
        for wrong in ["x", "..", "%2e%2e%2f%2e%2e", &"0".repeat(32)] {
            assert_eq!(studio.server.get(&format!("/photos/{wrong}/320.jpg"), &[]).await.status, 404, "{wrong}");
        }

        assert_eq!(studio.change(&two, "up", service.version - 1).await.status, 409, "the page was old");
        assert_eq!(studio.change(&two, "up", service.version).await.status, 303);
        assert_eq!(studio.change(&two, "alt", service.version + 1).await.status, 303);
        let service = only(db).await;
        assert_eq!((&service.photos[0].id, service.photos[0].alt.as_str()), (&two, "Edges"));
        let page = studio.server.get(&format!("/services/{}", service.slug), &[("cookie", &studio.hemi.cookie)]).await;
        assert!(page.body.contains(&format!("/photos/{two}/800.jpg 800w")), "{}", page.body);
        assert!(page.body.contains("width=\"900\" height=\"600\"") && page.body.contains("loading=\"lazy\""));

        assert_eq!(studio.change(&one, "remove", service.version).await.status, 303);
        assert_eq!(studio.change(&one, "remove", service.version).await.status, 303, "pressed twice");
        assert_eq!(studio.server.get(&format!("/photos/{one}/320.jpg"), &[]).await.status, 404);
        assert_eq!((only(db).await.photos.len(), studio.files()), (1, 3));
    })
    .await;
}

#[tokio::test]
async fn what_is_no_photo_is_refused_with_a_remedy_and_nothing_is_kept() {
    in_database(async |db| {
        let studio = Studio::new(db).await;
        let whole = jpeg();
        let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>";
        for (bytes, words) in [
            (&b"Dear Hemi"[..], "Send a JPEG, PNG or WebP"),
            (svg, "Send a JPEG, PNG or WebP"),
            (&whole[..whole.len() / 2], "has not arrived whole"),
            (b"", "Choose a photo first"),
        ] {
            let answer = studio.upload("photo.jpg", bytes, "Kept words").await;
            assert_eq!(answer.status, 422, "{words}");
            assert!(answer.body.contains(words) && answer.body.contains("Kept words"), "{words}\n{}", answer.body);
        }
        let path = format!("{}/photos", studio.own);
        let plain = studio.server.post(&path, &[("cookie", &studio.hemi.cookie)], "photo=x").await;
        assert_eq!(plain.status, 422);
        assert_eq!((only(db).await.photos.len(), studio.files()), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn thirty_megabytes_are_refused_with_the_limit_and_only_photos_may_be_large() {
    in_database(async |db| {
        let studio = Studio::new(db).await;
        let answer = studio.upload("large.jpg", &vec![0xFF; 30 * 1024 * 1024], "").await;
        assert!(answer.status == 413 && answer.body.contains("at most 10 MB"), "{answer:?}");
        let headers = [("cookie", studio.hemi.cookie.as_str()), ("content-type", "multipart/form-data; boundary=cut")];
        let elsewhere = studio.server.send("POST", &studio.own, &headers, b"--cut--\r\n").await;
        assert_eq!(elsewhere.status, 415);
    })
    .await;
}

#[tokio::test]
async fn a_full_service_takes_no_more_photos() {
    in_database(async |db| {
        let studio = Studio::new(db).await;
        let bytes = jpeg();
        for _ in 0..MAX_PHOTOS {
            assert_eq!(studio.upload("a.jpg", &bytes, "").await.status, 303);
        }
        let full = studio.upload("a.jpg", &bytes, "").await;
        assert!(full.status == 409 && full.body.contains("at most 8 photos"), "{full:?}");
        assert_eq!(studio.files(), 3 * MAX_PHOTOS);
    })
    .await;
}
