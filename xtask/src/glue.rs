//! The two changes that we make to wasm-bindgen's glue: a trap inside an async task reaches a listener, and where time counts
//! long text is encoded by the host.
//!
//! Rust's futures run in microtasks, which the glue queues by the bare global name `queueMicrotask`. A trap in one would
//! be an uncaught exception of the host: Node ends the process, and the promise that the task was to settle never does.
//! A constant of the same name in the module's own scope shadows the global and hands what is thrown to the listener.

use anyhow::{Result, ensure};

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

/// Where the glue begins to copy a text into the core's memory, a letter at a time.
const LETTERS: &str = "
    for (; offset < len; offset++) {
        const code = arg.charCodeAt(offset);
";

/// Past a few letters the host's encoder is faster, up to ten times. It fills the place only where the text is ASCII: any other
/// has no room, and goes the old way.
const AT_ONCE: &str = "
    if (len > 16 && cachedTextEncoder.encodeInto(arg, mem.subarray(ptr, ptr + len)).read === len) offset = len;
";

/// Lets long text cross at once.
///
/// # Errors
/// Where the glue copies text in another way than it did.
pub(crate) fn encode_at_once(js: &str) -> Result<String> {
    ensure!(
        js.matches(LETTERS).count() == 1,
        "wasm-bindgen's glue passes text in a new way: look at `passStringToWasm0`"
    );
    Ok(js.replace(LETTERS, &format!("{AT_ONCE}{LETTERS}")))
}

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
    fn text_of_any_kind_crosses_whole() {
        let glue = format!(
            "const cachedTextEncoder = new TextEncoder();
            const mem = new Uint8Array(4_096), ptr = 8;
            function pass(arg) {{
                let len = arg.length, offset = 0;
            {LETTERS}        if (code > 0x7F) break;
                    mem[ptr + offset] = code;
                }}
                if (offset === len) return [...mem.slice(ptr, ptr + len)].map((byte) => String.fromCharCode(byte)).join('');
                return [arg.slice(0, offset), arg.slice(offset)].join('|');
            }}"
        );
        let script = format!(
            "{}
            const long = 'a'.repeat(40);
            console.log([pass('ab'), pass(long) === long, pass('aé'), pass(long + 'é') === long + '|é'].join());",
            encode_at_once(&glue).unwrap()
        );
        let said = command::output(Command::new("node").args(["--eval", &script])).unwrap();
        assert_eq!(said, "ab,true,a|é,true\n");
        assert!(encode_at_once("function passStringToWasm0() {}").is_err());
    }

    #[test]
    fn a_trap_without_a_listener_stays_uncaught() {
        assert_eq!(heard(""), "uncaught trap\n");
    }
}
