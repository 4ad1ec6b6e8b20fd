//! The table, and whether every row meets its bar.

use std::collections::HashMap;

use crate::group::{Group, median};
use crate::groups::{MESSAGE, MESSAGES_BAR, OURS};

type Times<'a> = HashMap<(&'a str, &'a str), f64>;

/// Each launch is the lines of one process.
pub fn print(groups: &[Group<'_>], launches: &[String]) -> bool {
    let launches: Vec<Times<'_>> = launches.iter().map(|lines| times(lines)).collect();
    let mut all_met = true;
    let (messages, others): (Vec<_>, Vec<_>) =
        groups.iter().partition(|group| group.name.starts_with(MESSAGE));
    for group in others {
        all_met &= print_group(group, &launches);
    }
    if !messages.is_empty() {
        all_met &= print_messages(&messages, &launches);
    }
    println!("\n{}", if all_met { "Every bar is met." } else { "A bar is missed." });
    all_met
}

fn times(lines: &str) -> Times<'_> {
    lines
        .lines()
        .map(|line| {
            let mut fields = line.split('\t');
            let mut next = || fields.next().expect("three fields");
            ((next(), next()), next().parse().expect("a number"))
        })
        .collect()
}

/// One line for all messages: the least, the median and the greatest of their ratios.
fn print_messages(groups: &[&Group<'_>], launches: &[Times<'_>]) -> bool {
    let ratio = |group: &Group<'_>| {
        let baseline = group.contenders().next().expect("a baseline");
        let ratio = |times: &Times<'_>| times[&(group.name, OURS)] / times[&(group.name, baseline)];
        median(launches.iter().map(ratio).collect())
    };
    let mut ratios: Vec<f64> = groups.iter().map(|group| ratio(group)).collect();
    ratios.sort_by(f64::total_cmp);
    let (least, middle) = (ratios[0], median(ratios.clone()));
    let greatest = ratios[ratios.len() - 1];
    println!("\nencode, {} messages with escapes", ratios.len());
    println!("  × B: least {least:.2}, median {middle:.2}, greatest {greatest:.2}");
    let met = middle <= MESSAGES_BAR;
    println!("  {} bar {MESSAGES_BAR:.2} for the median", if met { "met:" } else { "MISSED:" });
    met
}

fn print_group(group: &Group<'_>, launches: &[Times<'_>]) -> bool {
    let names: Vec<&str> = group.contenders().collect();
    let over = |value: &dyn Fn(&Times<'_>) -> f64| median(launches.iter().map(value).collect());
    let time = |name: &str| over(&|times| times[&(group.name, name)]);
    let ratio =
        |name: &str, to: &str| over(&|times| times[&(group.name, name)] / times[&(group.name, to)]);
    let baseline = names.iter().find(|name| name.starts_with("B: "));
    let limit = names.iter().rfind(|name| name.starts_with("limit"));
    println!("\n{}", group.name);
    println!("  {:<32} {:>10} {:>8} {:>8}", "", "ns", "× B", "× limit");
    for name in &names {
        let to_baseline =
            baseline.map_or(String::new(), |baseline| format!("{:.2}", ratio(name, baseline)));
        let to_limit = limit.map_or(String::new(), |limit| format!("{:.1}", ratio(name, limit)));
        println!("  {name:<32} {:>10.1} {to_baseline:>8} {to_limit:>8}", time(name));
    }
    let Some(bar) = group.bar else { return true };
    let met = ratio(OURS, names[0]) <= bar;
    println!("  {} bar {bar:.2}", if met { "met:" } else { "MISSED:" });
    met
}
