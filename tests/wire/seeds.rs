//! The checks of the fuzz targets on each seed: real and hostile bodies. `fuzz/run` starts from the
//! same seeds.

use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

use intelliprint_error::ErrorResponse;

#[path = "../../fuzz/src/checks.rs"]
pub(crate) mod checks;

pub(crate) fn seeds() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(if cfg!(miri) { "../.." } else { "" });
    let folder = root.join("fuzz/seeds");
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<_> = files.collect();
    files.sort_unstable();
    // Miri takes a hundred times as long.
    files
        .into_iter()
        .step_by(if cfg!(miri) { 5 } else { 1 })
        .map(|path| {
            (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap())
        })
        .collect()
}

#[track_caller]
fn assert_all_pass(check: fn(&[u8])) {
    let failed: Vec<_> =
        seeds().into_iter().filter(|(_, seed)| catch_unwind(|| check(seed)).is_err()).collect();
    assert!(failed.is_empty(), "{:?}", failed.iter().map(|(name, _)| name).collect::<Vec<_>>());
}

#[test]
#[cfg_attr(miri, ignore = "it counts")]
fn there_are_enough_and_of_both_kinds() {
    let seeds = seeds();
    let decoding = seeds.iter().filter(|(_, seed)| ErrorResponse::from_slice(seed).is_ok()).count();
    assert!(decoding >= 40 && seeds.len() - decoding >= 40, "{decoding} of {}", seeds.len());
}

#[test]
fn every_seed_decodes_or_is_kept() {
    assert_all_pass(checks::decode);
}

#[test]
fn every_seed_is_encoded_as_text() {
    assert_all_pass(checks::encode);
}

#[test]
fn every_object_of_the_seeds_goes_through_all_formats() {
    assert_all_pass(|seed| {
        if let Ok(response) = ErrorResponse::from_slice(seed) {
            checks::object(response.error);
        }
    });
}

#[test]
fn every_seed_is_checked_by_the_command() {
    assert_all_pass(checks::check);
}

#[test]
fn every_seed_is_explained_as_a_name() {
    assert_all_pass(checks::explain);
}
