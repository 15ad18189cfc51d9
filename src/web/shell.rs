//! The shell around every page: head, navigation, main landmark, footer.

use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use leptos::html::meta;
use leptos::prelude::*;

use super::theme::Theme;
use crate::error::AppError;
use crate::time::Timestamp;
use crate::ui::escape::escape;
use crate::ui::icon::Icon;
use crate::ui::render::to_html;
use crate::ui::sprite::{self, IconSprite};
use crate::web::asset_names::{AssetNames, asset_names};
use crate::web::bell;
use crate::web::context::RequestContext;
use crate::web::render::html;
use crate::web::viewer::Viewer;
use crate::web::zone::browser_zone;

/// What the marketplace says of itself.
const DESCRIPTION: &str = "Services in New Zealand and Australia, booked with both sides knowing where they stand.";

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
    /// How many notices they have not read, bounded.
    pub unread: u32,
    /// The appearance.
    pub theme: Theme,
    /// Where the page stands.
    pub nav_item: NavItem,
    /// The address people type, without a slash at the end; empty where nobody knows.
    pub base_url: String,
    /// When the page was asked for, before anything was read for it.
    pub asked_at: Timestamp,
    /// Whether it is rendered in answer to a form: then there may be nothing to read under its address.
    pub posted: bool,
}

impl PageContext {
    /// The page of a request of which nothing but the appearance is known: no read of the database.
    pub fn bare(headers: &HeaderMap) -> Self {
        Self { theme: Theme::of(headers), ..Self::default() }
    }

    /// The page of a request: one read of the database.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn load(ctx: &RequestContext) -> Result<Self, AppError> {
        // By the machine's own clock, which nobody moves: it is compared with when changes were received.
        let asked_at = Timestamp::now();
        let base_url = ctx.kit.site.base_url.clone();
        let visit = ctx.kit.visitors.visit(&ctx.headers, ctx.now, true).await?;
        let (viewer, unread) = visit.map_or((None, 0), |visit| (Some(visit.viewer), visit.unread));
        let zone = viewer.as_ref().map(|viewer| viewer.zone.clone()).or_else(|| browser_zone(&ctx.headers));
        let posted = ctx.method == Method::POST;
        let nav_item = NavItem::of_path(&ctx.path);
        let page = Self { viewer, zone, unread, theme: Theme::of(&ctx.headers), nav_item, base_url, asked_at, posted };
        ctx.shown.set(&page);
        Ok(page)
    }
}

/// What a page loads beside the listener: one script at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// Brings its island to life, for which the browser fetches the WASM.
    Boot,
    /// Suggests places.
    Places,
    /// Pages through free days.
    Days,
}

impl Script {
    fn address(self, names: &AssetNames) -> String {
        let address = match self {
            Self::Boot => &names.boot,
            Self::Places => &names.places,
            Self::Days => &names.days,
        };
        address.clone()
    }
}

/// The head of a page, for the shell.
#[derive(Clone, Debug, Default)]
pub struct PageHead {
    /// The title, before the marketplace's name.
    pub title: String,
    /// The icons of its body.
    pub icons: Vec<&'static str>,
    /// Its own script. No page needs it to work.
    pub script: Option<Script>,
    /// What it is about, in a sentence or two, for search engines and for those it is sent to.
    pub description: Option<String>,
    /// Its own path, for a page that everybody may find: then it names its address and what others show of it.
    pub path: Option<String>,
    /// The path of a picture of it.
    pub image: Option<String>,
}

impl PageHead {
    /// A page without a script.
    pub fn new(title: impl Into<String>, icons: &[&'static str]) -> Self {
        Self { title: title.into(), icons: icons.to_vec(), ..Self::default() }
    }

    /// The same with more icons.
    pub fn with_icons(mut self, icons: &[&'static str]) -> Self {
        self.icons.extend_from_slice(icons);
        self
    }
}

/// Renders a whole page. The body is rendered inside the shell's `main`.
pub fn render(page: &PageContext, head: PageHead, body: impl FnOnce() -> AnyView) -> String {
    let head_icons = ["bell", "log-in", "log-out", "sun-moon"];
    let icons: Vec<_> = head.icons.iter().copied().chain(head_icons).collect();
    sprite::prepare();
    let document = to_html(|| {
        view! {
            <html lang="en-NZ" data-theme=page.theme.data_theme()>
                {render_head(page, &head)}
                <body>
                    <a class="skip" href="#main">
                        "Skip to the content"
                    </a>
                    {render_header(page)}
                    <main id="main" tabindex="-1">
                        {body()}
                    </main>
                    {render_footer(page.theme)}
                    <IconSprite names=icons />
                </body>
            </html>
        }
    });
    format!("<!DOCTYPE html>{document}")
}

/// Renders a page as an answer.
pub fn respond(status: StatusCode, page: &PageContext, head: PageHead, body: impl FnOnce() -> AnyView) -> Response {
    html(status, render(page, head, body))
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
                <span id="bell" data-live=bell::label(page.unread)>
                    {bell::render(page.unread, current == NavItem::Notices)}
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

fn render_footer(theme: Theme) -> AnyView {
    let choice = |choice: Theme, text: &'static str| {
        let pressed = if choice == theme { "true" } else { "false" };
        view! { <button name="theme" value=choice.name() aria-pressed=pressed>{text}</button> }
    };
    view! {
        <footer class="foot">
            <nav class="foot-nav" aria-label="More">
                <a class="link" href="/machine">
                    "The machine"
                </a>
                <a class="link" href="/onboarding">
                    "Become a GigSta"
                </a>
            </nav>
            <p>
                "GigSta · services in New Zealand and Australia · place names by "
                <a class="link" href="https://www.geonames.org" rel="external">
                    "GeoNames"
                </a>
                ", CC BY 4.0"
            </p>
            <form method="post" action="/theme">
                <fieldset class="themes">
                    <legend>
                        <Icon name="sun-moon" />
                        "Appearance"
                    </legend>
                    {choice(Theme::System, "System")} {choice(Theme::Light, "Light")} {choice(Theme::Dark, "Dark")}
                </fieldset>
            </form>
        </footer>
    }
    .into_any()
}
