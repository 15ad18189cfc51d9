//! Notices: telling the people of a booking what happened, in the app and by mail.

pub mod tell;
