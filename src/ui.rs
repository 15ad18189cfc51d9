//! Building blocks of pages: no word of the domain in here.

pub mod button;
pub mod dialog;
pub mod escape;
pub mod field;
#[cfg(feature = "ssr")]
pub mod form;
pub mod html;
pub mod icon;
#[cfg(feature = "ssr")]
pub mod render;
#[cfg(feature = "ssr")]
pub mod sprite;
pub mod stepper;
pub mod timeline;
