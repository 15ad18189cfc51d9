//! The drawings behind the icons: Lucide's, and a few of our own in the same hand.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use leptos::prelude::*;
use lucide_leptos as lucide;

use crate::server::render::to_html;

/// Drawings that Lucide keeps in groups too large to compile for one icon each.
const OWN: &[(&str, &str)] = &[
    ("arrow-left", r#"<path d="m12 19-7-7 7-7M5 12h14"/>"#),
    ("arrow-right", r#"<path d="m12 5 7 7-7 7M5 12h14"/>"#),
    ("circle-dot", r#"<circle cx="12" cy="12" r="10"/><circle cx="12" cy="12" r="1"/>"#),
    ("play", r#"<path d="M7 4.5v15l12-7.5Z"/>"#),
    ("undo", r#"<path d="M9 14 4 9l5-5"/><path d="M4 9h10.5a5.5 5.5 0 0 1 0 11H11"/>"#),
];

/// Each symbol drawn once, at first use.
static SYMBOLS: LazyLock<BTreeMap<&'static str, String>> = LazyLock::new(|| {
    let own = OWN.iter().map(|(name, drawing)| (*name, (*drawing).to_owned()));
    let lucide = lucide_drawings().into_iter().map(|(name, svg)| (name, inside(&svg).to_owned()));
    own.chain(lucide).collect()
});

/// Draws the symbols, if that has not been done. Called before a page is drawn: one drawing must not happen inside another,
/// or the inner one ends what the outer one still needs.
pub fn prepare() {
    LazyLock::force(&SYMBOLS);
}

/// Whether a symbol of that name can be drawn.
pub fn is_known(name: &str) -> bool {
    SYMBOLS.contains_key(name)
}

/// The page's sprite: every icon that the page may show, once, unseen.
#[component]
pub fn IconSprite(
    /// The names; one that is unknown is left out.
    names: Vec<&'static str>,
) -> impl IntoView {
    let mut names = names;
    names.sort_unstable();
    names.dedup();
    let symbols: String = names
        .into_iter()
        .filter_map(|name| {
            Some(format!(r#"<symbol id="i-{name}" viewBox="0 0 24 24">{}</symbol>"#, SYMBOLS.get(name)?))
        })
        .collect();
    view! { <svg class="sprite" aria-hidden="true" inner_html=symbols></svg> }
}

fn lucide_drawings() -> Vec<(&'static str, String)> {
    macro_rules! draw {
        ($($name:literal => $icon:ident),* $(,)?) => {
            vec![$(($name, to_html(|| view! { <lucide::$icon /> }))),*]
        };
    }
    draw![
        "badge-dollar-sign" => BadgeDollarSign,
        "ban" => Ban,
        "calendar" => Calendar,
        "calendar-check" => CalendarCheck,
        "calendar-clock" => CalendarClock,
        "calendar-minus" => CalendarMinus,
        "calendar-x" => CalendarX,
        "check" => Check,
        "check-check" => CheckCheck,
        "circle-check" => CircleCheck,
        "circle-check-big" => CircleCheckBig,
        "clock" => Clock,
        "eye-off" => EyeOff,
        "hand-coins" => HandCoins,
        "handshake" => Handshake,
        "info" => Info,
        "log-in" => LogIn,
        "log-out" => LogOut,
        "map-pin" => MapPin,
        "receipt" => ReceiptText,
        "reply" => Reply,
        "scale" => Scale,
        "send" => Send,
        "star" => Star,
        "sun-moon" => SunMoon,
        "thumbs-down" => ThumbsDown,
        "triangle-alert" => TriangleAlert,
        "user-x" => UserX,
        "users" => Users,
        "wrench" => Wrench,
        "x" => X,
    ]
}

/// What stands inside the outermost element: size and stroke are the style sheet's.
fn inside(svg: &str) -> &str {
    let from = svg.find('>').map_or(0, |at| at + 1);
    let to = svg.rfind("</").unwrap_or(svg.len());
    svg.get(from..to).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sprite_holds_each_symbol_once_and_only_what_is_asked_for() {
        let html = to_html(|| view! { <IconSprite names=vec!["check", "nonsense", "check", "play"] /> });
        assert_eq!(html.matches("<symbol").count(), 2);
        assert!(html.contains(r#"id="i-check""#) && html.contains("<path"), "{html}");
        assert!(!html.contains("stroke-width"), "{html}");
    }
}
