//! How the page of one service looks.

use leptos::prelude::*;

use crate::booking::machine::policy::Policy;
use crate::catalogue::category;
use crate::catalogue::cover::{self, icon};
use crate::catalogue::labels;
use crate::catalogue::model::{ServiceDocument, ServiceStatus};
use crate::catalogue::publishing::why_not;
use crate::catalogue::stars;
use crate::domain::photo::Photo;
use crate::photos;
use crate::photos::shrink::WIDTHS_PIXELS;
use crate::provider::model::Provider;
use crate::time::Timestamp;
use crate::ui::icon::Icon;
use crate::web::plain::hidden_field;

/// What the page shows.
#[derive(Debug)]
pub struct Shown {
    /// The service.
    pub service: ServiceDocument,
    /// Its next free times.
    pub times: Vec<Timestamp>,
    /// Whose it is, if they are looking at it themselves.
    pub own: Option<Provider>,
    /// What its provider has just done, in words; empty if nothing.
    pub done: &'static str,
}

/// The icons of the page.
pub fn icons(service: &ServiceDocument) -> Vec<&'static str> {
    vec![
        "calendar",
        "check",
        "clock",
        "eye-off",
        "image",
        "map-pin",
        "pencil",
        "receipt",
        "star",
        "users",
        icon(&service.category),
    ]
}

/// The page's body.
pub fn render(shown: &Shown) -> AnyView {
    let service = &shown.service;
    let category = match category::find(&service.category) {
        Some(category) => {
            let href = format!("/services?category={}", category.slug);
            view! { <a class="link" href=href>{category.name}</a> }.into_any()
        }
        None => "No category yet".into_any(),
    };
    let provider = format!("/providers/{}", service.provider_id.to_hex());
    let paragraphs = service.description.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
    let paragraphs: Vec<_> = paragraphs.map(|text| view! { <p class="words">{text.to_owned()}</p> }).collect();
    let none = service.description.is_empty().then(|| view! { <p class="hint">"No description yet."</p> });
    let after = labels::after_asking(service);
    let after: Vec<_> =
        after.into_iter().map(|line| view! { <li><Icon name="check" /><span>{line}</span></li> }).collect();
    view! {
        {shown.own.as_ref().map(|provider| banner(service, provider, shown.done))}
        <header class="title">
            <p class="eyebrow">{category}</p>
            <h1>{service.title.clone()}</h1>
            <p class="sub">
                "by " <a class="link" href=provider>
                    {service.provider_name.clone()}
                </a>
            </p>
            {reviews(service)}
        </header>
        <div class="service">
            <div class="stack">{pictures(service)}</div>
            {aside(shown)}
            <div class="stack">
                <section class="card">
                    <h2>"About this service"</h2>
                    {paragraphs}
                    {none}
                </section>
                <section class="card">
                    <h2>"What happens after you ask"</h2>
                    <ul class="ticks">{after}</ul>
                    <h3>"If plans change"</h3>
                    <p>{Policy::CURRENT.text()}</p>
                </section>
            </div>
        </div>
    }
    .into_any()
}

/// What others say, and where to read it.
fn reviews(service: &ServiceDocument) -> AnyView {
    let read = (service.rating.count > 0).then(|| {
        let href = format!("/providers/{}#reviews", service.provider_id.to_hex());
        view! { <a class="link" href=href>"Read the reviews"</a> }
    });
    let kept = stars::completion(service.reliability).map(|text| view! { <p class="hint">{text}</p> });
    view! { <p class="row">{stars::render(service.rating)} {read}</p> {kept} }.into_any()
}

/// What decides: the price, when, where, and the way on.
fn aside(shown: &Shown) -> AnyView {
    let service = &shown.service;
    let note = Some(labels::price_note(service)).filter(|note| !note.is_empty());
    let note = note.map(|note| view! { <p class="hint">{note}</p> });
    let times = match shown.times.as_slice() {
        [] => view! { <p>"Nothing in the next two weeks. Look further ahead with \"Choose a time\"."</p> }.into_any(),
        times => {
            let times: Vec<_> = times.iter().map(|time| view! { <li>{free_time(service, *time)}</li> }).collect();
            view! { <ul class="stack">{times}</ul> }.into_any()
        }
    };
    let choose = service.listed.then(|| {
        let href = format!("/book/{}", service.slug);
        view! { <p class="row"><a class="btn btn-primary" href=href>"Choose a time"</a></p> }
    });
    view! {
        <section class="card stack" aria-label="Price and times">
            <p class="price">{labels::price(service.price, service.currency)}</p>
            {note}
            <dl class="facts">
                {fact("clock", "Takes", labels::duration(service.minutes))}
                {fact("map-pin", "Offered", labels::reach(&service.reach, &service.base))}
            </dl>
            <div>
                <h2 class="eyebrow">
                    <Icon name="calendar" />
                    " Next free"
                </h2>
                {times}
            </div>
            {choose}
        </section>
    }
    .into_any()
}

