//! What the shell shows of a request, whichever page it is for.

use std::sync::{Arc, Mutex, PoisonError};

use axum::http::HeaderMap;

use super::bell::Unread;
use super::theme::Theme;
use super::viewer::Viewer;
use crate::time::Timestamp;

/// Where a page stands in the navigation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NavItem {
    /// The landing page.
    Home,
    /// The services.
    Services,
    /// The bookings.
    Bookings,
    /// A provider's own pages, and becoming one.
    Provider,
    /// An admin's pages.
    Admin,
    /// One's notices.
    Notices,
    /// One's own account.
    Account,
    /// The machine.
    Machine,
    /// Signing in.
    SignIn,
    /// Nowhere in particular.
    #[default]
    Elsewhere,
}

impl NavItem {
    /// Where an address stands in the navigation.
    pub fn of_path(path: &str) -> Self {
        const PLACES: [(&str, NavItem); 13] = [
            ("/bookings", NavItem::Bookings),
            ("/provider/", NavItem::Provider),
            ("/providers/", NavItem::Services),
            ("/onboarding", NavItem::Provider),
            ("/services", NavItem::Services),
            ("/book/", NavItem::Services),
            ("/admin", NavItem::Admin),
            ("/notices", NavItem::Notices),
            ("/account", NavItem::Account),
            ("/machine", NavItem::Machine),
            ("/sign-", NavItem::SignIn),
            ("/forgot-password", NavItem::SignIn),
            ("/reset-password", NavItem::SignIn),
        ];
        let known = PLACES.iter().find(|(start, _)| path.starts_with(start));
        match path {
            "/" => NavItem::Home,
            "/provider" => NavItem::Provider,
            _ => known.map_or(NavItem::Elsewhere, |(_, item)| *item),
        }
    }
}

/// What the shell shows of the request.
#[derive(Clone, Debug, Default)]
pub struct PageContext {
    /// Who is signed in.
    pub viewer: Option<Viewer>,
    /// The IANA zone in which they are: what the browser said, else the account's own.
    pub zone: Option<String>,
    /// The notices that they have not read, bounded.
    pub unread: Unread,
    /// The appearance.
    pub theme: Theme,
    /// Where the page stands.
    pub nav_item: NavItem,
    /// The address people type, without a slash at the end; empty where nobody knows.
    pub base_url: String,
    /// When the page was asked for, before anything was read for it.
    pub asked_at: Timestamp,
    /// Whether nothing is known of who asks but the appearance and the zone, which stand in cookies.
    pub is_anybodys: bool,
    /// Whether it is rendered in answer to a form: then there may be nothing to read under its address.
    pub posted: bool,
}

impl PageContext {
    /// The page of a request of which nothing but the appearance is known: no read of the database.
    pub fn bare(headers: &HeaderMap) -> Self {
        Self { theme: Theme::of(headers), ..Self::default() }
    }
}

/// The context of the page that a request is about to show, once it is known: an error's page is rendered in it.
#[derive(Clone, Debug, Default)]
pub struct ShownPage(Arc<Mutex<Option<PageContext>>>);

impl ShownPage {
    /// Says in which context the page is rendered.
    pub fn set(&self, page: &PageContext) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(page.clone());
    }

    /// The context that was set, once.
    pub fn take(&self) -> Option<PageContext> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
