//! Paging through the free days in place. Without WASM the same buttons send the form, and the server draws the page anew.
#![expect(missing_docs, reason = "the macros make structs of the arguments and properties")]

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement, HtmlInputElement, MouseEvent};

use crate::error::AppError;

/// Which days: the same ones, with the time where the browser is.
pub const SAY_ZONE: &str = "zone";

/// The days before or after those from `from` on (milliseconds), drawn, with the time chosen so far.
///
/// # Errors
/// 404 when the service is not offered, 503.
#[server(prefix = "/api", endpoint = "free_days", input = GetUrl)]
pub async fn free_days(service: String, from: i64, go: String, chosen: String) -> Result<String, AppError> {
    use crate::web::context::with_response;
    let ctx = with_response()?.0;
    crate::booking_pages::ask::picker::days(&ctx, &service, from, &go, &chosen).await
}

/// Holds the drawn days and exchanges them.
#[island]
pub fn DayPicker(
    /// The address of the service.
    service: String,
    /// Whether the server knew in which zone the browser is.
    zone_known: bool,
    children: Children,
) -> impl IntoView {
    let same_days = service.clone();
    Effect::new(move |_| {
        if !zone_known {
            say_zone(&same_days);
        }
    });
    view! {
        <div class="days" aria-live="polite" on:click=move |event| page(&service, event)>
            {children()}
        </div>
    }
}

/// Draws the days once more when the browser's cookie has told its zone, if its clocks differ and nobody is choosing yet.
fn say_zone(service: &str) {
    let Ok(Some(days)) = document().query_selector(".days") else { return };
    let service = service.to_owned();
    spawn_local(async move {
        let (from, chosen) = (value(&days, "[name=from]"), value(&days, "[name=starts_at]:checked"));
        let drawn = free_days(service, from.parse().unwrap_or_default(), SAY_ZONE.into(), chosen.clone()).await;
        let untouched = value(&days, "[name=starts_at]:checked") == chosen;
        if let Some(html) = drawn.ok().filter(|html| untouched && !html.is_empty()) {
            days.set_inner_html(&html);
        }
    });
}

/// The browser's half; the server never runs it.
fn page(service: &str, event: MouseEvent) {
    let Some(button) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    let Ok(Some(button)) = button.closest("button[name=go]") else { return };
    let Ok(Some(days)) = button.closest(".days") else { return };
    event.prevent_default();
    let go = button.get_attribute("value").unwrap_or_default();
    let (from, chosen) = (value(&days, "[name=from]"), value(&days, "[name=starts_at]:checked"));
    let service = service.to_owned();
    spawn_local(async move {
        let drawn = free_days(service, from.parse().unwrap_or_default(), go.clone(), chosen).await;
        match drawn {
            Ok(html) => days.set_inner_html(&html),
            // The form can still be sent: it brings the same days.
            Err(error) => button.set_text_content(Some(&error.message)),
        }
        let again = format!("button[value={go}]:not([disabled]),summary");
        if let Some(next) = days.query_selector(&again).ok().flatten() {
            _ = next.unchecked_into::<HtmlElement>().focus();
        }
    });
}

fn value(days: &Element, selector: &str) -> String {
    let input = days.query_selector(selector).ok().flatten();
    input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()).map(|input| input.value()).unwrap_or_default()
}
