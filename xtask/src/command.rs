//! Child processes: run to the end, read, or watched line by line.

use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::thread;

use anyhow::{Context, Result, bail};

/// Runs the command with this terminal; any exit status but success is an error.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("could not run `{}`", line(command)))?;
    succeeded(command, status)
}

/// Runs the command and returns what it printed to standard output.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("could not run `{}`", line(command)))?;
    succeeded(command, output.status)?;
    String::from_utf8(output.stdout)
        .with_context(|| format!("`{}` printed something that is no UTF-8", line(command)))
}

/// Runs the command, prints every line as it comes and hands it to `on_line` too.
///
/// The result says how the command ended; a failure of the command is no error here.
pub(crate) fn watch(command: &mut Command, on_line: impl FnMut(&str) + Send) -> Result<ExitStatus> {
    if io::stdout().is_terminal() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("could not run `{}`", line(command)))?;
    let on_line = Mutex::new(on_line);
    let streams: [Option<Box<dyn Read + Send>>; 2] = [
        child.stdout.take().map(|it| Box::new(it) as _),
        child.stderr.take().map(|it| Box::new(it) as _),
    ];
    thread::scope(|scope| {
        for stream in streams.into_iter().flatten() {
            scope.spawn(|| pump(stream, &on_line));
        }
    });
    child
        .wait()
        .with_context(|| format!("could not wait for `{}`", line(command)))
}

/// Lines may hold bytes that are no UTF-8, and a reader that stops would block the child: so neither ends the loop.
fn pump(stream: impl Read, on_line: &Mutex<impl FnMut(&str)>) {
    let mut reader = BufReader::new(stream);
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        match reader.read_until(b'\n', &mut bytes) {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        let text = String::from_utf8_lossy(&bytes);
        let text = text.trim_end_matches(['\r', '\n']);
        let mut on_line = on_line
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        // A closed standard output is the reader's choice; the tests still run to their end.
        let _ = writeln!(io::stdout(), "{text}");
        on_line(text);
    }
}

fn succeeded(command: &Command, status: ExitStatus) -> Result<()> {
    if !status.success() {
        bail!("`{}` ended with {status}", line(command));
    }
    Ok(())
}

/// The command as one would type it.
pub(crate) fn line(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_watched_command_hands_over_both_streams_and_its_status() {
        let mut seen = Vec::new();
        let status = watch(
            Command::new("sh").args(["-c", "echo one; echo two >&2; exit 3"]),
            |line| seen.push(line.to_owned()),
        )
        .unwrap();
        seen.sort();
        assert_eq!(seen, ["one", "two"]);
        assert_eq!(status.code(), Some(3));
    }

    #[test]
    fn a_failing_command_is_named_in_the_error() {
        let error = run(Command::new("sh").args(["-c", "exit 4"])).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`sh -c exit 4` ended with exit status: 4"
        );
    }
}
