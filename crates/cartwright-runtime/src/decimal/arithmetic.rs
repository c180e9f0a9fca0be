//! Sums, differences and products of decimals.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, MulAssign, Neg, Sub, SubAssign};

use rust_decimal::Decimal as Fixed;

use super::{Decimal, Form};

impl Decimal {
    /// The sum, or `None` where it or an operand has more digits than [`rust_decimal::Decimal`] holds.
    ///
    /// ```
    /// use cartwright_runtime::Decimal;
    ///
    /// let price = Decimal::text("1.50").unwrap();
    /// assert_eq!(price.checked_add(&2.into()).unwrap().to_string(), "3.50");
    /// assert_eq!(price.checked_add(&Decimal::text("1e99").unwrap()), None);
    /// ```
    pub fn checked_add(&self, other: &Self) -> Option<Self> {
        self.checked(other, Fixed::checked_add)
    }

    /// The difference, or `None` as for [`checked_add`](Self::checked_add).
    pub fn checked_sub(&self, other: &Self) -> Option<Self> {
        self.checked(other, Fixed::checked_sub)
    }

    /// The product, or `None` as for [`checked_add`](Self::checked_add).
    pub fn checked_mul(&self, other: &Self) -> Option<Self> {
        self.checked(other, Fixed::checked_mul)
    }

    fn checked(&self, other: &Self, operation: fn(Fixed, Fixed) -> Option<Fixed>) -> Option<Self> {
        let result = operation(self.to_decimal()?, other.to_decimal()?)?;
        Some(self.in_own_form(result))
    }

    fn calculated(&self, other: &Self, operation: fn(Fixed, Fixed) -> Fixed) -> Self {
        self.in_own_form(operation(self.nearest(), other.nearest()))
    }

    fn in_own_form(&self, value: Fixed) -> Self {
        Self {
            text: value.to_string().into(),
            form: self.form,
        }
    }

    /// The nearest number that there is room for.
    fn nearest(&self) -> Fixed {
        /// So many places always fit behind a point.
        const PLACES: usize = 28;
        if let Some(exact) = self.to_decimal() {
            return exact;
        }
        let most = if self.is_negative() {
            Fixed::MIN
        } else {
            Fixed::MAX
        };
        if self.value().point > 29 {
            return most;
        }
        // Fewer places leave room for more digits before the point.
        (0..=PLACES)
            .rev()
            .find_map(|places| Fixed::from_str_exact(&format!("{self:.places$}")).ok())
            .unwrap_or(most)
    }
}

macro_rules! operators {
    ($($operator:ident $function:ident, $assign:ident $assign_function:ident, $saturating:ident;)*) => {
        $(
            /// Takes decimals and integers; see [`Decimal`] for the range.
            impl<T: Into<Self>> $operator<T> for Decimal {
                type Output = Self;

                fn $function(self, other: T) -> Self {
                    self.calculated(&other.into(), Fixed::$saturating)
                }
            }

            /// Takes decimals and integers; see [`Decimal`] for the range.
            impl<T: Into<Decimal>> $operator<T> for &Decimal {
                type Output = Decimal;

                fn $function(self, other: T) -> Decimal {
                    self.calculated(&other.into(), Fixed::$saturating)
                }
            }

            /// Takes decimals and integers; see [`Decimal`] for the range.
            impl<T: Into<Self>> $assign<T> for Decimal {
                fn $assign_function(&mut self, other: T) {
                    *self = self.calculated(&other.into(), Fixed::$saturating);
                }
            }
        )*
    };
}

operators! {
    Add add, AddAssign add_assign, saturating_add;
    Sub sub, SubAssign sub_assign, saturating_sub;
    Mul mul, MulAssign mul_assign, saturating_mul;
}

impl Neg for &Decimal {
    type Output = Decimal;

    fn neg(self) -> Decimal {
        let unsigned = self.text.trim_start_matches(['-', '+']);
        let is_positive = !self.text.starts_with('-') && !self.is_zero();
        Decimal {
            text: if is_positive {
                format!("-{unsigned}").into()
            } else {
                unsigned.into()
            },
            form: self.form,
        }
    }
}

impl Neg for Decimal {
    type Output = Self;

    fn neg(self) -> Self {
        -&self
    }
}

/// Written in the form of the first one; of none it is the JSON number 0.
impl<T: Into<Self>> Sum<T> for Decimal {
    fn sum<I: Iterator<Item = T>>(numbers: I) -> Self {
        numbers
            .map(Into::into)
            .reduce(|sum: Self, next: Self| sum + next)
            .unwrap_or_else(|| Self {
                text: "0".into(),
                form: Form::Number,
            })
    }
}
