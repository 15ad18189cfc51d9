//! How the form of a service looks.

mod sections;

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::own::LIST;
use crate::catalogue::model::{ServiceDocument, ServiceStatus};
use crate::catalogue::offer_form::filled;
use crate::provider::model::Provider;
use crate::ui::form::Form;
use crate::ui::icon::Icon;
use crate::web::plain::{hidden_field, narrow};
use crate::web::{PageContext, PageHead};

/// The page of a service's form.
#[derive(Debug)]
pub struct Edit<'a> {
    /// What the fields hold, and what is wrong.
    pub form: Form,
    /// Whose it is.
    pub provider: &'a Provider,
    /// The service as it is stored; none for a new one.
    pub service: Option<&'a ServiceDocument>,
}

/// The fields and their labels, to say where what was typed differs from what is stored.
const COMPARED: [(&str, &str); 16] = [
    ("title", "Title"),
    ("description", "Description"),
    ("category", "Category"),
    ("price_kind", "Price"),
    ("amount", "Amount"),
    ("minutes", "Duration in minutes"),
    ("buffer_before", "Minutes kept free before"),
    ("buffer_after", "Minutes kept free after"),
    ("lead_time", "Minutes of lead time"),
    ("notice", "Minutes of notice"),
    ("answer_hours", "Hours to answer"),
    ("instant", "Booked at once"),
    ("holds_requests", "Time held"),
    ("start_code", "Code at the start"),
    ("reach", "Area"),
    ("radius_km", "Kilometres"),
];

impl Edit<'_> {
    /// The page as an answer.
    pub fn respond(&self, status: StatusCode, page: &PageContext) -> Response {
        let title = self.service.map_or("New service", |_| "Edit service");
        let head = PageHead::new(title, &["arrow-left", "triangle-alert", "image"]);
        narrow(status, page, head, self.render(status == StatusCode::CONFLICT))
    }

    fn render(&self, stale: bool) -> AnyView {
        let (title, action, hidden) = match self.service {
            Some(service) => (
                view! { <h1>"Edit service"</h1><p class="sub">{service.title.clone()}</p> }.into_any(),
                format!("{LIST}/{}", service.id.to_hex()),
                hidden_field("version", &service.version.to_string()),
            ),
            None => (
                view! { <h1>"New service"</h1> }.into_any(),
                format!("{LIST}/new"),
                hidden_field("id", self.form.get("id")),
            ),
        };
        view! {
            <header class="title">
                <a class="back" href=LIST>
                    <Icon name="arrow-left" />
                    "My services"
                </a>
                {title}
            </header>
            {self.form.render_summary()}
            {self.service.filter(|_| stale).map(|service| self.differences(service))}
            <form class="offer stack" method="post" action=action>
                {hidden}
                {self.what()}
                {self.price()}
                {self.time()}
                {self.place()}
                {self.buttons()}
            </form>
        }
        .into_any()
    }

    /// What is stored where something else was typed.
    fn differences(&self, service: &ServiceDocument) -> Option<AnyView> {
        let stored = filled(service);
        let differs = |name: &str| stored.get(name) != self.form.get(name).replace("\r\n", "\n");
        let lines: Vec<_> = COMPARED
            .iter()
            .filter(|(name, _)| differs(name))
            .map(|(name, label)| {
                let value = Some(stored.get(name)).filter(|value| !value.is_empty()).unwrap_or("nothing").to_owned();
                view! { <dt class="hint">{*label}</dt><dd class="words">{value}</dd> }
            })
            .collect();
        if lines.is_empty() {
            return None;
        }
        Some(
            view! { <section class="card"><h2>"Stored now, other than below"</h2><dl>{lines}</dl></section> }
                .into_any(),
        )
    }

    fn buttons(&self) -> AnyView {
        let text = match self.service.map(|service| service.status) {
            None => "Save as a draft",
            Some(ServiceStatus::Active) => "Save, for everybody to see",
            Some(_) => "Save",
        };
        let leave = self.service.map(|service| {
            view! { <a class="btn" href=format!("/services/{}", service.slug)>"Leave as it is"</a> }
        });
        view! { <p class="row"><button class="btn btn-primary">{text}</button>{leave}</p> }.into_any()
    }
}
