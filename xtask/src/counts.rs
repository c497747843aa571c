//! How many tests ran: read from the summary lines of the runners.

use std::fmt;
use std::ops::AddAssign;

/// What passed, failed and was skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

impl Counts {
    /// One check that has no tests to count, such as a lint.
    pub(crate) fn one(passed: bool) -> Self {
        Self {
            passed: passed.into(),
            failed: (!passed).into(),
            skipped: 0,
        }
    }

    /// Adds what a runner's line says, if it is one of its summary lines: libtest's and wasm-bindgen-test's
    /// `test result: ok. 5 passed; 0 failed; 1 ignored; …`, or one of Node's `ℹ pass 5`, `ℹ fail 0`, `ℹ skipped 1`.
    pub(crate) fn read(&mut self, line: &str) {
        let line = plain(line);
        if let Some(summary) = line.trim().strip_prefix("test result:") {
            let summary = summary.split_once('.').map_or(summary, |(_, it)| it);
            for part in summary.split(';') {
                if let Some((number, what)) = part.trim().split_once(' ') {
                    self.count(what, number);
                }
            }
        } else if let Some((what, number)) = line
            .strip_prefix("ℹ ")
            .and_then(|it| it.trim().split_once(' '))
        {
            self.count(what, number);
        }
    }

    fn count(&mut self, what: &str, number: &str) {
        let Ok(number) = number.parse::<u64>() else {
            return;
        };
        match what {
            "passed" | "pass" => self.passed += number,
            "failed" | "fail" | "cancelled" => self.failed += number,
            "ignored" | "skipped" | "todo" => self.skipped += number,
            _ => {}
        }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(f, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

/// The line without terminal colours.
fn plain(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        if character == '\u{1b}' {
            characters.by_ref().find(char::is_ascii_alphabetic);
        } else {
            plain.push(character);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> String {
        let mut counts = Counts::default();
        lines.iter().for_each(|line| counts.read(line));
        counts.to_string()
    }

    #[test]
    fn libtest_summaries_add_up() {
        let lines = [
            "running 3 tests",
            "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "test result: \u{1b}[31mFAILED\u{1b}[0m. 1 passed; 2 failed; 1 ignored; 0 measured; 7 filtered out",
        ];
        assert_eq!(read(&lines), "4 passed, 2 failed, 1 skipped");
    }

    #[test]
    fn a_cancelled_node_test_has_failed() {
        let lines = [
            "ℹ tests 6",
            "ℹ pass 4",
            "ℹ fail 1",
            "ℹ cancelled 1",
            "ℹ skipped 0",
            "ℹ duration_ms 7",
        ];
        assert_eq!(read(&lines), "4 passed, 2 failed");
    }
}
