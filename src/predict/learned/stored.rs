//! A predictor as JSON, to be kept and taken up again to the last bit.

use serde_json::Value;

use super::Learned;
use crate::error::{Code, Error};
use crate::json::{Given, ToJson, object};
use crate::validate::whole;

/// Which form this version writes, and the only one that it reads.
const VERSION: u64 = 1;
/// Hexadecimal digits of a number.
const DIGITS: usize = 16;

impl Learned {
    /// Every number that it consists of, in an order that stays.
    fn numbers(&mut self) -> impl Iterator<Item = &mut f64> {
        let doubts = self.regression.doubts.iter_mut().flatten();
        core::iter::once(&mut self.observations)
            .chain(&mut self.handled)
            .chain(&mut self.waited)
            .chain(&mut self.capacity)
            .chain(&mut self.says)
            .chain(&mut self.regression.weights)
            .chain(doubts)
    }

    /// Takes up a predictor where [`ToJson::to_json`] left it.
    ///
    /// # Errors
    /// [`Code::InvalidSnapshot`] where this version did not write it.
    pub fn from_json<'a>(stored: impl Into<Given<'a>>) -> Result<Self, Error> {
        let stored = stored.into();
        let refused = || {
            Error::new(
                Code::InvalidSnapshot,
                "not a predictor that this version stored",
            )
        };
        let state = stored
            .get("state")
            .and_then(Given::as_str)
            .ok_or_else(refused)?;
        if stored.get("version").and_then(whole) != Some(VERSION) {
            return Err(refused());
        }
        let mut learned = Self::default();
        let mut digits = state.as_bytes().chunks(DIGITS);
        for number in learned.numbers() {
            let bits = digits
                .next()
                .filter(|digits| digits.len() == DIGITS)
                .and_then(|digits| {
                    u64::from_str_radix(core::str::from_utf8(digits).ok()?, 16).ok()
                });
            *number = bits
                .map(f64::from_bits)
                .filter(|number| number.is_finite())
                .ok_or_else(refused)?;
        }
        let sane = learned.observations >= 0.0
            && learned
                .handled
                .iter()
                .chain(&learned.waited)
                .chain(&learned.says)
                .all(|sum| *sum >= 0.0)
            && learned.says.iter().sum::<f64>() > 0.0
            && learned
                .capacity
                .iter()
                .zip([-2.0, 1.0])
                .all(|(value, least)| *value >= least)
            && digits.next().is_none();
        sane.then_some(learned).ok_or_else(refused)
    }
}

impl ToJson for Learned {
    fn to_json(&self) -> Value {
        let mut state = String::new();
        for number in self.clone().numbers() {
            let bits = number.to_bits();
            let digit = |at: u32| char::from_digit((bits >> (60 - 4 * at)) as u32 & 15, 16);
            state.extend((0..16).filter_map(digit));
        }
        object([
            ("version", VERSION.into()),
            ("observations", self.observations.into()),
            ("handleSeconds", self.handle_seconds(None).into()),
            ("patienceSeconds", self.patience_seconds(None).into()),
            ("capacity", self.capacity().into()),
            ("state", state.into()),
        ])
    }
}
