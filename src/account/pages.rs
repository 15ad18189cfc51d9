//! The pages of accounts.

use leptos::prelude::*;

use crate::server::render;

/// What the sign-in page holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignInForm {
    /// The address as it was typed.
    pub email: String,
    /// What was wrong.
    pub error: Option<String>,
    /// Where to go afterwards; empty for the usual place.
    pub next: String,
    /// Whether to show the demo's accounts.
    pub demo: bool,
}

/// The sign-in page.
pub fn sign_in_page(form: &SignInForm) -> String {
    let SignInForm { email, error, next, .. } = form.clone();
    render::to_html(move || {
        view! {
            <form method="post" action="/sign-in">
                {error.map(|error| view! { <p role="alert">{error}</p> })}
                <input type="hidden" name="next" value=next/>
                <label>"Email" <input type="email" name="email" value=email/></label>
                <label>"Password" <input type="password" name="password"/></label>
                <button>"Sign in"</button>
            </form>
        }
    })
}
