//! How the page of one service looks.

use crate::booking::machine::policy::Policy;
use crate::catalogue::category;
use crate::catalogue::cover::{cover, icon};
use crate::catalogue::labels;
use crate::catalogue::model::{ServiceDocument, ServiceStatus};
use crate::catalogue::offer::why_not;
use crate::catalogue::stars as review;
use crate::domain::photo::Photo;
use crate::photos;
use crate::photos::shrink::SIZES;
use crate::provider::model::Provider;
use crate::time::Timestamp;
use crate::ui::html::Html;

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
pub fn draw(shown: &Shown) -> String {
    let service = &shown.service;
    let mut html = Html::new();
    if let Some(provider) = &shown.own {
        banner(&mut html, service, provider, shown.done);
    }
    let category = category::find(&service.category);
    html.raw("<header class=\"title\"><p class=\"eyebrow\">");
    match category {
        Some(category) => {
            let href = format!("/services?category={}", category.slug);
            html.raw("<a class=\"link\"").attr("href", &href).raw(">").text(category.name).raw("</a>");
        }
        None => _ = html.raw("No category yet"),
    }
    html.raw("</p><h1>").text(&service.title).raw("</h1><p class=\"sub\">by <a class=\"link\"");
    html.attr("href", &format!("/providers/{}", service.provider_id.to_hex())).raw(">");
    html.text(&service.provider_name).raw("</a></p>");
    reviews(&mut html, service);
    html.raw("</header><div class=\"service\"><div class=\"stack\">");
    pictures(&mut html, service);
    html.raw("</div>");
    aside(&mut html, shown);
    html.raw("<div class=\"stack\"><section class=\"card\"><h2>About this service</h2>");
    for paragraph in service.description.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
        html.wrap("<p class=\"words\">", paragraph, "</p>");
    }
    if service.description.is_empty() {
        html.raw("<p class=\"hint\">No description yet.</p>");
    }
    html.raw("</section><section class=\"card\"><h2>What happens after you ask</h2><ul class=\"ticks\">");
    for line in labels::after_asking(service) {
        html.raw("<li>").icon("check").raw("<span>").text(&line).raw("</span></li>");
    }
    html.raw("</ul><h3>If plans change</h3>").wrap("<p>", &Policy::CURRENT.text(), "</p>");
    html.raw("</section></div></div>").finish()
}

/// What others say, and where to read it.
fn reviews(html: &mut Html, service: &ServiceDocument) {
    html.raw("<p class=\"row\">");
    review::draw(html, service.rating);
    if service.rating.count > 0 {
        html.raw("<a class=\"link\"").attr("href", &format!("/providers/{}#reviews", service.provider_id.to_hex()));
        html.raw(">Read the reviews</a>");
    }
    html.raw("</p>").wrap("<p class=\"hint\">", &review::completion(service.reliability).unwrap_or_default(), "</p>");
}

/// What decides: the price, when, where, and the way on.
fn aside(html: &mut Html, shown: &Shown) {
    let service = &shown.service;
    html.raw("<section class=\"card stack\" aria-label=\"Price and times\"><p class=\"price\">");
    html.text(&labels::price(service.price, service.currency)).raw("</p>");
    html.wrap("<p class=\"hint\">", &labels::price_note(service), "</p>").raw("<dl class=\"facts\">");
    fact(html, "clock", "Takes", &labels::duration(service.minutes));
    fact(html, "map-pin", "Offered", &labels::reach(&service.reach, &service.base));
    html.raw("</dl><div><h2 class=\"eyebrow\">").icon("calendar").raw(" Next free</h2>");
    if shown.times.is_empty() {
        html.raw("<p>Nothing in the next two weeks. Look further ahead with \"Choose a time\".</p>");
    } else {
        html.raw("<ul class=\"stack\">");
        for time in &shown.times {
            let text = time.text(&service.zone);
            if service.listed {
                let to = format!("/book/{}?starts_at={}", service.slug, time.0);
                html.raw("<li><a class=\"btn\"").attr("href", &to).raw(">").text(&text).raw("</a></li>");
            } else {
                html.wrap("<li>", &text, "</li>");
            }
        }
        html.raw("</ul>");
    }
    html.raw("</div>");
    if service.listed {
        html.raw("<p class=\"row\"><a class=\"btn btn-primary\"").attr("href", &format!("/book/{}", service.slug));
        html.raw(">Choose a time</a></p>");
    }
    html.raw("</section>");
}

