//! The shell around every page: head, navigation, main landmark, footer.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use leptos::html::meta;
use leptos::prelude::*;

use super::page::{NavItem, PageContext};
use super::page_end::{CLOSING, PageEnd};
use super::page_head::{PageHead, Script};
use crate::ui::escape::escape;
use crate::ui::icon::Icon;
use crate::ui::render::to_html;
use crate::web::asset_names::asset_names;
use crate::web::bell;
use crate::web::render::{Rendered, html};

const DOCTYPE: &str = "<!DOCTYPE html>";

/// What the marketplace says of itself.
const DESCRIPTION: &str = "Services in New Zealand and Australia, booked with both sides knowing where they stand.";

/// Renders a whole page. The body is rendered inside the shell's `main`.
pub fn render(page: &PageContext, head: &PageHead, body: impl FnOnce() -> AnyView) -> Rendered {
    // Before the page: one rendering must not run inside another.
    let end = PageEnd::of(page.theme, &head.icons);
    let document = to_html(|| {
        view! {
            <html lang="en-NZ" data-theme=page.theme.data_theme()>
                {render_head(page, head)}
                <body>
                    <a class="skip" href="#main">
                        "Skip to the content"
                    </a>
                    {render_header(page)}
                    <main id="main" tabindex="-1">
                        {body()}
                    </main>
                </body>
            </html>
        }
    });
    let own = document.strip_suffix(CLOSING).unwrap_or(&document);
    Rendered { html: [DOCTYPE, own, &end.html].concat(), end }
}

/// Renders a page as an answer. Where it holds nothing of whoever asks, the answer says how long it may be kept.
pub fn respond(status: StatusCode, page: &PageContext, head: PageHead, body: impl FnOnce() -> AnyView) -> Response {
    let mut response = html(status, render(page, &head, body));
    if let Some(kept) = head.kept.filter(|_| status == StatusCode::OK && page.is_anybodys) {
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept.cache_control()));
        // The appearance and the zone are in cookies, and whoever signs in gets one more.
        headers.insert(header::VARY, HeaderValue::from_static("cookie"));
    }
    response
}

fn render_head(page: &PageContext, head: &PageHead) -> AnyView {
    let title = if head.title.is_empty() { "GigSta".to_owned() } else { format!("{} · GigSta", head.title) };
    let description = head.description.clone().unwrap_or_else(|| DESCRIPTION.into());
    let names = asset_names();
    // A file like the others and not inline: modules wait for the page anyway, so it delays neither the first paint nor the
    // island, which waits for `load`; every page is lighter by it, and the policy needs no exception.
    let script = head.script.map(|script| {
        let island = (script == Script::Boot).then_some(names);
        let (js, wasm) = (island.map(|names| names.js.clone()), island.map(|names| names.wasm.clone()));
        view! { <script type="module" id=island.map(|_| "boot") src=script.address(names) data-js=js data-wasm=wasm></script> }
    });
    // Without a sign-in there is no stream.
    let live = page.viewer.is_some().then(|| {
        view! { <script type="module" id="live" src=names.live.clone() data-at=page.asked_at.0 data-posted=page.posted.then_some("")></script> }
    });
    view! {
        <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="description" content=description />
            <meta name="color-scheme" content="light dark" />
            // Not as a child: a boxed view marks where it ends, and in a title the mark is read as text.
            <title inner_html=escape(&title)></title>
            {render_shared(page, head)}
            <link rel="stylesheet" href=names.css.clone() />
            <link rel="icon" type="image/svg+xml" href="/favicon.svg" />
            {script}
            {live}
        </head>
    }
    .into_any()
}

/// The page's one address, and what others show who link to it (Open Graph, <https://ogp.me>).
fn render_shared(page: &PageContext, head: &PageHead) -> Option<AnyView> {
    let address = format!("{}{}", page.base_url, head.path.as_ref()?);
    let image = head.image.as_ref().map(|path| format!("{}{path}", page.base_url));
    let title = if head.title.is_empty() { "GigSta" } else { &head.title };
    let description = head.description.clone().unwrap_or_else(|| DESCRIPTION.to_owned());
    let property = |name: &'static str, content: &str| meta().attr("property", name).content(content.to_owned());
    let view = view! {
        <link rel="canonical" href=address.clone() />
        {property("og:type", "website")}
        {property("og:site_name", "GigSta")}
        {property("og:title", title)}
        {property("og:description", &description)}
        {property("og:url", &address)}
        {image.map(|image| property("og:image", &image))}
    };
    Some(view.into_any())
}

fn render_header(page: &PageContext) -> AnyView {
    let current = page.nav_item;
    let link = move |to: NavItem, href: &'static str, text: &'static str| {
        view! { <a class="nav-link" href=href aria-current=(current == to).then_some("page")>{text}</a> }
    };
    let provider = page.viewer.as_ref().is_some_and(|viewer| viewer.provider.is_some());
    let admin = page.viewer.as_ref().is_some_and(|viewer| viewer.is_admin);
    let account = match &page.viewer {
        Some(viewer) => view! {
            <form class="account" method="post" action="/sign-out">
                <span id="bell" data-live=bell::label(&page.unread)>
                    {bell::render(&page.unread, current == NavItem::Notices)}
                </span>
                <a class="who" href="/account" aria-current=(current == NavItem::Account).then_some("page")>
                    {viewer.name.clone()}
                </a>
                <button class="btn btn-ghost">
                    <Icon name="log-out" />
                    "Sign out"
                </button>
            </form>
        }
        .into_any(),
        None => view! {
            <a class="btn btn-ghost account" href="/sign-in" aria-current=(current == NavItem::SignIn).then_some("page")>
                <Icon name="log-in" />
                "Sign in"
            </a>
        }
        .into_any(),
    };
    view! {
        <header class="bar">
            <nav aria-label="Main">
                <a class="brand" href="/" aria-current=(current == NavItem::Home).then_some("page")>
                    <img src="/favicon.svg" alt="" width="28" height="28" />
                    "GigSta"
                </a>
                {link(NavItem::Services, "/services", "Services")} {link(NavItem::Bookings, "/bookings", "Bookings")}
                {provider.then(|| link(NavItem::Provider, "/provider", "My work"))}
                {admin.then(|| link(NavItem::Admin, "/admin", "Admin"))}
            </nav>
            {account}
        </header>
    }
    .into_any()
}
