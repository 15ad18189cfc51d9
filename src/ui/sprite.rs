//! The drawings behind the icons: Lucide's, and a few of our own in the same hand.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use leptos::prelude::*;
use lucide_leptos as lucide;

use crate::ui::render::to_html;

/// Drawings that Lucide keeps in groups too large to compile for one icon each.
const OWN: &[(&str, &str)] = &[
    ("arrow-left", r#"<path d="m12 19-7-7 7-7M5 12h14"/>"#),
    ("arrow-right", r#"<path d="m12 5 7 7-7 7M5 12h14"/>"#),
    ("circle-dot", r#"<circle cx="12" cy="12" r="10"/><circle cx="12" cy="12" r="1"/>"#),
    ("book", r#"<path d="M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3Z"/><path d="M5 17a3 3 0 0 1 3-3h11"/>"#),
    ("hammer", r#"<path d="M8 4h7l4 4-3 3-3-3"/><path d="m12 9-8 8 3 3 8-8"/>"#),
    ("heart", r#"<path d="M12 20S3.5 14.5 3.5 8.7A4.2 4.2 0 0 1 12 7a4.2 4.2 0 0 1 8.5 1.7C20.5 14.5 12 20 12 20Z"/>"#),
    (
        "image",
        r#"<rect x="3" y="5" width="18" height="14" rx="2"/><circle cx="8.5" cy="10" r="1.5"/><path d="m4 18 6-5 3 2.5 3-3 4.5 4"/>"#,
    ),
    ("key", r#"<circle cx="8" cy="15" r="4"/><path d="m11 12 8-8M16 7l3 3"/>"#),
    ("laptop", r#"<rect x="5" y="5" width="14" height="10" rx="1.5"/><path d="M2.5 19h19"/>"#),
    ("leaf", r#"<path d="M20 4C9 4 4 8.5 4 14a6 6 0 0 0 6 6c6 0 10-6 10-16Z"/><path d="M4 21c2-6 6-9 10-11"/>"#),
    ("message", r#"<path d="M4 5h16v11h-9l-5 4v-4H4Z"/>"#),
    ("flag", r#"<path d="M5 21V4h13l-3 4.5 3 4.5H5"/>"#),
    ("paintbrush", r#"<path d="M19 4 10 13l2 2 8-9Z"/><path d="M9 14c-4 0-3 4-6 5 4 2 8 0 8-3Z"/>"#),
    ("pencil", r#"<path d="m5 16 11-11 3 3L8 19l-4 1Z"/>"#),
    ("play", r#"<path d="M7 4.5v15l12-7.5Z"/>"#),
    ("plus", r#"<path d="M12 5v14M5 12h14"/>"#),
    ("search", r#"<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>"#),
    ("sparkles", r#"<path d="M12 4c1 5 3 7 8 8-5 1-7 3-8 8-1-5-3-7-8-8 5-1 7-3 8-8Z"/>"#),
    ("trash", r#"<path d="M4 7h16M9 7V4h6v3M6.5 7l1 13h9l1-13"/>"#),
    (
        "truck",
        r#"<path d="M3 6h11v10H3ZM14 10h4l3 3v3h-7"/><circle cx="7.5" cy="17.5" r="2"/><circle cx="17" cy="17.5" r="2"/>"#,
    ),
    ("zap", r#"<path d="M13 3 5 13.5h6L10 21l9-11h-6Z"/>"#),
    ("undo", r#"<path d="M9 14 4 9l5-5"/><path d="M4 9h10.5a5.5 5.5 0 0 1 0 11H11"/>"#),
];

/// Each symbol rendered once, at first use.
static SYMBOLS: LazyLock<BTreeMap<&'static str, String>> = LazyLock::new(|| {
    let own = OWN.iter().map(|(name, drawing)| (*name, (*drawing).to_owned()));
    let lucide = lucide_drawings().into_iter().map(|(name, svg)| (name, inside(&svg).to_owned()));
    own.chain(lucide).collect()
});

/// Renders the symbols, if that has not been done. Called before a page is rendered: one rendering must not run inside another,
/// or the inner one ends what the outer one still needs.
pub fn prepare() {
    LazyLock::force(&SYMBOLS);
}

/// Whether a symbol of that name can be rendered.
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
    macro_rules! icons {
        ($($name:literal => $icon:ident),* $(,)?) => {
            vec![$(($name, to_html(|| view! { <lucide::$icon /> }))),*]
        };
    }
    icons![
        "badge-dollar-sign" => BadgeDollarSign,
        "bell" => Bell,
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
