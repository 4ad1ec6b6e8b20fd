//! What the fuzz targets run. The command is a binary, so its modules are compiled in, at the places that they expect.

pub mod checks;

#[allow(dead_code, unreachable_pub)]
#[path = "../../src/cli"]
mod cli {
    pub(crate) mod check;
    pub(crate) mod emit;
    pub(crate) mod explain;
    pub(crate) mod suggest;
}
#[path = "../../src/closest.rs"]
mod closest;
#[allow(dead_code)]
#[path = "../../src/text.rs"]
mod text;

pub(crate) const HEADING: anstyle::Style = anstyle::Style::new().bold();
