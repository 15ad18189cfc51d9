//! How the form of a service looks.

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{LIST, bases};
use crate::catalogue::category::CATEGORIES;
use crate::catalogue::labels::duration;
use crate::catalogue::model::{ServiceDocument, ServiceStatus};
use crate::catalogue::offer_form::{currency, filled, meant};
use crate::domain::places::REGIONS;
use crate::provider::model::Provider;
use crate::ui::form::{Control, Form, Input};
use crate::ui::icon::Icon;
use crate::web::plain::{hidden_field, narrow};
use crate::web::shell::{PageContext, PageHead};

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

    fn what(&self) -> AnyView {
        let mut groups: Vec<(&str, Vec<(String, String)>)> = vec![("", vec![pair("", "Choose one")])];
        for category in CATEGORIES {
            match category.parent {
                None => groups.push((category.name, Vec::new())),
                Some(_) => {
                    if let Some((_, choices)) = groups.last_mut() {
                        choices.push(pair(category.slug, category.name));
                    }
                }
            }
        }
        let hint = "What is done, what is not, what people should have ready. An empty line begins a paragraph.";
        // A draft can do without description and category, a published service cannot: neither "optional" nor required.
        view! {
            <section class="card stack">
                <h2>"What you do"</h2>
                {self.line("title", "Title", "text", true, "Short and plain, such as \"Lawn mowing and edges\".")}
                <div class="asked stack">
                    {self.field("description", "Description", Control::Area, false, hint)}
                    {self.field("category", "Category", Control::Grouped(&groups), false, "")}
                </div>
            </section>
        }
        .into_any()
    }

    fn price(&self) -> AnyView {
        let kinds =
            [pair("fixed", "One price for the job"), pair("hourly", "By the hour"), pair("on_quote", "On quote")];
        let amount = format!("In {}, GST included: for the job, or for an hour.", currency(self.provider).code());
        let instant = "A free time is then booked without your answer. Only with one price for the job.";
        let holds = "Nobody else can ask for the same time while a request waits for your answer.";
        let code =
            "The customer sees 4 digits on their page and tells you them, so that both know when the work began.";
        view! {
            <section class="card stack">
                <h2>"What it costs"</h2>
                {self.field("price_kind", "Price", Control::Radios(&kinds), true, "")}
                <div class="asked if-price">{self.line("amount", "Amount", "text", false, &amount)}</div>
                {self.field("instant", "People may book at once", Control::Check, false, instant)}
                {self.field("holds_requests", "A request holds the time", Control::Check, false, holds)}
                {self.field("start_code", "Ask for a 4-digit code when you start", Control::Check, false, code)}
                {self.line("answer_hours", "Hours to answer", "number", true, "How long you give yourself, 2 to 72.")}
            </section>
        }
        .into_any()
    }

    fn time(&self) -> AnyView {
        let breaks = [0, 15, 30, 45, 60, 90, 120, 180, 240];
        let ahead = [0, 60, 120, 240, 480, 1440, 2 * 1440, 3 * 1440, 7 * 1440, 14 * 1440];
        let notice = "Before the start: from then on customers cannot propose another time.";
        view! {
            <section class="card stack">
                <h2>"How long it takes"</h2>
                {self.line("minutes", "Duration in minutes", "number", true, "A multiple of 15, at most 1440 (a day).")}
                {self.minutes("buffer_before", "Kept free before", "To get there.", &breaks)}
                {self.minutes("buffer_after", "Kept free after", "To tidy up and leave.", &breaks)}
                {self.minutes("lead_time", "Ask at least", "Before it starts.", &ahead)}
                {self.minutes("notice", "Other times until", notice, &ahead[..9])}
            </section>
        }
        .into_any()
    }

    fn place(&self) -> AnyView {
        let bases = bases(self.provider, self.service);
        let mut places = Vec::new();
        if let Some(current) = bases.current {
            places.push(pair("current", &current.label));
        }
        if let Some(business) = bases.business.filter(|business| bases.current != Some(business)) {
            places.push(pair("business", &format!("Your business: {}", business.label)));
        }
        places.push(pair("other", "Another address"));
        let meant = if self.form.get("base") == "other" { meant(&self.form) } else { Vec::new() };
        let which = (!meant.is_empty()).then(|| {
            let mut choices = vec![pair("", "Choose one")];
            choices.extend(meant.iter().map(|locality| (locality.id.to_string(), locality.label())));
            self.field("locality_id", "Which one", Control::Select(&choices), false, "")
        });
        let kinds =
            [pair("radius", "Around there"), pair("regions", "In whole regions"), pair("remote", "Online, anywhere")];
        let regions: Vec<_> = REGIONS.iter().map(|(code, name)| pair(code, name)).collect();
        let (shown, town) =
            ("Only its town or suburb is shown to customers.", "Such as \"Te Aro\" or \"Newtown, NSW\".");
        view! {
            <section class="card stack">
                <h2>"Where you do it"</h2>
                {self.field("base", "You set out from", Control::Radios(&places), true, shown)}
                <div class="if-other stack">
                    {self.line("street", "Street and number", "text", false, "")}
                    <div class="asked stack">{self.line("locality", "Town or suburb", "text", false, town)} {which}</div>
                </div>
                {self.field("reach", "You come to customers", Control::Radios(&kinds), true, "")}
                <div class="asked if-radius">
                    {self.line("radius_km", "Kilometres", "number", false, "As the crow flies, 1 to 500.")}
                </div>
                <div class="asked if-regions">
                    {self.field("regions", "Regions", Control::Ticks(&regions), false, "")}
                </div>
            </section>
        }
        .into_any()
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

    fn line(&self, name: &str, label: &str, kind: &'static str, required: bool, hint: &str) -> AnyView {
        self.field(name, label, Control::Line(kind, "off"), required, hint)
    }

    /// A choice of minutes in words; what is stored and none of them is a choice as well.
    fn minutes(&self, name: &str, label: &str, hint: &str, usual: &[i64]) -> AnyView {
        let now = self.form.get(name).parse::<i64>().ok().filter(|now| !usual.contains(now));
        let option_label = |minutes: i64| if minutes == 0 { "No time".to_owned() } else { duration(minutes) };
        let choices: Vec<_> =
            usual.iter().copied().chain(now).map(|minutes| (minutes.to_string(), option_label(minutes))).collect();
        self.field(name, label, Control::Select(&choices), true, hint)
    }

    fn field(&self, name: &str, label: &str, control: Control, required: bool, hint: &str) -> AnyView {
        self.form.render(&Input { name, label, control, required, hint })
    }
}

fn pair(value: &str, text: &str) -> (String, String) {
    (value.into(), text.into())
}
