//! The generated cover of a service without a photo: hills under a sun, and the category's icon. The same service always gets
//! the same one. Its colours are the style sheet's.

use leptos::prelude::*;

use super::category;

/// How many colourings the style sheet has.
const COLOURS: u64 = 4;

/// A cover. The page has to name the icons of the categories it shows: see [`icon`].
pub fn render(slug: &str, category: &str) -> AnyView {
    let seed = hash(slug);
    let part = |shift: u32, range: u64| (seed >> shift) % range;
    let class = format!("cover cover-{}", part(3, COLOURS));
    let (x, y) = ((8 + part(8, 64)).to_string(), (8 + part(16, 10)).to_string());
    view! {
        <svg class={class} viewBox="0 0 80 50" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
            <circle cx=x cy=y r="5" />
            <path d=hill(34, part(24, 16), part(30, 20)) />
            <path d=hill(42, part(36, 14), part(42, 20)) />
            <use_ href=format!("#i-{}", icon(category)) x="31" y="14" width="18" height="18" />
        </svg>
    }
    .into_any()
}

/// The icon of a category's cover.
pub fn icon(category: &str) -> &'static str {
    category::find(category).map_or("wrench", |category| category.icon)
}

/// A line that swings around `height`, filled down to the ground.
fn hill(height: u64, swing: u64, shift: u64) -> String {
    format!("M0 {height}q{} -{swing} 40 0t40 0V50H0z", 10 + shift)
}

/// FNV-1a: spreads well enough for pictures, and stays the same for ever.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::render::to_html;

    fn rendered(slug: &str, category: &str) -> String {
        to_html(|| render(slug, category))
    }

    #[test]
    fn a_cover_is_small_its_own_and_always_the_same() {
        let covers = ["lawn-mowing", "tap-washer", "fence-repair"].map(|slug| rendered(slug, "lawns"));
        assert!(covers.iter().all(|cover| cover.len() < 400), "{covers:?}");
        assert!(covers[0] != covers[1] && covers[1] != covers[2]);
        assert_eq!(covers[0], rendered("lawn-mowing", "lawns"));
        assert!(covers[0].contains("#i-leaf") && rendered("x", "nonsense").contains("#i-wrench"));
        assert!(!covers[0].contains("style"));
    }
}
