//! Telephone numbers and extensions.

use core::fmt::Display;

use crate::error::Code;
use crate::validate::Report;

/// The most digits that E.164 allows, and that an extension may have.
const MOST_DIGITS: usize = 15;

/// Whether `text` is a number in E.164: a plus, a country code that does not begin with 0, at most 15 digits.
///
/// The finding says what is wrong with it, and never repeats it.
pub fn check_phone(text: &str, path: &dyn Display, report: &mut Report) -> bool {
    let fault = match text.strip_prefix('+') {
        None => Some((
            "it does not begin with a plus and the country code",
            "begin with a plus and the country code",
        )),
        Some(digits) if digits.bytes().any(|byte| !byte.is_ascii_digit()) => Some((
            "it holds other characters than digits",
            "leave out all but digits behind the plus",
        )),
        Some(digits) if digits.starts_with('0') => Some((
            "no country code begins with 0",
            "begin with the country code, not with 0",
        )),
        Some(digits) if digits.len() < 2 => Some(("it is too short", "write the whole number")),
        Some(digits) if digits.len() > MOST_DIGITS => {
            Some(("it has more than 15 digits", "keep to 15 digits"))
        }
        Some(_) => None,
    };
    if let Some((fault, mend)) = fault {
        report.add(
            Code::InvalidPhone,
            path.to_string(),
            format!("not a number in E.164: {fault}"),
            format!("{mend}, like +15550100000"),
        );
    }
    fault.is_none()
}

/// Whether `text` is an extension: 1 to 15 digits.
pub fn check_extension(text: &str, path: &str, report: &mut Report) -> bool {
    let fits =
        (1..=MOST_DIGITS).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if !fits {
        report.add(
            Code::InvalidExtension,
            path,
            "not an extension",
            "write 1 to 15 digits, like 999",
        );
    }
    fits
}
