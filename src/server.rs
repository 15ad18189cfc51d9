//! Everything that runs only on the server: configuration, database, routes, layers, and how a page is answered.

pub mod audit;
pub mod config;
pub mod context;
pub mod db;
pub mod fault;
pub mod managed;
pub mod migrations;
pub mod render;
pub mod seed;
pub mod state;
