//! The checks that run no test: formatting, lints, docs, licences.

use anyhow::Result;

use crate::command;
use crate::house::House;
use crate::test::{FEATURE_SETS, Step};
use crate::tools;

const DENY_WARNINGS: [&str; 3] = ["--", "-D", "warnings"];

pub(super) fn steps() -> Vec<Step> {
    let mut steps = vec![Step::check("formatting", |house| {
        command::run(house.command("cargo").args(["fmt", "--all", "--check"]))
    })];
    for features in FEATURE_SETS {
        steps.push(Step::check(named("lints", features), move |house| {
            clippy(
                house,
                &[
                    "--package",
                    "patchcord",
                    "--all-targets",
                    "--features",
                    features,
                ],
            )
        }));
    }
    for features in ["engine,parts,sim", "component"] {
        steps.push(Step::check(
            format!("{} for wasm", named("lints", features)),
            move |house| {
                tools::install(house)?;
                let target = ["--target", "wasm32-unknown-unknown"];
                clippy(
                    house,
                    &[
                        &["--package", "patchcord", "--features", features],
                        &target[..],
                    ]
                    .concat(),
                )
            },
        ));
    }
    steps.push(Step::check("lints of xtask", |house| {
        clippy(
            house,
            &["--package", "xtask", "--all-targets", "--all-features"],
        )
    }));
    for features in FEATURE_SETS {
        steps.push(Step::check(named("docs", features), move |house| {
            command::run(
                house
                    .command("cargo")
                    .args([
                        "doc",
                        "--no-deps",
                        "--package",
                        "patchcord",
                        "--features",
                        features,
                    ])
                    .env("RUSTDOCFLAGS", "-D warnings"),
            )
        }));
    }
    steps.push(Step::check("licences", |house| {
        let deny = tools::cargo_deny(house)?;
        let mut command = house.command("cargo");
        command.env("PATH", with_folder_of(&deny)?);
        command::run(command.args(["deny", "check", "bans", "licenses", "sources"]))
    }));
    steps
}

fn clippy(house: &House, arguments: &[&str]) -> Result<()> {
    command::run(
        house
            .command("cargo")
            .arg("clippy")
            .args(arguments)
            .args(DENY_WARNINGS),
    )
}

fn named(what: &str, features: &str) -> String {
    if features.is_empty() {
        format!("{what} without features")
    } else {
        format!("{what} with {features}")
    }
}

/// cargo finds its subcommands on the PATH.
fn with_folder_of(program: &std::path::Path) -> Result<std::ffi::OsString> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = program.parent().map(Into::into).into_iter();
    Ok(std::env::join_paths(
        folders.chain(std::env::split_paths(&path)),
    )?)
}
