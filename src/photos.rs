//! Photos: bytes in, a stored id out. It knows nothing of services, so that a request can have photos as well.

pub mod files;
pub mod serve;
pub mod shrink;
pub mod upload;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use tokio::sync::Semaphore;

use crate::domain::limit::{megabytes, thousands};
use crate::error::{AppError, ErrorKind};
use crate::ids;
use crate::photos::files::Files;
use shrink::{MAX_PIXELS, MAX_SIDE_PIXELS, Refused, Shrunk, WIDTHS_PIXELS};

/// The most that a photo may weigh, in bytes.
pub const MAX_PHOTO_BYTES: usize = 10 * 1024 * 1024;

/// How long a photo waits for its turn before its sender is asked to come back.
const PATIENCE: Duration = Duration::from_secs(20);

/// Takes, keeps and gives back photos. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Photos {
    files: Files,
    /// One at a time: a photo of the largest kind needs half a gigabyte while it is unpacked.
    turns: Arc<Semaphore>,
}

/// A photo that has been kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its id: 32 hexadecimal digits that nobody guesses.
    pub id: String,
    /// The width of its largest size, in pixels.
    pub width: u32,
    /// The height of its largest size, in pixels.
    pub height: u32,
}

impl Photos {
    /// Photos in the bucket of that address (`s3://bucket/folder`), or without one in the folder `photos` of `data`.
    pub fn new(bucket: Option<&str>, data: &Path) -> Self {
        Self { files: Files::new(bucket, data), turns: Arc::new(Semaphore::new(1)) }
    }

    /// Opens the store.
    ///
    /// # Errors
    /// What stands in the way, with the remedy.
    pub fn ready(&self) -> Result<(), String> {
        self.files.ready()
    }

    /// Makes a photo of what somebody sent, in all sizes, and keeps it.
    ///
    /// # Errors
    /// 422 with the field `photo` when it is none or too large; 429 when too many wait already; 500 when it cannot be kept.
    pub async fn put(&self, bytes: Bytes) -> Result<Stored, AppError> {
        let Shrunk { width, height, jpegs } = self.turn(bytes).await?.map_err(refused)?;
        let id = ids::fresh_command_id();
        for (width_pixels, jpeg) in WIDTHS_PIXELS.into_iter().zip(jpegs) {
            if let Err(error) = self.files.put(&path(&id, width_pixels), jpeg.into()).await {
                tracing::error!(error, "a photo could not be kept");
                self.remove(&id).await;
                return Err(AppError::fault());
            }
        }
        Ok(Stored { id, width, height })
    }

    /// The JPEG of a photo in one of the widths [`WIDTHS_PIXELS`]; nothing if there is none.
    ///
    /// # Errors
    /// 500 when the store fails.
    pub async fn get(&self, id: &str, width_pixels: u32) -> Result<Option<Bytes>, AppError> {
        if !is_id(id) || !WIDTHS_PIXELS.contains(&width_pixels) {
            return Ok(None);
        }
        self.files.get(&path(id, width_pixels)).await.map_err(|error| {
            tracing::error!(error, "a photo could not be read");
            AppError::fault()
        })
    }

    /// Forgets a photo. What cannot be removed is logged: nothing shows it any more.
    pub async fn remove(&self, id: &str) {
        for width_pixels in WIDTHS_PIXELS.into_iter().filter(|_| is_id(id)) {
            if let Err(error) = self.files.remove(&path(id, width_pixels)).await {
                tracing::warn!(id, error, "a photo could not be removed");
            }
        }
    }

    async fn turn(&self, bytes: Bytes) -> Result<Result<Shrunk, Refused>, AppError> {
        let turn = tokio::time::timeout(PATIENCE, Arc::clone(&self.turns).acquire_owned()).await;
        let Ok(Ok(turn)) = turn else {
            return Err(too_many());
        };
        // The turn ends with the work, even if whoever asked is gone by then.
        let work = tokio::task::spawn_blocking(move || {
            let shrunk = shrink::shrink(&bytes);
            drop(turn);
            shrunk
        });
        work.await.map_err(|error| {
            tracing::error!(%error, "the shrinking of a photo broke off");
            AppError::fault()
        })
    }
}

crate::web::context::context! {
    /// What a handler that takes or gives photos knows.
    pub struct PhotoContext: crate::web::context::RequestContext {
        /// Takes and keeps photos.
        photos: Photos,
    }
}

/// The address of a photo in one of the widths [`WIDTHS_PIXELS`].
pub fn address(id: &str, width_pixels: u32) -> String {
    format!("/photos/{id}/{width_pixels}.jpg")
}

fn path(id: &str, width_pixels: u32) -> String {
    format!("{id}/{width_pixels}.jpg")
}

fn is_id(id: &str) -> bool {
    id.len() == 32 && id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn refused(why: Refused) -> AppError {
    let (code, message) = match why {
        Refused::WrongKind => ("wrong_kind", "This is no photo that we can read. Send a JPEG, PNG or WebP.".to_owned()),
        Refused::TooLarge => {
            let (side, megapixels) = (thousands(MAX_SIDE_PIXELS as usize), MAX_PIXELS / 1_000_000);
            let most = format!("at most {side} a side and {megapixels} megapixels");
            ("too_large", format!("This photo has too many pixels. Send one of {most}."))
        }
        Refused::Broken => {
            ("broken", "This photo is damaged or has not arrived whole. Send it again, or another one.".into())
        }
    };
    AppError::bad_field("photo", code, message)
}

/// The answer when more photos are being sent than can be taken at once.
pub fn too_many() -> AppError {
    AppError::too_many("Many people are sending photos or files right now. Try again in a minute.", 60)
}

/// The answer to a photo that weighs more than [`MAX_PHOTO_BYTES`].
pub fn too_heavy() -> AppError {
    let most = megabytes(MAX_PHOTO_BYTES);
    let message = format!("A photo has at most {most}. Choose a smaller one, or send a smaller copy of it.");
    AppError::new(ErrorKind::TooLarge, "photo_too_large", message)
}
