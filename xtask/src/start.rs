//! `start`: build, then serve until Ctrl-C.
//!
//! The server is a Node process with its own process group, so that Ctrl-C reaches it in one way only: this tool closes
//! the server's standard input (`tools/leash.mjs` waits for that). A tool that is killed closes it too: no server is
//! ever left behind.

use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::build;
use crate::house::House;
use crate::progress::Stopwatch;

/// How long the server may take to close its connections before it is killed.
const GRACE: Duration = Duration::from_secs(8);
const GLANCE: Duration = Duration::from_millis(50);

/// Builds what is out of date and serves on the port.
pub(crate) fn start(house: &House, port: u16) -> Result<()> {
    free(port)?;
    build::build(house)?;
    let stop = stop_signal()?;
    let mut server = house
        .command("node")
        .arg("--import")
        .arg(house.path("xtask/tools/leash.mjs"))
        .args(["www/serve.mjs", "--port", &port.to_string()])
        .stdin(Stdio::piped())
        .process_group(0)
        .spawn()
        .context("could not run node")?;
    serve(&mut server, &stop)
}

/// Hears Ctrl-C, and the signals by which a terminal or a supervisor ends a program.
fn stop_signal() -> Result<Receiver<()>> {
    let (sender, receiver) = channel();
    ctrlc::set_handler(move || {
        // The receiver is gone only when the program is ending anyway.
        let _ = sender.send(());
    })
    .context("could not listen for Ctrl-C")?;
    Ok(receiver)
}

fn free(port: u16) -> Result<()> {
    TcpListener::bind(("127.0.0.1", port))
        .map(drop)
        .with_context(|| {
            format!("port {port} is taken: stop what listens there, or choose another with --port")
        })
}

/// Waits until the server ends by itself, which is an error, or until it was asked to.
fn serve(server: &mut Child, stop: &Receiver<()>) -> Result<()> {
    loop {
        if let Some(status) = server.try_wait().context("could not wait for the server")? {
            bail!("the server ended by itself with {status}");
        }
        match stop.recv_timeout(GLANCE) {
            Err(RecvTimeoutError::Timeout) => {}
            Ok(()) | Err(RecvTimeoutError::Disconnected) => return end(server),
        }
    }
}

fn end(server: &mut Child) -> Result<()> {
    drop(server.stdin.take());
    let asked = Stopwatch::start();
    while asked.elapsed() < GRACE {
        if server
            .try_wait()
            .context("could not wait for the server")?
            .is_some()
        {
            eprintln!("stopped");
            return Ok(());
        }
        std::thread::sleep(GLANCE);
    }
    server.kill().context("could not end the server")?;
    server.wait().context("could not wait for the server")?;
    bail!(
        "the server did not stop within {} s and was killed",
        GRACE.as_secs()
    )
}
