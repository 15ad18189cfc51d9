//! A photo as it is kept with what it belongs to.

use serde::{Deserialize, Serialize};

/// A photo of a service or of a job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    /// Its id in the store of files.
    pub id: String,
    /// What it shows, for those who cannot see it.
    pub alt: String,
    /// The width of its largest size, in pixels.
    #[serde(default)]
    pub width: u32,
    /// The height of its largest size, in pixels.
    #[serde(default)]
    pub height: u32,
}
