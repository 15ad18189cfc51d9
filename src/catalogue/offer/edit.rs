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
use crate::ui::html::Html;
use crate::web::shell::{PageContext, PageHead, respond};

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
    pub fn respond(&self, status: StatusCode, frame: &PageContext) -> Response {
        let title = self.service.map_or("New service", |_| "Edit service");
        let head = PageHead::new(title, &["arrow-left", "triangle-alert", "image"]);
        let body = self.draw(status == StatusCode::CONFLICT);
        respond(status, frame, head, move || view! { <div class="narrow" inner_html=body></div> }.into_any())
    }

    fn draw(&self, stale: bool) -> String {
        let mut html = Html::new();
        html.raw("<header class=\"title\"><a class=\"back\"").attr("href", LIST).raw(">").icon("arrow-left");
        html.raw("My services</a>");
        let action = match self.service {
            Some(service) => {
                html.raw("<h1>Edit service</h1><p class=\"sub\">").text(&service.title).raw("</p></header>");
                format!("{LIST}/{}", service.id.to_hex())
            }
            None => {
                html.raw("<h1>New service</h1></header>");
                format!("{LIST}/new")
            }
        };
        self.form.summary(&mut html);
        if let Some(service) = self.service.filter(|_| stale) {
            self.differences(&mut html, service);
        }
        html.raw("<form class=\"offer stack\" method=\"post\"").attr("action", &action).raw(">");
        self.hidden(&mut html);
        self.what(&mut html);
        self.price(&mut html);
        self.time(&mut html);
        self.place(&mut html);
        self.buttons(&mut html);
        html.raw("</form>").finish()
    }

    fn hidden(&self, html: &mut Html) {
        match self.service {
            Some(service) => {
                html.raw("<input type=\"hidden\" name=\"version\"").attr("value", &service.version.to_string());
            }
            None => _ = html.raw("<input type=\"hidden\" name=\"id\"").attr("value", self.form.get("id")),
        }
        html.raw(">");
    }

    /// What is stored where something else was typed.
    fn differences(&self, html: &mut Html, service: &ServiceDocument) {
        let stored = filled(service);
        let mut differing = COMPARED
            .iter()
            .filter(|(name, _)| stored.get(name) != self.form.get(name).replace("\r\n", "\n"))
            .peekable();
        if differing.peek().is_none() {
            return;
        }
        html.raw("<section class=\"card\"><h2>Stored now, other than below</h2><dl>");
        for (name, label) in differing {
            let value = Some(stored.get(name)).filter(|value| !value.is_empty()).unwrap_or("nothing");
            html.raw("<dt class=\"hint\">").raw(label).raw("</dt>").wrap("<dd class=\"words\">", value, "</dd>");
        }
        html.raw("</dl></section>");
    }

    fn what(&self, html: &mut Html) {
        html.raw("<section class=\"card stack\"><h2>What you do</h2>");
        self.line(html, "title", "Title", "text", true, "Short and plain, such as \"Lawn mowing and edges\".");
        let hint = "What is done, what is not, what people should have ready. An empty line begins a paragraph.";
        // A draft can do without, a published service cannot, so neither "optional" nor required.
        html.raw("<div class=\"asked stack\">");
        self.field(html, "description", "Description", Control::Area, false, hint);
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
        self.field(html, "category", "Category", Control::Grouped(&groups), false, "");
        html.raw("</div></section>");
    }

    fn price(&self, html: &mut Html) {
        html.raw("<section class=\"card stack\"><h2>What it costs</h2>");
        let kinds =
            [pair("fixed", "One price for the job"), pair("hourly", "By the hour"), pair("on_quote", "On quote")];
        self.field(html, "price_kind", "Price", Control::Radios(&kinds), true, "");
        html.raw("<div class=\"asked if-price\">");
        let hint = format!("In {}, GST included: for the job, or for an hour.", currency(self.provider).code());
        self.line(html, "amount", "Amount", "text", false, &hint);
        html.raw("</div>");
        let hint = "A free time is then booked without your answer. Only with one price for the job.";
        self.field(html, "instant", "People may book at once", Control::Check, false, hint);
        let hint = "Nobody else can ask for the same time while a request waits for your answer.";
        self.field(html, "holds_requests", "A request holds the time", Control::Check, false, hint);
        let hint =
            "The customer sees 4 digits on their page and tells you them, so that both know when the work began.";
        self.field(html, "start_code", "Ask for a 4-digit code when you start", Control::Check, false, hint);
        self.line(html, "answer_hours", "Hours to answer", "number", true, "How long you give yourself, 2 to 72.");
        html.raw("</section>");
    }

    fn time(&self, html: &mut Html) {
        html.raw("<section class=\"card stack\"><h2>How long it takes</h2>");
        self.line(html, "minutes", "Duration in minutes", "number", true, "A multiple of 15, at most 1440 (a day).");
        let breaks = [0, 15, 30, 45, 60, 90, 120, 180, 240];
        self.minutes(html, "buffer_before", "Kept free before", "To get there.", &breaks);
        self.minutes(html, "buffer_after", "Kept free after", "To tidy up and leave.", &breaks);
        let ahead = [0, 60, 120, 240, 480, 1440, 2 * 1440, 3 * 1440, 7 * 1440, 14 * 1440];
        self.minutes(html, "lead_time", "Ask at least", "Before it starts.", &ahead);
        let hint = "Before the start: from then on customers cannot propose another time.";
        self.minutes(html, "notice", "Other times until", hint, &ahead[..9]);
        html.raw("</section>");
    }

    fn place(&self, html: &mut Html) {
        html.raw("<section class=\"card stack\"><h2>Where you do it</h2>");
        let bases = bases(self.provider, self.service);
        let mut places = Vec::new();
        if let Some(current) = bases.current {
            places.push(pair("current", &current.label));
        }
        if let Some(business) = bases.business.filter(|business| bases.current != Some(business)) {
            places.push(pair("business", &format!("Your business: {}", business.label)));
        }
        places.push(pair("other", "Another address"));
        let hint = "Only its town or suburb is shown to customers.";
        self.field(html, "base", "You set out from", Control::Radios(&places), true, hint);
        html.raw("<div class=\"if-other stack\">");
        self.line(html, "street", "Street and number", "text", false, "");
        html.raw("<div class=\"asked stack\">");
        self.line(html, "locality", "Town or suburb", "text", false, "Such as \"Te Aro\" or \"Newtown, NSW\".");
        let meant = if self.form.get("base") == "other" { meant(&self.form) } else { Vec::new() };
        if !meant.is_empty() {
            let mut choices = vec![pair("", "Choose one")];
            choices.extend(meant.iter().map(|locality| (locality.id.to_string(), locality.label())));
            self.field(html, "locality_id", "Which one", Control::Select(&choices), false, "");
        }
        html.raw("</div></div>");
        let kinds =
            [pair("radius", "Around there"), pair("regions", "In whole regions"), pair("remote", "Online, anywhere")];
        self.field(html, "reach", "You come to customers", Control::Radios(&kinds), true, "");
        html.raw("<div class=\"asked if-radius\">");
        self.line(html, "radius_km", "Kilometres", "number", false, "As the crow flies, 1 to 500.");
        html.raw("</div><div class=\"asked if-regions\">");
        let regions: Vec<_> = REGIONS.iter().map(|(code, name)| pair(code, name)).collect();
        self.field(html, "regions", "Regions", Control::Ticks(&regions), false, "");
        html.raw("</div></section>");
    }

    fn buttons(&self, html: &mut Html) {
        let text = match self.service.map(|service| service.status) {
            None => "Save as a draft",
            Some(ServiceStatus::Active) => "Save, for everybody to see",
            Some(_) => "Save",
        };
        html.raw("<p class=\"row\"><button class=\"btn btn-primary\">").raw(text).raw("</button>");
        if let Some(service) = self.service {
            html.raw("<a class=\"btn\"")
                .attr("href", &format!("/services/{}", service.slug))
                .raw(">Leave as it is</a>");
        }
        html.raw("</p>");
    }

    fn line(&self, html: &mut Html, name: &str, label: &str, kind: &'static str, required: bool, hint: &str) {
        self.field(html, name, label, Control::Line(kind, "off"), required, hint);
    }

    /// A choice of minutes in words; what is stored and none of them is a choice as well.
    fn minutes(&self, html: &mut Html, name: &str, label: &str, hint: &str, usual: &[i64]) {
        let now = self.form.get(name).parse::<i64>().ok().filter(|now| !usual.contains(now));
        let words = |minutes: i64| if minutes == 0 { "No time".to_owned() } else { duration(minutes) };
        let choices: Vec<_> =
            usual.iter().copied().chain(now).map(|minutes| (minutes.to_string(), words(minutes))).collect();
        self.field(html, name, label, Control::Select(&choices), true, hint);
    }

    fn field(&self, html: &mut Html, name: &str, label: &str, control: Control, required: bool, hint: &str) {
        self.form.draw(html, &Input { name, label, control, required, hint });
    }
}

fn pair(value: &str, text: &str) -> (String, String) {
    (value.into(), text.into())
}
