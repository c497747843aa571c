//! `build`: everything that stands in `pkg/dist`, in the order in which one thing needs the other.

use anyhow::Result;

use crate::house::House;
use crate::progress::{Stopwatch, seconds};
use crate::{component, engine, package, tools};

/// Brings `pkg/dist` up to date.
pub(crate) fn build(house: &House) -> Result<()> {
    let stopwatch = Stopwatch::start();
    tools::install(house)?;
    engine::build(house)?;
    component::build(house)?;
    package::build(house)?;
    eprintln!(
        "✓ pkg/dist is up to date ({})",
        seconds(stopwatch.elapsed())
    );
    Ok(())
}
