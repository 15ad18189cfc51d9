//! How the list of one's services looks.

use leptos::prelude::*;

use super::own::LIST;
use crate::catalogue::category;
use crate::catalogue::labels;
use crate::catalogue::model::{ServiceDocument, ServiceStatus};
use crate::catalogue::publishing::why_not;
use crate::provider::model::Provider;
use crate::ui::icon::Icon;

/// The page's body.
pub fn render(services: &[ServiceDocument], provider: &Provider) -> AnyView {
    let note = why_not(provider).map(|reason| view! { <p class="note"><Icon name="eye-off" />{reason}</p> });
    if services.is_empty() {
        return view! {
            <h1>"My services"</h1>
            {note}
            <div class="card empty">
                <Icon name="calendar" />
                <h2>"No services yet"</h2>
                <p>
                    "Describe what you do, what it costs and where. You see it as customers will before anybody else does."
                </p>
                <a class="btn btn-primary" href="/provider/services/new">
                    "Describe your first service"
                </a>
            </div>
        }
        .into_any();
    }
    let with_status = |status, title| section(services, status, title);
    view! {
        <h1>"My services"</h1>
        {note}
        <p class="row">
            <a class="btn btn-primary" href="/provider/services/new">
                <Icon name="plus" />
                "New service"
            </a>
        </p>
        {with_status(ServiceStatus::Active, "Published")}
        {with_status(ServiceStatus::Draft, "Drafts")}
        {with_status(ServiceStatus::Archived, "Archived")}
    }
    .into_any()
}

fn section(services: &[ServiceDocument], status: ServiceStatus, title: &'static str) -> Option<AnyView> {
    let rows: Vec<_> = services.iter().filter(|service| service.status == status).map(row).collect();
    if rows.is_empty() {
        return None;
    }
    Some(view! { <section class="card"><h2>{title}</h2><ul class="rows own">{rows}</ul></section> }.into_any())
}

fn row(service: &ServiceDocument) -> AnyView {
    let category = category::find(&service.category).map_or("No category yet", |category| category.name);
    let photos = match service.photos.len() {
        0 => "no photo".to_owned(),
        1 => "1 photo".to_owned(),
        count => format!("{count} photos"),
    };
    let price = labels::price(service.price, service.currency);
    let hidden = if service.status == ServiceStatus::Active && !service.listed { " · not shown" } else { "" };
    let own = format!("{LIST}/{}", service.id.to_hex());
    let link = |href: String, icon: &'static str, text: &'static str| {
        view! { <a class="btn" href=href aria-label=format!("{text}: {}", service.title)><Icon name=icon />{text}</a> }
    };
    view! {
        <li>
            <span>
                <a class="link" href=format!("/services/{}", service.slug)>
                    <b>{service.title.clone()}</b>
                </a>
                <span class="hint">{format!("{price} · {category} · {photos}{hidden}")}</span>
            </span>
            <span class="row">
                {link(own.clone(), "pencil", "Edit")} {link(format!("{own}/photos"), "image", "Photos")}
            </span>
        </li>
    }
    .into_any()
}
