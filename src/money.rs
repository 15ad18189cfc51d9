//! Money as integer minor units with a currency. Halves round to even; every split sums exactly.

use serde::{Deserialize, Serialize};

/// The largest amount anybody may type, in dollars.
pub const MAX_DOLLARS: i64 = 1_000_000;
/// The same in minor units.
pub const MAX_AMOUNT_CENTS: i64 = 100 * MAX_DOLLARS;

/// The currencies of the two countries served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    /// New Zealand dollars.
    Nzd,
    /// Australian dollars.
    Aud,
}

impl Currency {
    /// The ISO 4217 code, which is also how the currency is named to people.
    pub fn code(self) -> &'static str {
        match self {
            Currency::Nzd => "NZD",
            Currency::Aud => "AUD",
        }
    }
}

/// An amount in minor units (cents) of one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// Cents; never negative in a booking.
    pub amount: i64,
    /// What the cents are of.
    pub currency: Currency,
}

impl Money {
    /// An amount of cents.
    pub fn new(amount: i64, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// Nothing, in the same currency.
    pub fn zero(self) -> Self {
        Self { amount: 0, ..self }
    }

    /// `self * numerator / denominator`, halves rounded to even. A denominator of zero gives zero.
    pub fn ratio(self, numerator: i64, denominator: i64) -> Self {
        Self { amount: ratio_half_even(self.amount, numerator, denominator), ..self }
    }

    /// The smaller of two amounts of one currency.
    pub fn min(self, other: Self) -> Self {
        if other.amount < self.amount { other } else { self }
    }

    /// What is left after `part` is taken, so that part and rest sum to the whole.
    pub fn minus(self, part: Self) -> Self {
        Self { amount: self.amount - part.amount, ..self }
    }

    /// How people read it: `$1,234.50 NZD`.
    pub fn text(self) -> String {
        let cents = self.amount.unsigned_abs();
        let digits = (cents / 100).to_string();
        let mut dollars = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                dollars.push(',');
            }
            dollars.push(digit);
        }
        let sign = if self.amount < 0 { "-" } else { "" };
        format!("{sign}${dollars}.{:02} {}", cents % 100, self.currency.code())
    }

    /// How a form field holds it: `1234.50`.
    pub fn plain(self) -> String {
        format!("{}.{:02}", self.amount / 100, self.amount % 100)
    }
}

/// Reads what a person typed as dollars (`120`, `$1,200.50`) into cents.
///
/// `None` for anything else: a sign, more than two decimals, or more than [`MAX_AMOUNT_CENTS`].
pub fn parse_cents(text: &str) -> Option<i64> {
    let cleaned: String = text.trim().trim_start_matches('$').chars().filter(|c| !matches!(c, ',' | ' ')).collect();
    let (dollars, cents) = cleaned.split_once('.').unwrap_or((&cleaned, ""));
    let only_digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    if dollars.is_empty() || dollars.len() > 9 || cents.len() > 2 || !only_digits(dollars) || !only_digits(cents) {
        return None;
    }
    let amount = dollars.parse::<i64>().ok()? * 100 + format!("{cents:0<2}").parse::<i64>().ok()?;
    (amount <= MAX_AMOUNT_CENTS).then_some(amount)
}

fn ratio_half_even(amount: i64, numerator: i64, denominator: i64) -> i64 {
    if denominator == 0 {
        return 0;
    }
    let product = i128::from(amount) * i128::from(numerator);
    let divisor = i128::from(denominator);
    let (quotient, remainder) = (product.div_euclid(divisor), product.rem_euclid(divisor));
    let doubled = remainder * 2;
    let up = doubled > divisor.abs() || (doubled == divisor.abs() && quotient % 2 != 0);
    i64::try_from(quotient + i128::from(up)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_round_to_even() {
        let cents = |amount| Money::new(amount, Currency::Nzd).ratio(1, 2).amount;
        assert_eq!([cents(1), cents(3), cents(5), cents(7)], [0, 2, 2, 4]);
    }

    #[test]
    fn people_may_type_amounts_as_they_write_them() {
        assert_eq!(parse_cents("120"), Some(12_000));
        assert_eq!(parse_cents(" $1,200.5 "), Some(120_050));
        assert_eq!(parse_cents("0.07"), Some(7));
        for wrong in ["", "-5", "+5", "1e9", "5.001", ".5", "1000000.01", "99999999999999999999", "twelve", "$"] {
            assert_eq!(parse_cents(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn amounts_read_naturally() {
        assert_eq!(Money::new(123_456_750, Currency::Aud).text(), "$1,234,567.50 AUD");
        assert_eq!(Money::new(5, Currency::Nzd).text(), "$0.05 NZD");
    }

    proptest::proptest! {
        #[test]
        fn a_part_and_its_rest_sum_to_the_whole(amount in 0..MAX_AMOUNT_CENTS, percent in 0..=100i64) {
            let whole = Money::new(amount, Currency::Nzd);
            let part = whole.ratio(percent, 100);
            proptest::prop_assert!(part.amount >= 0 && part.amount <= amount);
            proptest::prop_assert_eq!(part.amount + whole.minus(part).amount, amount);
        }
    }
}
