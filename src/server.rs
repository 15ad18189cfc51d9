//! Everything that runs only on the server: configuration, database, routes, layers, and how a page is answered.

pub mod answer;
pub mod asset_names;
pub mod assets;
pub mod audit;
pub mod body;
pub mod config;
pub mod context;
pub mod cursor;
pub mod db;
pub mod dev;
pub mod fault;
pub mod functions;
pub mod health;
pub mod layers;
pub mod managed;
pub mod migrations;
pub mod render;
pub mod request_id;
pub mod router;
pub mod seed;
pub mod serve;
pub mod shutdown;
pub mod state;
pub mod telemetry;
