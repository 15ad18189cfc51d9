//! Why something is no phone number of ours, and what is said then.

/// Why something is no phone number of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneProblem {
    /// Nothing was typed.
    Missing,
    /// There is something in it that is no digit.
    NotDigits,
    /// It begins with the code of another country.
    OtherCountry,
    /// No number of either country has this beginning and this length.
    NotInPlan,
    /// Both countries have such a number.
    Ambiguous,
}

impl PhoneProblem {
    /// A stable name.
    pub fn code(self) -> &'static str {
        match self {
            PhoneProblem::Missing => "phone_missing",
            PhoneProblem::NotDigits => "phone_not_digits",
            PhoneProblem::OtherCountry => "phone_other_country",
            PhoneProblem::NotInPlan => "phone_unknown",
            PhoneProblem::Ambiguous => "phone_ambiguous",
        }
    }

    /// What is wrong and what to do.
    pub fn message(self) -> &'static str {
        match self {
            PhoneProblem::Missing => "Enter your phone number.",
            PhoneProblem::NotDigits => {
                "A phone number has digits, spaces and perhaps a + in front. Leave out everything else, such as an extension."
            }
            PhoneProblem::OtherCountry => {
                "Only numbers of New Zealand (+64) and Australia (+61) can be used. Enter one of these."
            }
            PhoneProblem::NotInPlan => {
                "There is no such number: a digit too many or too few, perhaps. Enter it with its area code, \
                 such as 021 555 0142 or +61 491 570 156."
            }
            PhoneProblem::Ambiguous => "Both New Zealand and Australia have such a number. Begin it with +64 or +61.",
        }
    }
}
