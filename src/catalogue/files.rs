//! Where photos are kept: a local folder, or an S3-compatible bucket. Bytes by path, and nothing known of what they show.

use std::path::{Path as Folder, PathBuf};
use std::sync::{Arc, OnceLock};

use axum::body::Bytes;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{Error, ObjectStore, ObjectStoreExt};

use crate::server::config::Config;

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
    /// The store that the configuration names.
    pub fn new(config: &Config) -> Self {
        let place = match &config.photos_url {
            Some(url) => Place::Bucket(url.clone()),
            None => Place::Folder(config.data.join("photos")),
        };
        Self { place, opened: Arc::default() }
    }

    /// Opens the store, so that a wrong configuration is told at the start and not to the first person with a photo.
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
            Place::Bucket(url) => bucket(url)?,
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

/// Region, keys and another endpoint come from the variables that other tools for S3 use: `AWS_REGION`,
/// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_ENDPOINT`, `AWS_ALLOW_HTTP`.
fn bucket(url: &str) -> Result<Arc<dyn ObjectStore>, String> {
    // Somebody else may have chosen one already, which is as good.
    _ = rustls::crypto::ring::default_provider().install_default();
    let rest = url.strip_prefix(BUCKET_SCHEME).unwrap_or(url);
    let (name, folder) = rest.split_once('/').unwrap_or((rest, ""));
    let store = AmazonS3Builder::from_env().with_bucket_name(name).build();
    let store = store.map_err(|error| format!("GIGSTA_PHOTOS_URL cannot be used: {error}"))?;
    Ok(Arc::new(PrefixStore::new(store, Path::from(folder))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_is_opened_without_asking_anybody() {
        for url in ["s3://photos", "s3://photos/gigsta/live"] {
            assert!(bucket(url).is_ok(), "{url}");
        }
        assert!(bucket("s3://").is_err());
    }
}
