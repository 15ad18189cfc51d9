//! Where photos are kept: a local folder, or an S3-compatible bucket. Bytes by path, and nothing known of what they show.

use std::path::{Path as Folder, PathBuf};
use std::sync::{Arc, OnceLock};

use axum::body::Bytes;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{Error, ObjectStore, ObjectStoreExt};

/// How the address of a bucket begins: `s3://bucket/folder`.
pub const BUCKET_SCHEME: &str = "s3://";

/// A store of files, opened when it is first needed. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Files {
    place: Place,
    opened: Arc<OnceLock<Arc<dyn ObjectStore>>>,
}

#[derive(Clone, Debug)]
enum Place {
    Folder(PathBuf),
    Bucket(String),
}

impl Files {
    /// The bucket of that address, or without one the folder `photos` of `data`.
    pub fn new(bucket: Option<&str>, data: &Folder) -> Self {
        let place = match bucket {
            Some(url) => Place::Bucket(url.into()),
            None => Place::Folder(data.join("photos")),
        };
        Self { place, opened: Arc::default() }
    }

    /// Opens the store, so that a wrong configuration fails at the start and not to the first person with a photo.
    ///
    /// # Errors
    /// What stands in the way, with the remedy.
    pub fn ready(&self) -> Result<(), String> {
        self.store().map(drop)
    }

    /// Writes a file; it is there whole or not at all.
    ///
    /// # Errors
    /// Why not, for the log.
    pub async fn put(&self, path: &str, bytes: Bytes) -> Result<(), String> {
        self.store()?.put(&Path::from(path), bytes.into()).await.map(drop).map_err(|error| error.to_string())
    }

    /// Reads a file; nothing if there is none.
    ///
    /// # Errors
    /// Why not, for the log.
    pub async fn get(&self, path: &str) -> Result<Option<Bytes>, String> {
        let found = match self.store()?.get(&Path::from(path)).await {
            Ok(found) => found.bytes().await,
            Err(error) => Err(error),
        };
        match found {
            Ok(bytes) => Ok(Some(bytes)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.to_string()),
        }
    }

    /// Removes a file; one that is not there is no trouble.
    ///
    /// # Errors
    /// Why not, for the log.
    pub async fn remove(&self, path: &str) -> Result<(), String> {
        match self.store()?.delete(&Path::from(path)).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.to_string()),
        }
    }

    fn store(&self) -> Result<&Arc<dyn ObjectStore>, String> {
        if let Some(store) = self.opened.get() {
            return Ok(store);
        }
        let store = match &self.place {
            Place::Folder(folder) => local(folder)?,
            Place::Bucket(url) => bucket(url, AmazonS3Builder::from_env())?,
        };
        Ok(self.opened.get_or_init(|| store))
    }
}

fn local(folder: &Folder) -> Result<Arc<dyn ObjectStore>, String> {
    let why = |error: &dyn std::fmt::Display| {
        format!("photos cannot be kept in {}: {error}. Choose another folder with GIGSTA_DATA.", folder.display())
    };
    std::fs::create_dir_all(folder).map_err(|error| why(&error))?;
    let store = LocalFileSystem::new_with_prefix(folder).map_err(|error| why(&error))?;
    Ok(Arc::new(store.with_automatic_cleanup(true)))
}

