//! The bell in the header.

use super::store::MOST;
use crate::ui::html::Html;

/// The way to one's notices, with how many are unread, `here` on their own page. Stands in the element `bell` of every
/// page.
pub fn bell(unread: u32, here: bool) -> String {
    let count = if unread < MOST { unread.to_string() } else { format!("{}+", MOST - 1) };
    let mut html = Html::new();
    html.raw("<a class=\"bell\" href=\"/notices\"").flag("aria-current=\"page\"", here);
    if unread == 0 {
        html.attr("aria-label", "Notices").raw(">").icon("bell");
    } else {
        html.attr("aria-label", &format!("Notices, {count} unread")).raw(">").icon("bell");
        html.raw("<span class=\"bell-count\" aria-hidden=\"true\">").text(&count).raw("</span>");
    }
    html.raw("</a>").finish()
}
