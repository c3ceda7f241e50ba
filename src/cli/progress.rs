//! The progress bar, and the handler of Ctrl-C.

use std::fmt::Write;
use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use crate::format::{count, percent, rate};
use crate::study::{Progress, Watch};
use crate::verbs::Work;
use crate::verbs::terminal::cut;

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// How many outcomes the bar shows.
const LEADING: usize = 3;

/// From here on, Ctrl-C stops playing and a second Ctrl-C ends the program at once.
pub(super) fn listen() {
    // Where no handler can be set, Ctrl-C simply ends the program.
    let _ = ctrlc::set_handler(|| {
        if INTERRUPTED.swap(true, Ordering::SeqCst) {
            std::process::exit(1);
        }
    });
}

/// Whether someone pressed Ctrl-C.
pub(super) fn is_interrupted() -> bool {
    INTERRUPTED.load(Ordering::Relaxed)
}

/// A progress bar, which is shown on a terminal and nowhere else. It advances over trials and replays
/// together, and counts them apart. Where it is not known how many replays there will be, it advances over
/// trials alone.
pub(super) struct Bar {
    bar: ProgressBar,
    work: Work,
}

impl Bar {
    /// A bar for this much work, with the most frequent outcomes if the work names outcomes.
    pub fn new(work: &Work, quiet: bool) -> Self {
        let bar = if quiet || !std::io::stderr().is_terminal() {
            ProgressBar::hidden()
        } else {
            let style = ProgressStyle::with_template("{bar:24} {prefix}{pace}  {msg}");
            let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
            let shown = |state: &ProgressState, out: &mut dyn Write| {
                // A bar that cannot be written is not worth stopping for.
                let _ = out.write_str(&pace(state.per_sec(), state.eta()));
            };
            ProgressBar::new(work.trials + work.replays).with_style(style.with_key("pace", shown))
        };
        Bar { bar, work: work.clone() }
    }

    /// Whether nobody sees it.
    pub fn is_hidden(&self) -> bool {
        self.bar.is_hidden()
    }

    /// Removes the bar from the screen.
    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

impl Watch for Bar {
    fn carry_on(&self) -> bool {
        !is_interrupted()
    }

    fn progress(&self, progress: &Progress) {
        if self.is_hidden() {
            return;
        }
        self.bar.set_prefix(counts(progress, &self.work));
        if let Some(leading) = leading(progress, &self.work.outcomes) {
            self.bar.set_message(leading);
        }
        self.bar.set_position(match self.work.replays {
            0 => progress.done,
            _ => progress.done + progress.replays,
        });
    }
}

/// How fast trials are played and how long that will take; nothing before it can be told.
fn pace(per_second: f64, left: Duration) -> String {
    if per_second <= 0.0 {
        return String::new();
    }
    let pace = match per_second < 1.0 {
        true => format!("{} trials/min", count((60.0 * per_second).round() as u64)),
        false => rate(per_second, "trials"),
    };
    let left = match left.as_secs() {
        seconds @ 0..120 => format!("{seconds} s"),
        seconds => format!("{} min", count(seconds.div_ceil(60))),
    };
    format!("  {pace}  {left} left")
}

/// How many trials were played of how many, and how many replays once they are played.
fn counts(progress: &Progress, work: &Work) -> String {
    let of = |done: u64, all: u64, what| format!("{}/{} {what}", count(done), count(all));
    let trials = of(progress.done, work.trials, "trials");
    match (progress.replays, work.replays) {
        (0, _) => trials,
        (replays, 0) => format!("{trials}, {} replays", count(replays)),
        (replays, all) => format!("{trials}, {}", of(replays, all, "replays")),
    }
}

/// The most frequent outcomes so far; `None` where none are counted, and what was shown may stay.
fn leading(progress: &Progress, titles: &[String]) -> Option<String> {
    let all: u64 = progress.outcomes.iter().sum();
    let mut ranked: Vec<(u64, &String)> =
        progress.outcomes.iter().copied().zip(titles).filter(|(count, _)| *count > 0).collect();
    ranked.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let shown = ranked.iter().take(LEADING);
    let shown: Vec<String> = shown
        .map(|(count, title)| format!("{} {}", cut(title, 16), percent(*count as f64 / all as f64)))
        .collect();
    (!shown.is_empty()).then(|| shown.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trials_and_replays_are_counted_apart() {
        let work =
            Work { trials: 1_200, replays: 100, outcomes: vec!["War".into(), "Peace".into()] };
        let at =
            |done, replays, outcomes: &[u64]| Progress { done, replays, outcomes: outcomes.into() };
        let half = at(600, 0, &[150, 450]);
        assert_eq!(counts(&half, &work), "600/1,200 trials");
        assert_eq!(leading(&half, &work.outcomes).as_deref(), Some("Peace 75.0 %, War 25.0 %"));
        let replays = at(1_200, 40, &[]);
        assert_eq!(counts(&replays, &work), "1,200/1,200 trials, 40/100 replays");
        assert_eq!(leading(&replays, &work.outcomes), None);
        let unknown = Work { replays: 0, ..work };
        assert_eq!(counts(&at(600, 40, &[]), &unknown), "600/1,200 trials, 40 replays");
    }

    #[test]
    fn the_pace_reads_as_a_person_writes_it() {
        for (per_second, seconds, text) in [
            (0.0, 0, ""),
            (114.0571, 7, "  114 trials/s  7 s left"),
            (1_250.7, 119, "  1,250 trials/s  119 s left"),
            (0.5, 121, "  30 trials/min  3 min left"),
        ] {
            assert_eq!(pace(per_second, Duration::from_secs(seconds)), text);
        }
    }
}
