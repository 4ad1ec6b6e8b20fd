//! What the fuzz targets run.

pub mod checks;
pub mod servers;
