//! An audit of JSON lines that is only appended to: each line has a hash over the line before it and itself.

use serde_json::{Map, Value};

use crate::journal::Verdict;
use crate::journal::chain::{GENESIS, link};
use crate::json::{parsed, text};
use crate::private::scrubbed;
use crate::time::Timestamp;

/// The line for an entry, to be appended after `last`, which is empty for the first. It has the entry's fields, the time and
/// the hash. Phone numbers in it are redacted.
///
/// `None` where `last` is no line of such an audit.
pub fn line(last: &str, entry: &Map<String, Value>, at: Timestamp) -> Option<String> {
    let last = last.trim();
    let before = if last.is_empty() {
        GENESIS.to_owned()
    } else {
        let (hash, _) = taken_apart(last)?;
        hash
    };
    let mut entry = Value::Object(entry.clone());
    redact(&mut entry);
    let fields = entry.as_object_mut()?;
    fields.insert("timestamp".to_owned(), at.to_iso().into());
    fields.remove("hash");
    let hash = link(&before, &entry);
    entry
        .as_object_mut()?
        .insert("hash".to_owned(), hash.into());
    Some(text(&entry))
}

/// Follows the hashes of an audit from its first line to its last. Empty lines are passed over.
pub fn verify_lines(lines: &str) -> Verdict {
    let mut before = GENESIS.to_owned();
    let lines = lines.lines().filter(|line| !line.trim().is_empty());
    for (at, line) in lines.enumerate() {
        let fits = taken_apart(line).filter(|(hash, entry)| *hash == link(&before, entry));
        let Some((hash, _)) = fits else {
            return Verdict {
                ok: false,
                first_broken: Some(at),
            };
        };
        before = hash;
    }
    Verdict {
        ok: true,
        first_broken: None,
    }
}

/// A line's hash, and the rest of it.
fn taken_apart(line: &str) -> Option<(String, Value)> {
    let mut entry = parsed(line.as_bytes()).ok()?;
    let hash = entry.as_object_mut()?.remove("hash")?;
    Some((hash.as_str()?.to_owned(), entry))
}

fn redact(value: &mut Value) {
    match value {
        Value::String(text) => *text = scrubbed(text),
        Value::Array(items) => items.iter_mut().for_each(redact),
        Value::Object(fields) => fields.values_mut().for_each(redact),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn audit(entries: &[&str]) -> String {
        let mut lines: Vec<String> = Vec::new();
        for (at, call) in entries.iter().enumerate() {
            let entry = Map::from_iter([("call".to_owned(), Value::from(*call))]);
            let last = lines.last().cloned().unwrap_or_default();
            let at = Timestamp::from_millis(i64::try_from(at).unwrap_or_default());
            lines.extend(line(&last, &entry, at));
        }
        lines.join("\n")
    }

    #[test]
    fn lines_that_are_altered_dropped_or_moved_no_longer_fit() {
        let whole = audit(&["one", "two", "three"]);
        assert!(verify_lines(&whole).ok);
        assert!(verify_lines(&format!("{whole}\n")).ok);
        let lines: Vec<&str> = whole.lines().collect();
        let broken = |lines: &[&str]| verify_lines(&lines.join("\n")).first_broken;
        let altered = whole.replace("two", "too");
        assert_eq!(verify_lines(&altered).first_broken, Some(1));
        if let [one, two, three] = lines.as_slice() {
            assert_eq!(broken(&[one, three]), Some(1));
            assert_eq!(broken(&[two, one, three]), Some(0));
            assert_eq!(broken(&[one, "no json", three]), Some(1));
        }
    }

    #[test]
    fn a_line_is_appended_to_a_line_and_prints_no_number() {
        let entry = Map::from_iter([("error".to_owned(), Value::from("bad number +15550100000"))]);
        assert_eq!(line("{}", &entry, Timestamp::default()), None);
        let first = line("", &entry, Timestamp::from_millis(1)).unwrap_or_default();
        assert!(
            first.contains(r#""error":"bad number [redacted]""#),
            "{first}"
        );
        assert!(
            first.contains(r#""timestamp":"1970-01-01T00:00:00.001Z""#),
            "{first}"
        );
    }
}
