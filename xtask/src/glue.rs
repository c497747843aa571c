//! The one change that we make to wasm-bindgen's glue: a trap inside an async task reaches a listener.
//!
//! Rust's futures run in microtasks, which the glue queues by the bare global name `queueMicrotask`. A trap in one would
//! be an uncaught exception of the host: Node ends the process, and the promise that the task was to settle never does.
//! A constant of the same name in the module's own scope shadows the global and hands what is thrown to the listener.

const GUARD: &str = "
// A trap inside a queued task goes to the listener; without one it is the host's uncaught exception, as ever.
let onTrap = (error) => { throw error; };
const queueMicrotask = (task) => globalThis.queueMicrotask(() => {
    try { task(); } catch (error) { onTrap(error); }
});
export function listenForTraps(listener) { onTrap = listener; }
";

const DECLARATION: &str = "
/**
 * Hears of every trap inside an asynchronous task of this instance, which has to be retired then.
 */
export function listenForTraps(listener: (error: unknown) => void): void;
";

/// Adds the guard. It stands at the end: the glue's first line must stay first, and nothing queues a task before the
/// whole module has run.
pub(crate) fn guard_tasks(js: &str) -> String {
    format!("{js}{GUARD}")
}

/// Adds the declaration of what [`guard_tasks`] exports.
pub(crate) fn declare_listener(types: &str) -> String {
    format!("{types}{DECLARATION}")
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;
    use crate::command;

    /// Runs the guard in Node around a task that throws.
    fn heard(listen: &str) -> String {
        let module = guard_tasks("export const queue = (task) => queueMicrotask(task);");
        let script = format!(
            "{module}
            {listen}
            process.on('uncaughtException', (error) => console.log('uncaught', error.message));
            queue(() => {{ throw new Error('trap'); }});"
        );
        command::output(Command::new("node").args(["--input-type=module", "--eval", &script]))
            .unwrap()
    }

    #[test]
    fn a_trap_in_a_task_reaches_the_listener() {
        let said = heard("listenForTraps((error) => console.log('heard', error.message));");
        assert_eq!(said, "heard trap\n");
    }

    #[test]
    fn a_trap_without_a_listener_stays_uncaught() {
        assert_eq!(heard(""), "uncaught trap\n");
    }
}