fn free_time(service: &ServiceDocument, time: Timestamp) -> AnyView {
    let text = time.text(&service.zone);
    if !service.listed {
        return text.into_any();
    }
    let href = format!("/book/{}?starts_at={}", service.slug, time.0);
    view! { <a class="btn" href=href>{text}</a> }.into_any()
}

fn fact(icon: &'static str, term: &'static str, text: String) -> AnyView {
    view! { <div class="fact"><Icon name=icon /><dt>{term}</dt><dd>{text}</dd></div> }.into_any()
}

fn pictures(service: &ServiceDocument) -> AnyView {
    let Some((first, more)) = service.photos.split_first() else {
        return cover::render(&service.slug, &service.category);
    };
    let more: Vec<_> = more.iter().map(|photo| view! { <li>{picture(photo, WIDTHS_PIXELS[0], true)}</li> }).collect();
    let more = (!more.is_empty()).then(|| view! { <ul class="photos">{more}</ul> });
    view! { <p>{picture(first, WIDTHS_PIXELS[1], false)}</p> {more} }.into_any()
}

/// A photo in the sizes that there are; the browser takes the one that fits. `later` for one that nobody sees at first.
pub fn picture(photo: &Photo, size: u32, later: bool) -> AnyView {
    let width = |size: u32| size.min(photo.width.max(1));
    let sets: Vec<_> = WIDTHS_PIXELS
        .iter()
        .map(|width_pixels| format!("{} {}w", photos::address(&photo.id, *width_pixels), width(*width_pixels)))
        .collect();
    view! {
        <img
            class="photo"
            src=photos::address(&photo.id, size)
            srcset=sets.join(", ")
            sizes=if later { "10rem" } else { "(min-width: 64rem) 40rem, 100vw" }
            alt=photo.alt.clone()
            width=photo.width.to_string()
            height=photo.height.to_string()
            loading=later.then_some("lazy")
            decoding=later.then_some("async")
            fetchpriority=(!later).then_some("high")
        />
    }
    .into_any()
}

/// What only the provider sees: where the service stands, and what they can do with it.
fn banner(service: &ServiceDocument, provider: &Provider, done: &'static str) -> AnyView {
    let (title, text) = match (service.status, service.listed) {
        (ServiceStatus::Draft, _) => ("Draft", "Only you see this page. This is how customers will see it."),
        (ServiceStatus::Active, true) => ("Published", "Everybody can find this service and ask for it."),
        (ServiceStatus::Active, false) => {
            ("Published, but not shown", why_not(provider).unwrap_or("Publish it again."))
        }
        (ServiceStatus::Archived, _) => ("Archived", "Only you see this page. Its bookings go on."),
    };
    let done = (!done.is_empty()).then(|| view! { <p class="done" role="status">{done}</p> });
    let publish = (service.status != ServiceStatus::Active).then(|| match why_not(provider) {
        None => verb(service, "publish", "Publish", "btn btn-primary"),
        Some(reason) => view! {
            <button class="btn btn-off" aria-disabled="true" type="button" aria-describedby="why">
                "Publish"
            </button>
            <p class="hint" id="why">
                {reason}
            </p>
        }
        .into_any(),
    });
    let own = format!("/provider/services/{}", service.id.to_hex());
    view! {
        <section class="card" aria-label="Your service">
            {done}
            <p>
                <b>{format!("{title}.")}</b>
                " "
                {text}
            </p>
            <div class="row">
                {publish} <a class="btn" href=own.clone()>
                    <Icon name="pencil" />
                    "Edit"
                </a> <a class="btn" href=format!("{own}/photos")>
                    <Icon name="image" />
                    "Photos"
                </a>
                {(service.status != ServiceStatus::Draft).then(|| verb(service, "draft", "Back to draft", "btn"))}
                {(service.status != ServiceStatus::Archived).then(|| verb(service, "archive", "Archive", "btn"))}
            </div>
        </section>
    }
    .into_any()
}

fn verb(service: &ServiceDocument, verb: &'static str, label: &'static str, class: &'static str) -> AnyView {
    view! {
        <form method="post" action=format!("/provider/services/{}/{verb}", service.id.to_hex())>
            {hidden_field("version", &service.version.to_string())}
            <button class={class}>{label}</button>
        </form>
    }
    .into_any()
}
