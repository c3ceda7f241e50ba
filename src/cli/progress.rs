//! The progress bar, and the handler of Ctrl-C.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};

use indicatif::{ProgressBar, ProgressStyle};

use crate::format::percent;
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

/// A progress bar, which is shown on a terminal and nowhere else.
pub(super) struct Bar {
    bar: ProgressBar,
    titles: Vec<String>,
}

impl Bar {
    /// A bar for this much work, with the most frequent outcomes if the work names outcomes.
    pub fn new(work: &Work, quiet: bool) -> Self {
        let bar = if quiet || !std::io::stderr().is_terminal() {
            ProgressBar::hidden()
        } else {
            let style = ProgressStyle::with_template(
                "{bar:24} {human_pos}/{human_len} trials  {per_sec}  {eta} left  {msg}",
            );
            ProgressBar::new(work.trials)
                .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        };
        Bar { bar, titles: work.outcomes.clone() }
    }

    /// Removes the bar from the screen.
    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

impl Watch for Bar {
    fn carry_on(&self) -> bool {
        !INTERRUPTED.load(Ordering::Relaxed)
    }

    fn progress(&self, progress: &Progress) {
        if self.bar.is_hidden() {
            return;
        }
        let mut ranked: Vec<(u64, &String)> =
            progress.outcomes.iter().copied().zip(&self.titles).collect();
        ranked.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        let leading: Vec<String> = ranked
            .iter()
            .take(LEADING)
            .filter(|(count, _)| *count > 0)
            .map(|(count, title)| {
                format!("{} {}", cut(title, 16), percent(*count as f64 / progress.done as f64))
            })
            .collect();
        self.bar.set_message(leading.join(", "));
        self.bar.set_position(progress.done);
    }
}
