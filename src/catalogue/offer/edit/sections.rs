//! The sections of the form of a service, each with its fields.

use leptos::prelude::*;

use super::Edit;
use crate::booking::machine::inputs::CODE_DIGITS;
use crate::catalogue::category::CATEGORIES;
use crate::catalogue::labels::duration;
use crate::catalogue::offer::own::bases;
use crate::catalogue::offer_form::fields::{ANSWER_HOURS, MINUTES, RADIUS, STEP_MINUTES};
use crate::catalogue::offer_form::{currency, meant};
use crate::domain::limit::sentence;
use crate::domain::places::REGIONS;
use crate::ui::form::{Control, Input};

impl Edit<'_> {
    /// What it is.
    pub(super) fn what(&self) -> AnyView {
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

    /// What it costs, and how it is booked.
    pub(super) fn price(&self) -> AnyView {
        let kinds =
            [pair("fixed", "One price for the job"), pair("hourly", "By the hour"), pair("on_quote", "On quote")];
        let amount = format!("In {}, GST included: for the job, or for an hour.", currency(self.provider).code());
        let instant = "A free time is then booked without your answer. Only with one price for the job.";
        let holds = "Nobody else can ask for the same time while a request waits for your answer.";
        let code = sentence!(
            "The customer sees ",
            CODE_DIGITS,
            " digits on their page and tells you them, so that both know when the work began."
        );
        let ask_code = sentence!("Ask for a ", CODE_DIGITS, "-digit code when you start");
        let answer = sentence!("How long you give yourself, ", ANSWER_HOURS.2, " to ", ANSWER_HOURS.3, ".");
        view! {
            <section class="card stack">
                <h2>"What it costs"</h2>
                {self.field("price_kind", "Price", Control::Radios(&kinds), true, "")}
                <div class="asked if-price">{self.line("amount", "Amount", "text", false, &amount)}</div>
                {self.field("instant", "People may book at once", Control::Check, false, instant)}
                {self.field("holds_requests", "A request holds the time", Control::Check, false, holds)}
                {self.field("start_code", ask_code, Control::Check, false, code)}
                {self.line("answer_hours", "Hours to answer", "number", true, answer)}
            </section>
        }
        .into_any()
    }

    /// How long it takes, and what is kept free around it.
    pub(super) fn time(&self) -> AnyView {
        let breaks = [0, 15, 30, 45, 60, 90, 120, 180, 240];
        let ahead = [0, 60, 120, 240, 480, 1440, 2 * 1440, 3 * 1440, 7 * 1440, 14 * 1440];
        const { assert!(MINUTES.3 == 24 * 60, "the hint says a day") };
        let minutes = sentence!("A multiple of ", STEP_MINUTES, ", at most ", MINUTES.3, " (a day).");
        let notice = "Before the start: from then on customers cannot propose another time.";
        view! {
            <section class="card stack">
                <h2>"How long it takes"</h2>
                {self.line("minutes", "Duration in minutes", "number", true, minutes)}
                {self.minutes("buffer_before", "Kept free before", "To get there.", &breaks)}
                {self.minutes("buffer_after", "Kept free after", "To tidy up and leave.", &breaks)}
                {self.minutes("lead_time", "Ask at least", "Before it starts.", &ahead)}
                {self.minutes("notice", "Other times until", notice, &ahead[..9])}
            </section>
        }
        .into_any()
    }

    /// Where it is done.
    pub(super) fn place(&self) -> AnyView {
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
        let far = sentence!("As the crow flies, ", RADIUS.2, " to ", RADIUS.3, ".");
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
                    {self.line("radius_km", "Kilometres", "number", false, far)}
                </div>
                <div class="asked if-regions">
                    {self.field("regions", "Regions", Control::Ticks(&regions), false, "")}
                </div>
            </section>
        }
        .into_any()
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
