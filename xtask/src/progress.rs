//! Progress lines: the name of a step when it begins, its elapsed time when it ends.

use std::time::{Duration, Instant};

/// A clock that runs from its creation.
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    #[expect(
        clippy::disallowed_methods,
        reason = "the rule is for the core, which must replay; a build tool may time its steps"
    )]
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    pub(crate) fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

/// Runs one step of a build between two progress lines.
pub(crate) fn step<T, E>(name: &str, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    let stopwatch = Stopwatch::start();
    eprintln!("  {name} …");
    let done = work();
    let mark = if done.is_ok() { "✓" } else { "✗" };
    eprintln!("{mark} {name} ({})", seconds(stopwatch.elapsed()));
    done
}

/// A duration as a person reads it: `0.4 s`, `1 min 05 s`.
pub(crate) fn seconds(duration: Duration) -> String {
    let whole = duration.as_secs();
    if whole < 60 {
        format!("{:.1} s", duration.as_secs_f64())
    } else {
        format!("{} min {:02} s", whole / 60, whole % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_steps_are_told_in_minutes() {
        assert_eq!(seconds(Duration::from_millis(420)), "0.4 s");
        assert_eq!(seconds(Duration::from_secs(65)), "1 min 05 s");
    }
}
