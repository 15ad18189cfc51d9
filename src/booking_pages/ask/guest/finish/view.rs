//! How the page of a mailed link looks: the request once more, and what has to be done before it is sent.

use leptos::prelude::*;

use super::Opened;
use crate::account::sign_up::MIN_PASSWORD_CHARACTERS;
use crate::booking::schema::BookingView;
use crate::booking_pages::ask::review;
use crate::ui::form::{Control, Form, Input};
use crate::web::urls;

/// The whole body; its forms are sent to `page_path`.
pub(super) fn body(opened: &Opened, view: &BookingView, page_path: &str, form: &Form) -> AnyView {
    view! {
        <div class="narrow wide">
            <header class="title">
                <h1>"Finish your request"</h1>
                <p class="sub">{opened.asked.service.title.clone()}</p>
            </header>
            <div class="stack">
                {form.render_summary()}
                {review::request_card(view, None)}
                {way_on(opened, page_path, form)}
            </div>
        </div>
    }
    .into_any()
}

/// What has to be done before it is sent: nothing, signing in as somebody, or choosing a password.
fn way_on(opened: &Opened, page_path: &str, form: &Form) -> AnyView {
    match (opened.viewer(), &opened.account, &opened.asked.page.viewer) {
        (Some(_), ..) => view! {
            <form class="card stack" method="post" action=page_path.to_owned()>
                <button class="btn btn-primary">"Send request"</button>
            </form>
        }
        .into_any(),
        (None, Some(_), Some(other)) => {
            let text = format!(
                "You are signed in as {}. This link was sent to {}. Sign out, then open it again.",
                other.name, opened.link.email
            );
            view! { <div class="card stack"><p>{text}</p></div> }.into_any()
        }
        (None, Some(_), None) => view! {
            <div class="card stack">
                <h2>"You have an account with this address"</h2>
                <p>"Sign in, and you come back here to send the request."</p>
                <p class="row">
                    <a class="btn btn-primary" href=format!("/sign-in?next={}", urls::query(page_path))>"Sign in"</a>
                </p>
            </div>
        }
        .into_any(),
        (None, None, _) => {
            let text = format!(
                "{}, choose a password, so that you can see how it goes on. You sign in with {}.",
                opened.guest.name, opened.guest.email
            );
            let hint =
                &format!("At least {MIN_PASSWORD_CHARACTERS} letters. A few words in a row are easy to remember.");
            let control = Control::Line("password", "new-password");
            let password = Input { name: "password", label: "Password", control, required: true, hint };
            view! {
                <form class="card stack" method="post" action=page_path.to_owned()>
                    <h2>"One more thing"</h2>
                    <p>{text}</p>
                    {form.render(&password)}
                    <button class="btn btn-primary">"Send request"</button>
                </form>
            }
            .into_any()
        }
    }
}
