//! Names of actions as constants: what other code has to know one by one.

/// A constant for each name, and in tests the list of all of them.
macro_rules! names {
    ($($constant:ident = $name:literal,)*) => {
        $(#[expect(missing_docs, reason = "it is the name that it says")]
        pub const $constant: &str = $name;)*

        /// All of them.
        #[cfg(test)]
        pub const ALL: &[&str] = &[$($constant),*];
    };
}
pub(crate) use names;
