//! Everything that runs only on the server: configuration, database, routes, layers, and how a page is answered.

pub mod assets;
pub mod audit;
pub mod body;
pub mod chores;
pub mod config;
pub mod dev;
pub mod dispatcher;
pub mod functions;
pub mod health;
pub mod layers;
pub mod log_paths;
pub mod managed;
pub mod migrations;
pub mod router;
pub mod seed;
pub mod sending;
pub mod serve;
pub mod shutdown;
pub mod state;
pub mod telemetry;
pub mod visitors;
pub mod work;
