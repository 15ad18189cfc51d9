//! Accounts: who people are, how they sign in, and who is asking.

#[cfg(feature = "ssr")]
pub mod address;
#[cfg(feature = "ssr")]
pub mod api;
#[cfg(feature = "ssr")]
pub mod forms;
#[cfg(feature = "ssr")]
pub mod links;
#[cfg(feature = "ssr")]
pub mod mail_limit;
#[cfg(feature = "ssr")]
pub mod model;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod password;
#[cfg(feature = "ssr")]
pub mod profile;
#[cfg(feature = "ssr")]
pub mod reset;
#[cfg(feature = "ssr")]
pub mod reset_pages;
#[cfg(feature = "ssr")]
pub mod session;
#[cfg(feature = "ssr")]
pub mod sign_in;
#[cfg(feature = "ssr")]
pub mod sign_up;
#[cfg(feature = "ssr")]
pub mod sign_up_pages;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod throttle;

/// What signing in and signing up need beside the kit.
#[cfg(feature = "ssr")]
#[derive(Clone, Debug)]
pub struct Credentials {
    /// Hashes and checks passwords.
    pub passwords: password::Passwords,
    /// Counts failed sign-ins.
    pub throttle: throttle::Throttle,
    /// Counts mails that strangers cause.
    pub mail_limit: mail_limit::MailLimit,
}

#[cfg(feature = "ssr")]
crate::web::context::context! {
    /// What a handler about accounts knows.
    pub struct AccountContext: crate::web::context::RequestContext {
        /// What signing in and signing up need.
        credentials: Credentials,
    }
}
