//! The laws of the machine, each a test.

mod clocks;
mod hard;
mod laws;
mod policy;
mod reviews;
pub(crate) mod support;
mod table;
mod walks;
