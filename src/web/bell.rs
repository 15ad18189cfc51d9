//! The bell in the header.

use crate::ui::html::Html;

/// The unread are counted up to this many; more is "99+".
pub const MOST: u32 = 100;

/// What the bell says: `Notices, 3 unread`.
pub fn words(unread: u32) -> String {
    if unread == 0 { "Notices".into() } else { format!("Notices, {} unread", count(unread)) }
}

/// The way to one's notices, with how many are unread, `here` on their own page. Stands in the element `bell` of every
/// page.
pub fn draw(unread: u32, here: bool) -> String {
    let mut html = Html::new();
    html.raw("<a class=\"bell\" href=\"/notices\"").flag("aria-current=\"page\"", here);
    html.attr("aria-label", &words(unread)).raw(">").icon("bell");
    if unread > 0 {
        html.raw("<span class=\"bell-count\" aria-hidden=\"true\">").text(&count(unread)).raw("</span>");
    }
    html.raw("</a>").finish()
}

fn count(unread: u32) -> String {
    if unread < MOST { unread.to_string() } else { format!("{}+", MOST - 1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bell_counts_up_to_ninety_nine() {
        assert_eq!(
            [0, 1, 99, 100].map(words),
            ["Notices", "Notices, 1 unread", "Notices, 99 unread", "Notices, 99+ unread"]
        );
        assert!(!draw(0, false).contains("bell-count") && draw(7, true).contains(">7</span>"));
    }
}
