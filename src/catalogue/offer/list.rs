//! How the list of one's services looks.

use crate::catalogue::category;
use crate::catalogue::labels;
use crate::catalogue::model::{ServiceDocument, ServiceStatus};
use crate::catalogue::offer::{LIST, why_not};
use crate::provider::model::Provider;
use crate::ui::html::Html;

/// The page's body.
pub fn draw(services: &[ServiceDocument], provider: &Provider) -> String {
    let mut html = Html::new();
    html.raw("<h1>My services</h1>");
    if let Some(reason) = why_not(provider) {
        html.raw("<p class=\"note\">").icon("eye-off").text(reason).raw("</p>");
    }
    if services.is_empty() {
        html.raw("<div class=\"card empty\">").icon("calendar");
        html.raw(
            "<h2>No services yet</h2><p>Describe what you do, what it costs and where. You see it as customers will ",
        );
        html.raw("before anybody else does.</p><a class=\"btn btn-primary\" href=\"/provider/services/new\">");
        return html.raw("Describe your first service</a></div>").finish();
    }
    html.raw("<p class=\"row\"><a class=\"btn btn-primary\" href=\"/provider/services/new\">").icon("plus");
    html.raw("New service</a></p>");
    for (status, title) in
        [(ServiceStatus::Active, "Published"), (ServiceStatus::Draft, "Drafts"), (ServiceStatus::Archived, "Archived")]
    {
        let mut with_status = services.iter().filter(|service| service.status == status).peekable();
        if with_status.peek().is_none() {
            continue;
        }
        html.raw("<section class=\"card\"><h2>").raw(title).raw("</h2><ul class=\"rows own\">");
        for service in with_status {
            row(&mut html, service);
        }
        html.raw("</ul></section>");
    }
    html.finish()
}

fn row(html: &mut Html, service: &ServiceDocument) {
    let category = category::find(&service.category).map_or("No category yet", |category| category.name);
    let photos = match service.photos.len() {
        0 => "no photo".to_owned(),
        1 => "1 photo".to_owned(),
        count => format!("{count} photos"),
    };
    let price = labels::price(service.price, service.currency);
    let hidden = service.status == ServiceStatus::Active && !service.listed;
    html.raw("<li><span><a class=\"link\"").attr("href", &format!("/services/{}", service.slug)).raw("><b>");
    html.text(&service.title).raw("</b></a><span class=\"hint\">");
    html.text(&format!("{price} · {category} · {photos}"));
    html.raw(if hidden { " · not shown</span></span>" } else { "</span></span>" }).raw("<span class=\"row\">");
    let own = format!("{LIST}/{}", service.id.to_hex());
    for (href, icon, text) in [(own.clone(), "pencil", "Edit"), (format!("{own}/photos"), "image", "Photos")] {
        html.raw("<a class=\"btn\"").attr("href", &href).attr("aria-label", &format!("{text}: {}", service.title));
        html.raw(">").icon(icon).raw(text).raw("</a>");
    }
    html.raw("</span></li>");
}