fn fact(html: &mut Html, icon: &'static str, term: &'static str, text: &str) {
    html.raw("<div class=\"fact\">").icon(icon).raw("<dt>").raw(term).raw("</dt><dd>").text(text).raw("</dd></div>");
}

fn pictures(html: &mut Html, service: &ServiceDocument) {
    let Some((first, more)) = service.photos.split_first() else {
        cover(html, &service.slug, &service.category);
        return;
    };
    html.raw("<p>");
    picture(html, first, SIZES[1], false);
    html.raw("</p>");
    if !more.is_empty() {
        html.raw("<ul class=\"photos\">");
        for photo in more {
            html.raw("<li>");
            picture(html, photo, SIZES[0], true);
            html.raw("</li>");
        }
        html.raw("</ul>");
    }
}

/// A photo in the sizes that there are; the browser takes the one that fits.
pub fn picture(html: &mut Html, photo: &Photo, size: u32, later: bool) {
    let width = |size: u32| size.min(photo.width.max(1));
    let sets: Vec<_> =
        SIZES.iter().map(|size| format!("{} {}w", photos::address(&photo.id, *size), width(*size))).collect();
    let sizes = if later { "10rem" } else { "(min-width: 64rem) 40rem, 100vw" };
    html.raw("<img class=\"photo\"").attr("src", &photos::address(&photo.id, size)).attr("srcset", &sets.join(", "));
    html.attr("sizes", sizes).attr("alt", &photo.alt);
    html.attr("width", &photo.width.to_string()).attr("height", &photo.height.to_string());
    html.raw(if later { " loading=\"lazy\" decoding=\"async\">" } else { " fetchpriority=\"high\">" });
}

/// What only the provider sees: where the service stands, and what they can do with it.
fn banner(html: &mut Html, service: &ServiceDocument, provider: &Provider, done: &'static str) {
    let (title, text) = match (service.status, service.listed) {
        (ServiceStatus::Draft, _) => ("Draft", "Only you see this page. This is how customers will see it."),
        (ServiceStatus::Active, true) => ("Published", "Everybody can find this service and ask for it."),
        (ServiceStatus::Active, false) => {
            ("Published, but not shown", why_not(provider).unwrap_or("Publish it again."))
        }
        (ServiceStatus::Archived, _) => ("Archived", "Only you see this page. Its bookings go on."),
    };
    html.raw("<section class=\"card\" aria-label=\"Your service\">");
    html.wrap("<p class=\"done\" role=\"status\">", done, "</p>");
    html.raw("<p><b>").raw(title).raw(".</b> ").text(text).raw("</p><div class=\"row\">");
    if service.status != ServiceStatus::Active {
        match why_not(provider) {
            None => verb(html, service, "publish", "Publish", "btn btn-primary"),
            Some(reason) => {
                html.raw(
                    "<button class=\"btn btn-off\" aria-disabled=\"true\" type=\"button\" aria-describedby=\"why\">",
                );
                html.raw("Publish</button>").wrap("<p class=\"hint\" id=\"why\">", reason, "</p>");
            }
        }
    }
    let own = format!("/provider/services/{}", service.id.to_hex());
    html.raw("<a class=\"btn\"").attr("href", &own).raw(">").icon("pencil").raw("Edit</a>");
    html.raw("<a class=\"btn\"").attr("href", &format!("{own}/photos")).raw(">").icon("image").raw("Photos</a>");
    if service.status != ServiceStatus::Draft {
        verb(html, service, "draft", "Back to draft", "btn");
    }
    if service.status != ServiceStatus::Archived {
        verb(html, service, "archive", "Archive", "btn");
    }
    html.raw("</div></section>");
}

fn verb(html: &mut Html, service: &ServiceDocument, verb: &'static str, label: &'static str, class: &'static str) {
    html.raw("<form method=\"post\"").attr("action", &format!("/provider/services/{}/{verb}", service.id.to_hex()));
    html.raw("><input type=\"hidden\" name=\"version\"").attr("value", &service.version.to_string());
    html.raw("><button").attr("class", class).raw(">").raw(label).raw("</button></form>");
}
