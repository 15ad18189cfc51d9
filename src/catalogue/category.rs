//! What kinds of services there are: two levels, with icons. A table, so that one more is one more line.

/// A kind of service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Category {
    /// Its name in addresses and in the database; never changes.
    pub slug: &'static str,
    /// What people read.
    pub name: &'static str,
    /// Its icon.
    pub icon: &'static str,
    /// The slug of the category above it; none on the first level.
    pub parent: Option<&'static str>,
}

const fn top(slug: &'static str, name: &'static str, icon: &'static str) -> Category {
    Category { slug, name, icon, parent: None }
}

const fn sub(parent: &'static str, slug: &'static str, name: &'static str, icon: &'static str) -> Category {
    Category { slug, name, icon, parent: Some(parent) }
}

/// Every category, each first-level one followed by those below it.
pub static CATEGORIES: &[Category] = &[
    top("trades", "Trades and repairs", "wrench"),
    sub("trades", "plumbing", "Plumbing", "wrench"),
    sub("trades", "electrical", "Electrical", "zap"),
    sub("trades", "handyman", "Handyman", "hammer"),
    sub("trades", "painting", "Painting", "paintbrush"),
    top("cleaning", "Cleaning", "sparkles"),
    sub("cleaning", "home-cleaning", "Home cleaning", "sparkles"),
    sub("cleaning", "end-of-lease", "End-of-lease cleaning", "key"),
    sub("cleaning", "windows", "Window cleaning", "sparkles"),
    top("garden", "Garden and outdoors", "leaf"),
    sub("garden", "lawns", "Lawns and edges", "leaf"),
    sub("garden", "trees", "Trees and hedges", "leaf"),
    sub("garden", "fencing", "Fences and gates", "hammer"),
    top("moving", "Moving and delivery", "truck"),
    sub("moving", "removals", "House moving", "truck"),
    sub("moving", "delivery", "Pick-up and delivery", "truck"),
    top("lessons", "Lessons and tutoring", "book"),
    sub("lessons", "music", "Music lessons", "book"),
    sub("lessons", "tutoring", "School tutoring", "book"),
    top("care", "Care and wellbeing", "heart"),
    sub("care", "pets", "Pet care", "heart"),
    sub("care", "massage", "Massage", "heart"),
    top("tech", "Computers and tech", "laptop"),
    sub("tech", "tech-help", "Computer help", "laptop"),
    sub("tech", "web-design", "Websites", "laptop"),
];

/// The category of that slug.
pub fn find(slug: &str) -> Option<&'static Category> {
    CATEGORIES.iter().find(|category| category.slug == slug)
}

/// The categories in which services stand: those of the second level.
pub fn leaves() -> impl Iterator<Item = &'static Category> {
    CATEGORIES.iter().filter(|category| category.parent.is_some())
}

/// The slugs of the services' categories that a slug stands for: itself, or all below it.
pub fn leaves_of(slug: &str) -> Vec<&'static str> {
    leaves().filter(|leaf| leaf.slug == slug || leaf.parent == Some(slug)).map(|leaf| leaf.slug).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_category_has_a_slug_of_its_own_and_hangs_below_one_of_the_first_level() {
        for category in CATEGORIES {
            assert_eq!(CATEGORIES.iter().filter(|other| other.slug == category.slug).count(), 1, "{}", category.slug);
            let parent = category.parent.map(|slug| find(slug).unwrap());
            assert!(parent.is_none_or(|parent| parent.parent.is_none()), "{}", category.slug);
        }
    }

    #[test]
    fn a_category_above_stands_for_all_below_it() {
        assert_eq!(leaves_of("garden"), ["lawns", "trees", "fencing"]);
        assert_eq!(leaves_of("lawns"), ["lawns"]);
        assert!(leaves_of("nonsense").is_empty());
    }
}
