//! Web addresses that the platform shall fetch from.

use core::fmt::Display;

use crate::error::Code;
use crate::validate::Report;

/// Whether `text` is a web address: `http://` or `https://`, a host, and no blanks. What stands there is not looked at.
pub fn check_url(text: &str, path: &dyn Display, report: &mut Report) -> bool {
    let rest = ["https://", "http://"]
        .iter()
        .find_map(|scheme| text.strip_prefix(scheme));
    let fits = rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let blank = |letter: char| letter.is_whitespace() || letter.is_control();
        // Most addresses are plain, and to look at each character takes several times as long.
        let plain = rest
            .bytes()
            .fold(true, |all, byte| all & byte.is_ascii_graphic());
        !host.is_empty() && (plain || !rest.contains(blank))
    });
    if !fits {
        let hint = "write a web address, like https://example.com/wait.mp3";
        report.add(
            Code::InvalidUrl,
            path.to_string(),
            "not a web address",
            hint,
        );
    }
    fits
}
