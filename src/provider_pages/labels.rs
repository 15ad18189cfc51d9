//! What an application says, in words: for its applicant and for an admin.

use crate::domain::business_number;
use crate::domain::standing::ProviderStatus;
use crate::provider::history::ProviderEvent;
use crate::provider::model::Provider;
use crate::provider::onboarding::names;
use crate::ui::html::Html;
use crate::ui::timeline::{Entry, timeline};

/// What being paid directly means.
pub const DIRECT: &str = "Customers pay me directly, after the work";

/// The icons that the list of events and the pill need.
pub const ICONS: &[&str] = &["clock", "check", "x", "send", "reply", "calendar-clock", "circle-check"];

/// Draws everything that was submission, as a list.
pub fn facts(html: &mut Html, provider: &Provider) {
    let payout = provider.payout.as_deref().map_or("", payout);
    let address = provider.base.as_ref().map_or("", |base| &base.label);
    let number = business_number::readable(&provider.business_number);
    html.raw("<ul class=\"rows\">");
    for (label, value) in [
        ("Trading name", provider.trading_name.as_str()),
        ("About", &provider.about),
        ("Phone", &provider.phone),
        ("Business address", address),
        ("NZBN or ABN", &number),
        ("Payout", payout),
    ] {
        html.raw("<li><span><span class=\"hint\">").text(label).raw("</span><span class=\"words\" dir=\"auto\">");
        html.text(if value.is_empty() { "not submission" } else { value }).raw("</span></span></li>");
    }
    html.raw("</ul>");
}

fn payout(payout: &str) -> &str {
    if payout == "direct" { DIRECT } else { payout }
}

/// Draws the status as a pill.
pub fn pill(html: &mut Html, status: ProviderStatus) {
    let (class, icon) = match status {
        ProviderStatus::Approved => ("pill pill-good", "circle-check"),
        ProviderStatus::Rejected | ProviderStatus::Suspended => ("pill pill-bad", "x"),
        _ => ("pill pill-wait", "clock"),
    };
    html.raw("<span class=\"").raw(class).raw("\">").icon(icon).text(status.label()).raw("</span>");
}

/// Draws the history, the latest first.
pub fn history(html: &mut Html, events: &[ProviderEvent], zone: &str) {
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
    html.view(timeline("History", events.iter().rev().map(entry).collect()));
}

/// What changed, a line each; the status is told by the event itself.
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
