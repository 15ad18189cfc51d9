//! The bell in the header.

use leptos::prelude::*;

use crate::ui::icon::Icon;

/// The unread are counted up to this many; more is "99+".
pub const MOST: u32 = 100;

/// The unread notices of somebody, at most [`MOST`]: for each the booking that it is about, or an empty text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unread(pub Vec<String>);

impl Unread {
    /// How many there are, bounded.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Whether there are more than were counted.
    pub fn is_open_ended(&self) -> bool {
        self.count() >= MOST as usize
    }

    /// Whether one of them is about that booking.
    pub fn is_about(&self, booking: &str) -> bool {
        self.0.iter().any(|about| about == booking)
    }

    /// Leaves out those about that booking.
    pub fn leave_out(&mut self, booking: &str) {
        self.0.retain(|about| about != booking);
    }
}

/// What the bell says: `Notices, 3 unread`.
pub fn label(unread: &Unread) -> String {
    if unread.count() == 0 { "Notices".into() } else { format!("Notices, {} unread", count(unread)) }
}

/// The way to one's notices, with how many are unread, `is_current` on their own page. Stands in the element `bell` of every
/// page.
pub fn render(unread: &Unread, is_current: bool) -> AnyView {
    let badge = (unread.count() > 0).then(|| {
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

fn count(unread: &Unread) -> String {
    if unread.is_open_ended() { format!("{}+", MOST - 1) } else { unread.count().to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::render::to_html;

    fn unread(count: usize) -> Unread {
        Unread(vec![String::new(); count])
    }

    #[test]
    fn the_bell_counts_up_to_ninety_nine() {
        assert_eq!(
            [0, 1, 99, 100].map(|count| label(&unread(count))),
            ["Notices", "Notices, 1 unread", "Notices, 99 unread", "Notices, 99+ unread"]
        );
        let rendered = |count: usize, is_current: bool| to_html(|| render(&unread(count), is_current));
        assert!(!rendered(0, false).contains("bell-count") && rendered(7, true).contains(">7</span>"));
    }
}
