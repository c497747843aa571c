//! Web addresses that the platform shall fetch from.

use crate::error::Code;
use crate::validate::Report;

/// Whether `text` is a web address: `http://` or `https://`, a host, and no blanks. What stands there is not looked at.
pub fn check_url(text: &str, path: &str, report: &mut Report) -> bool {
    let rest = ["https://", "http://"]
        .iter()
        .find_map(|scheme| text.strip_prefix(scheme));
    let fits = rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        !host.is_empty()
            && !rest.contains(|letter: char| letter.is_whitespace() || letter.is_control())
    });
    if !fits {
        let hint = "write a web address, like https://example.com/wait.mp3";
        report.add(Code::InvalidUrl, path, "not a web address", hint);
    }
    fits
}
