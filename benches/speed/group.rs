//! Contenders for one job, timed in turn.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// How long one contender runs at a time: long against the clock's grain, short against the scheduler's.
const BATCH: Duration = Duration::from_micros(40);
const ROUNDS: usize = 201;

/// Every bar, and every limit, is a ratio to another contender of the same group.
pub struct Group<'a> {
    pub name: &'static str,
    /// Our time may be this much of the first contender's.
    pub bar: Option<f64>,
    contenders: Vec<Contender<'a>>,
}

struct Contender<'a> {
    name: &'static str,
    run: Box<dyn FnMut(u32) -> Duration + 'a>,
}

impl<'a> Group<'a> {
    pub fn new(name: &'static str, bar: Option<f64>) -> Self {
        Self { name, bar, contenders: Vec::new() }
    }

    pub fn with<T>(mut self, name: &'static str, mut job: impl FnMut() -> T + 'a) -> Self {
        let run = move |times| {
            let start = Instant::now();
            for _ in 0..times {
                black_box(job());
            }
            start.elapsed()
        };
        self.contenders.push(Contender { name, run: Box::new(run) });
        self
    }

    pub fn contenders(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.contenders.iter().map(|contender| contender.name)
    }

    /// The median time of each contender, in nanoseconds. Each round starts with another one, so that none
    /// always runs in the wake of the same.
    pub fn measure(mut self) -> Vec<(&'static str, f64)> {
        let times: Vec<u32> = self.contenders.iter_mut().map(Contender::batch).collect();
        let mut samples = vec![Vec::with_capacity(ROUNDS); times.len()];
        for round in 0..ROUNDS {
            for turn in 0..times.len() {
                let at = (round + turn) % times.len();
                let elapsed = (self.contenders[at].run)(times[at]);
                samples[at].push(elapsed.as_nanos() as f64 / f64::from(times[at]));
            }
        }
        self.contenders
            .iter()
            .zip(samples)
            .map(|(contender, samples)| (contender.name, median(samples)))
            .collect()
    }
}

impl Contender<'_> {
    /// How many times fill a batch.
    fn batch(&mut self) -> u32 {
        let mut times = 1;
        while (self.run)(times) < BATCH {
            times *= 2;
        }
        times
    }
}

pub fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples[samples.len() / 2]
}
