//! Ids that a platform wants as UUIDs.

use core::fmt::Display;

use crate::error::Code;
use crate::validate::Report;

/// Where the dashes of a UUID stand.
const DASHES: [usize; 4] = [8, 13, 18, 23];

/// Whether `text` has the form of a UUID: 8-4-4-4-12 hexadecimal digits. Version and variant are not looked at, for
/// platforms issue ids that have none.
pub fn check_uuid(text: &str, path: &dyn Display, report: &mut Report) -> bool {
    let bytes = text.as_bytes();
    let digits = bytes.iter().filter(|byte| byte.is_ascii_hexdigit()).count();
    let dashed = |at: &usize| bytes.get(*at) == Some(&b'-');
    let fits = bytes.len() == 36 && digits == 32 && DASHES.iter().all(dashed);
    if !fits {
        let hint = "write it like 7f1d7c52-3a0b-4b5e-9c1d-2e8f6a4b0c11; names are looked up first";
        report.add(Code::InvalidUuid, path.to_string(), "not a UUID", hint);
    }
    fits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_counts_and_not_the_variant() {
        let verdict = |text: &str| check_uuid(text, &"$", &mut Report::default());
        assert!(verdict("12345678-1234-1234-1234-123456789012"));
        assert!(verdict("7F1D7C52-3a0b-4b5e-9c1d-2e8f6a4b0c11"));
        assert!(!verdict("7f1d7c52-3a0b-4b5e-9c1d-2e8f6a4b0c1g"));
        assert!(!verdict("7f1d7c523a0b4b5e9c1d2e8f6a4b0c11"));
        assert!(!verdict("é12345678-1234-1234-1234-12345678901"));
    }
}
