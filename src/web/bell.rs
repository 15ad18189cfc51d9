//! The bell in the header.

use leptos::prelude::*;

use crate::ui::icon::Icon;

/// The unread are counted up to this many; more is "99+".
pub const MOST: u32 = 100;

/// What the bell says: `Notices, 3 unread`.
pub fn label(unread: u32) -> String {
    if unread == 0 { "Notices".into() } else { format!("Notices, {} unread", count(unread)) }
}

/// The way to one's notices, with how many are unread, `is_current` on their own page. Stands in the element `bell` of every
/// page.
pub fn render(unread: u32, is_current: bool) -> AnyView {
    let badge = (unread > 0).then(|| {
        view! {
            <span class="bell-count" aria-hidden="true">
                {count(unread)}
            </span>
        }
    });
    view! {
        <a class="bell" href="/notices" aria-current=is_current.then_some("page") aria-label=label(unread)>
            <Icon name="bell" />
            {badge}
        </a>
    }
    .into_any()
}

fn count(unread: u32) -> String {
    if unread < MOST { unread.to_string() } else { format!("{}+", MOST - 1) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::render::to_html;

    #[test]
    fn the_bell_counts_up_to_ninety_nine() {
        assert_eq!(
            [0, 1, 99, 100].map(label),
            ["Notices", "Notices, 1 unread", "Notices, 99 unread", "Notices, 99+ unread"]
        );
        let rendered = |unread: u32, is_current: bool| to_html(|| render(unread, is_current));
        assert!(!rendered(0, false).contains("bell-count") && rendered(7, true).contains(">7</span>"));
    }
}
