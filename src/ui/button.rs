//! Buttons: what they look like, apart from what they do.

/// How much a button weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    /// The one thing to do here.
    Primary,
    /// The thing that makes it good.
    Success,
    /// With care.
    Warning,
    /// It ends something.
    Error,
    /// One of several.
    Neutral,
}

impl Variant {
    /// The classes of a button of this weight.
    pub const fn class(self) -> &'static str {
        match self {
            Variant::Primary => "btn btn-primary",
            Variant::Success => "btn btn-success",
            Variant::Warning => "btn btn-warning btn-outline",
            Variant::Error => "btn btn-error btn-outline",
            Variant::Neutral => "btn",
        }
    }

    /// The classes of the button that finally does it, filled whatever the weight.
    pub const fn final_class(self) -> &'static str {
        match self {
            Variant::Primary | Variant::Neutral => "btn btn-primary",
            Variant::Success => "btn btn-success",
            Variant::Warning => "btn btn-warning",
            Variant::Error => "btn btn-error",
        }
    }
}
