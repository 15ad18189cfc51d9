//! The kit under all pages: one request's context, the shell around a page, errors as answers, the database's handle.
//!
//! Knows no feature: what it needs from one comes in through [`kit::Kit`].

pub mod answer;
pub mod asset_names;
pub mod bell;
pub mod brotli;
pub mod clock;
pub mod context;
pub mod cookies;
pub mod cursor;
pub mod db;
pub mod etag;
pub mod fault;
pub mod guard;
pub mod kit;
pub mod page;
pub mod page_end;
pub mod page_head;
pub mod plain;
pub mod problem;
pub mod render;
pub mod request_id;
pub mod shell;
pub mod theme;
pub mod transaction;
pub mod urls;
pub mod viewer;
pub mod zone;

pub use page::{NavItem, PageContext};
pub use page_head::{Kept, PageHead, Script};
pub use problem::error_page;
