//! What an application says, in words: for its applicant and for an admin.

use leptos::prelude::*;

use crate::domain::business_number;
use crate::domain::standing::ProviderStatus;
use crate::provider::history::ProviderEvent;
use crate::provider::model::Provider;
use crate::provider::onboarding::names;
use crate::ui::icon::Icon;
use crate::ui::timeline::{Entry, timeline};

/// What being paid directly means.
pub const DIRECT: &str = "Customers pay me directly, after the work";

/// The icons that the list of events and the pill need.
pub const ICONS: &[&str] = &["clock", "check", "x", "send", "reply", "calendar-clock", "circle-check"];

/// Everything that was submitted, as a list.
pub fn render_facts(provider: &Provider) -> AnyView {
    let payout = provider.payout.as_deref().map_or("", payout);
    let address = provider.base.as_ref().map_or("", |base| &base.label);
    let number = business_number::readable(&provider.business_number);
    let facts = [
        ("Trading name", provider.trading_name.as_str()),
        ("About", &provider.about),
        ("Phone", &provider.phone),
        ("Business address", address),
        ("NZBN or ABN", &number),
        ("Payout", payout),
    ];
    let line = |(label, value): (&'static str, &str)| {
        let value = if value.is_empty() { "not given" } else { value }.to_owned();
        view! {
            <li><span><span class="hint">{label}</span><span class="words" dir="auto">{value}</span></span></li>
        }
    };
    view! { <ul class="rows">{facts.map(line).collect_view()}</ul> }.into_any()
}

fn payout(payout: &str) -> &str {
    if payout == "direct" { DIRECT } else { payout }
}

/// The status as a pill.
pub fn render_pill(status: ProviderStatus) -> AnyView {
    let (class, icon) = match status {
        ProviderStatus::Approved => ("pill pill-good", "circle-check"),
        ProviderStatus::Rejected | ProviderStatus::Suspended => ("pill pill-bad", "x"),
        _ => ("pill pill-wait", "clock"),
    };
    view! { <span class={class}><Icon name=icon />{status.label()}</span> }.into_any()
}

/// The history, the latest first.
pub fn render_history(events: &[ProviderEvent], zone: &str) -> AnyView {
    let entry = |event: &ProviderEvent| Entry {
        title: event.note.clone(),
        who: event.actor_name.clone(),
        at: event.at.rfc3339(),
        at_text: event.at.text(zone),
        message: event.reason.clone(),
        changes: changes(event),
        icon: match event.action_name.as_str() {
            names::APPROVE | names::REINSTATE => "check",
            names::REJECT | names::SUSPEND => "x",
            names::ASK_MORE | names::ANSWER_MORE => "reply",
            names::SUBMIT => "send",
            _ => "calendar-clock",
        },
    };
    timeline("History", events.iter().rev().map(entry).collect()).into_any()
}

/// What changed, a line each; the event itself shows the status.
fn changes(event: &ProviderEvent) -> Vec<String> {
    let line = |(name, change): (&String, &crate::domain::chain::FieldChange)| {
        let label = match name.as_str() {
            "trading_name" => "Trading name",
            "about" => "About",
            "phone" => "Phone",
            "business_number" => "NZBN or ABN",
            "base" => "Business address",
            "payout" => "Payout",
            _ => return None,
        };
        let text = change.new.get("label").unwrap_or(&change.new).as_str().unwrap_or_default();
        let text = match name.as_str() {
            "payout" => payout(text).to_owned(),
            "business_number" => business_number::readable(text),
            _ => text.to_owned(),
        };
        (!text.is_empty()).then(|| format!("{label}: {text}"))
    };
    event.changes.iter().filter_map(line).collect()
}
