//! Everything that runs only on the server: configuration, database, routes, layers, and how a page is answered.

pub mod asset_names;
pub mod config;
pub mod context;
pub mod db;
pub mod fault;
pub mod render;
pub mod state;