/// A bucket and the folder in it. Region, keys and another endpoint come from the variables that other tools for S3 use: `AWS_REGION`,
/// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_ENDPOINT`, `AWS_ALLOW_HTTP`.
fn bucket(url: &str, builder: AmazonS3Builder) -> Result<Arc<dyn ObjectStore>, String> {
    // An error says that a provider is installed already; that one serves as well.
    _ = rustls::crypto::ring::default_provider().install_default();
    let rest = url.strip_prefix(BUCKET_SCHEME).unwrap_or(url);
    let (name, folder) = rest.split_once('/').unwrap_or((rest, ""));
    if name.is_empty() {
        return Err(format!("GIGSTA_PHOTOS_URL names no bucket: {url:?}. Write it like s3://bucket/folder."));
    }
    // Not every store that speaks S3 knows how to delete several files at once.
    let store = builder.with_bucket_name(name).with_disable_bulk_delete(true).build();
    let store = store.map_err(|error| format!("GIGSTA_PHOTOS_URL cannot be used: {error}"))?;
    Ok(Arc::new(PrefixStore::new(store, Path::from(folder))))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Mutex;

    use axum::Router;
    use axum::extract::{Request, State};
    use axum::http::{Method, StatusCode};
    use axum::response::{IntoResponse, Response};

    use super::*;

    type Kept = Arc<Mutex<BTreeMap<String, Bytes>>>;

    /// As much of S3 as photos need.
    async fn answer(State(kept): State<Kept>, request: Request) -> Response {
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        assert!(request.headers()["authorization"].to_str().unwrap().starts_with("AWS4-HMAC-SHA256"));
        let body = axum::body::to_bytes(request.into_body(), 1 << 20).await.unwrap();
        let mut kept = kept.lock().unwrap();
        match method {
            Method::PUT => {
                kept.insert(path, body);
                [("etag", "\"1\"")].into_response()
            }
            Method::DELETE => {
                kept.remove(&path);
                StatusCode::NO_CONTENT.into_response()
            }
            _ => match kept.get(&path) {
                Some(bytes) => {
                    let headers = [("etag", "\"1\""), ("last-modified", "Sun, 06 Dec 2026 00:00:00 GMT")];
                    (headers, bytes.clone()).into_response()
                }
                None => StatusCode::NOT_FOUND.into_response(),
            },
        }
    }

    #[tokio::test]
    async fn files_go_into_the_folder_of_a_bucket_and_come_back() {
        let kept = Kept::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let server = Router::new().fallback(answer).with_state(kept.clone());
        tokio::spawn(axum::serve(listener, server).into_future());

        let builder = AmazonS3Builder::new().with_endpoint(endpoint).with_allow_http(true).with_region("x");
        let builder = builder.with_access_key_id("key").with_secret_access_key("secret");
        let store = bucket("s3://photos/gigsta/live", builder).unwrap();
        let url = "s3://photos/gigsta/live".to_owned();
        let files = Files { place: Place::Bucket(url), opened: Arc::new(OnceLock::from(store)) };

        files.put("a/320.jpg", Bytes::from_static(b"photo")).await.unwrap();
        assert_eq!(kept.lock().unwrap().keys().collect::<Vec<_>>(), ["/photos/gigsta/live/a/320.jpg"]);
        assert_eq!(files.get("a/320.jpg").await.unwrap().unwrap(), "photo");
        files.remove("a/320.jpg").await.unwrap();
        assert_eq!(files.get("a/320.jpg").await.unwrap(), None);
    }

    #[tokio::test]
    async fn a_local_folder_is_made_when_it_is_needed_and_holds_what_is_put_there() {
        let folder = std::env::temp_dir().join(format!("gigsta-files-{}", crate::ids::fresh_command_id()));
        let files = Files { place: Place::Folder(folder.join("photos")), opened: Arc::default() };
        assert!(!folder.exists());
        assert_eq!(files.get("a/320.jpg").await.unwrap(), None);
        files.put("a/320.jpg", Bytes::from_static(b"photo")).await.unwrap();
        assert_eq!(files.get("a/320.jpg").await.unwrap().unwrap(), "photo");
        for _ in 0..2 {
            files.remove("a/320.jpg").await.unwrap();
        }
        assert_eq!(files.get("a/320.jpg").await.unwrap(), None);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_bucket_without_a_name_is_told_at_the_start() {
        assert!(bucket("s3://", AmazonS3Builder::new()).unwrap_err().contains("s3://bucket/folder"));
    }
}
