//! The table of `benches/README.md`: each job beside the baseline and the limit, as ratios within one run.
//!
//! The contenders of a job take turns, hundreds of times in one process. Where a process happens to lie in memory moves
//! its times too, so the table is the median of many processes: this program starts itself again.

mod baseline;
mod bodies;
mod by_hand;
mod contenders;
mod group;
mod groups;
mod table;

use std::process::{Command, ExitCode};
use std::{env, io};

use group::Group;

const LAUNCHES: usize = 15;
/// Set for the processes that measure.
const MEASURE: &str = "INTELLIPRINT_MEASURE";

fn main() -> ExitCode {
    if env::var_os(MEASURE).is_some() {
        measure();
        return ExitCode::SUCCESS;
    }
    let launches: Vec<String> =
        (0..LAUNCHES).map(|_| launch().expect("the bench starts itself")).collect();
    if table::print(&wanted(), &launches) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// All groups, or those whose name has one of the arguments: `cargo bench … -- decode`.
fn wanted() -> Vec<Group<'static>> {
    let words: Vec<String> =
        env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let is_wanted =
        |group: &Group<'_>| words.is_empty() || words.iter().any(|word| group.name.contains(word));
    groups::all().into_iter().filter(is_wanted).collect()
}

fn launch() -> io::Result<String> {
    let output =
        Command::new(env::current_exe()?).args(env::args().skip(1)).env(MEASURE, "1").output()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// One line for each contender: group, contender, nanoseconds.
fn measure() {
    for group in wanted() {
        let name = group.name;
        for (contender, time) in group.measure() {
            println!("{name}\t{contender}\t{time}");
        }
    }
}
