//! `cargo xtask`: the only build tool of Patchcord. Each command is one file; what they share is
//! [`house`] (where things are), [`command`] (child processes), [`progress`] and [`stamp`] (what is up to date).

mod bench;
mod budgets;
mod build;
mod command;
mod commonjs;
mod compile;
mod component;
mod counts;
mod engine;
mod glue;
mod house;
mod optimize;
mod package;
mod progress;
mod size;
mod stamp;
mod start;
mod test;
mod tools;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::house::House;

/// Builds, serves, tests and measures Patchcord.
///
/// Needs rustup and Node 20 or newer; everything else it installs itself.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Build the engine, the simulator, the component and the npm package into pkg/dist
    Build,
    /// Build, then serve the agent desk, the edge worker and a simulated platform on 127.0.0.1
    Start {
        /// The port of the desk page
        #[arg(long, default_value_t = 8787)]
        port: u16,
    },
    /// Check and test everything; the last line counts what passed and what failed
    Test {
        /// Run only the steps whose name contains this text
        #[arg(long)]
        only: Option<String>,
    },
    /// Print the sizes of what is downloaded beside their budgets
    Size,
    /// Run benches/*.mjs and print the budgets with what was measured beside each
    Bench,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = House::find().and_then(|house| match cli.verb {
        Verb::Build => build::build(&house),
        Verb::Start { port } => start::start(&house, port),
        Verb::Test { only } => test::test(&house, only.as_deref()),
        Verb::Size => size::size(&house),
        Verb::Bench => bench::bench(&house),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
