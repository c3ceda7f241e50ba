//! A finished chart with its name, description and numbers, and the kinds of charts.

use std::fmt;
use std::str::FromStr;

use crate::chart::{Chart, ChartData, ChartError, Drawing};

/// Declares the kinds of charts, in the order in which they are shown: each with all that is said of
/// it. A kind without one of its texts does not compile.
macro_rules! chart_kinds {
    ($($(#[$doc:meta])* $kind:ident { word: $word:literal, about: $about:literal,
        place: $place:ident, heading: $heading:literal, note: $note:literal, })*) => {
        /// What a chart shows.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum ChartKind {
            $($(#[$doc])* $kind,)*
        }

        impl ChartKind {
            /// Every kind, in the order in which charts are shown.
            pub const ALL: &'static [ChartKind] = &[$(ChartKind::$kind,)*];

            /// The texts about this kind.
            pub fn text(self) -> ChartKindText {
                match self {
                    $(ChartKind::$kind => ChartKindText {
                        word: $word,
                        about: $about,
                        place: ChartPlace::$place,
                        heading: $heading,
                        note: $note,
                    },)*
                }
            }
        }
    };
}

chart_kinds! {
    /// How often each outcome occurred.
    Outcomes {
        word: "outcomes",
        about: "how often each outcome occurred",
        place: First,
        heading: "How the trials ended",
        note: "Bars: the share of trials. Whiskers: the error from the limited number of trials; \
               they do not show how far the assumptions swing it.",
    }
    /// The outcomes under each policy.
    OutcomesByPolicy {
        word: "policies",
        about: "the outcomes under each policy",
        place: Open,
        heading: "Outcomes under each policy",
        note: "Each bar is one policy; its parts are the shares of trials that ended in each outcome.",
    }
    /// The outcomes in each world.
    OutcomesByWorld {
        word: "worlds",
        about: "the outcomes in each world",
        place: Open,
        heading: "Outcomes in each world",
        note: "Each bar is one world; its parts are the shares of trials that ended in each outcome.",
    }
    /// How the outcomes depend on single inputs.
    Curves {
        word: "curves",
        about: "how the outcomes depend on the inputs that matter most",
        place: Open,
        heading: "What it rests on",
        note: "Each panel is an input that was drawn once per trial, with a step for each twentieth of its \
               draws. Lines: the share of those trials that ended in each outcome, with its 95 % \
               interval.",
    }
    /// How much of a result's variance each input explains.
    Importance {
        word: "importance",
        about: "what part of the variance each input explains",
        place: Open,
        heading: "What it rests on, alone and with others",
        note: "Upper bars: the part of the variance that goes with the input or group alone. Lower bars: with its \
               interactions. Whiskers: 95 % intervals, each by itself. An estimate may be below zero where the \
               truth is near it.",
    }
    /// How much each input moves a result, and how unevenly.
    Screening {
        word: "screening",
        about: "how much each input moves a result, and how unevenly",
        place: Open,
        heading: "What moves it, and how evenly",
        note: "To the right: the mean size of what changes when the input is moved. Upwards: how much these \
               effects vary, which they do where the input acts otherwise in other places.",
    }
    /// What one input at a time does to a result.
    Tornado {
        word: "tornado",
        about: "what one input at a time does to a result",
        place: Open,
        heading: "One input at a time",
        note: "Each bar goes from the result with the input at its 10th percentile to that with it at its 90th, \
               all other inputs at their medians. Pale: the half of the 10th percentile.",
    }
    /// How much the probability of each outcome depends on the assumptions.
    Swing {
        word: "swing",
        about: "how far each probability swings with the assumptions",
        place: Open,
        heading: "How much it depends on the assumptions",
        note: "Each row is an outcome. The bands show where its probability lies when the assumptions \
               are drawn again.",
    }
    /// How outcomes build up over time.
    Buildup {
        word: "buildup",
        about: "how outcomes build up over time",
        place: Open,
        heading: "How outcomes build up over time",
        note: "At each date, the share of trials that have ended in each outcome; the rest are still \
               open.",
    }
    /// Who stands where around a bargain.
    Bargain {
        word: "bargain",
        about: "who stands where around a bargain, how often it is struck, and where it settles",
        place: Open,
        heading: "Who stands where",
        note: "Each ring is an actor's position, the larger the more weight. Below: the number at the start, \
               where the bargain settles it, and the trials without a deal. Settled: the number at the end of the \
               step in which the bargain is first struck.",
    }
    /// The odds of each outcome as one trial goes on.
    Odds {
        word: "odds",
        about: "the odds of each outcome as one trial goes on",
        place: Open,
        heading: "The odds as the trial went on",
        note: "After each step, the share of fresh futures that end in each outcome, with its 95 % interval; \
               \"before\" is before anything was drawn. At the end one outcome has come about. Outcomes that never \
               have odds of 2 % are left out.",
    }
    /// The odds of each outcome as a record came in.
    OddsGiven {
        word: "odds-given",
        about: "the odds of each outcome as a record came in",
        place: Open,
        heading: "The odds as the record came in",
        note: "After each step, the odds of each outcome given what was known by its end, with their 95 % interval, of \
               the luck of the draw alone; \"before\" is without the record. Outcomes that never have odds of 2 % are \
               left out.",
    }
    /// The distribution of a number over time.
    Fan {
        word: "fan",
        about: "a number over time",
        place: Behind,
        heading: "How state and measures move over time",
        note: "The line in the middle is the median of all trials; the bands hold the middle half and \
               the middle nine in ten.",
    }
    /// The share of each label or value of a variable over time.
    Shares {
        word: "shares",
        about: "the share of each label or value over time",
        place: Behind,
        heading: "Where things stand over time",
        note: "At each date, the share of trials in which a variable has each of its labels, a flag is \
               true, or a number has each of its few values.",
    }
    /// A measure at the end, by outcome.
    EndMeasure {
        word: "ends",
        about: "a measure at the end, by outcome",
        place: Behind,
        heading: "Measures at the end, by outcome",
        note: "How a measure is distributed at the end, separately for each outcome.",
    }
    /// Who moves when.
    Moves {
        word: "moves",
        about: "who moves when",
        place: Behind,
        heading: "Who moves when",
        note: "Each field is a move at a date: the darker, the more trials in which it was made. Pale names \
               are the items of the menu of the move above them.",
    }
    /// Differences from a baseline.
    Forest {
        word: "forest",
        about: "differences from a baseline, with intervals",
        place: Open,
        heading: "What each policy changes",
        note: "A dot is the change of an outcome’s share against the baseline on common random numbers, with its \
               95 % interval. A filled dot stands out: the wider interval, for all rows together, \
               excludes zero.",
    }
    /// Which outcomes become which.
    Flips {
        word: "flips",
        about: "which outcomes become which",
        place: Behind,
        heading: "Which outcomes become which",
        note: "Each field counts trials by how they end without the policy (rows) and with it (columns). \
               An outcome’s row without the diagonal is what it has only without the policy, its \
               column what it has only with it.",
    }
    /// How far each policy falls short of the best.
    Regret {
        word: "regret",
        about: "how far each policy falls short of the best",
        place: Open,
        heading: "How far each policy falls short of the best",
        note: "By a goal: in each world, the distance of each policy from the one that does best there.",
    }
    /// Single moves, ranked by what they change.
    Levers {
        word: "levers",
        about: "single moves, ranked by what they change",
        place: Open,
        heading: "Which single move changes most",
        note: "Each row is one move, forced or forbidden, and the outcome that it changes most, with its \
               95 % interval.",
    }
    /// Whose luck settled an outcome.
    SettledBy {
        word: "settled-by",
        about: "whose luck settled an outcome",
        place: Open,
        heading: "Whose surprises settled it",
        note: "Each bar is a source of luck, and the part of what was open about the outcome that it settled, with \
               its 95 % interval. An estimate may be below zero where the truth is near it.",
    }
    /// When an outcome was settled.
    SettledWhen {
        word: "settled-when",
        about: "when an outcome was settled, and by whose luck",
        place: Open,
        heading: "When it was settled",
        note: "Each bar is a time, and the part of what was open about the outcome that was settled then, stacked by \
               whose luck it was. Whiskers: the 95 % interval of the whole bar. \"before\" is what is drawn before \
               the first step. Estimates below zero hang below the axis.",
    }
    /// How often things came about that were given a probability.
    Reliability {
        word: "reliability",
        about: "how often things came about that were given a probability",
        place: Open,
        heading: "How well probabilities are calibrated",
        note: "Each dot is a probability that was given to some outcome of a case, and upwards the frequency that \
               belongs to it: probabilities next to each other are put together until frequencies rise with them. \
               The band is where the curve of a calibrated forecaster runs in 90 of 100 cases, at each probability \
               by itself.",
    }
    /// Scores case by case.
    ScoreBars {
        word: "scores",
        about: "the scores of each case beside those of another forecaster",
        place: Open,
        heading: "Case by case",
        note: "Upper bars: the score of Démarche, with the error of its trials. Lower bars: that of another \
               forecaster on the same case. Less is better.",
    }
    /// How surprising each step of a record was.
    Evidence {
        word: "evidence",
        about: "how surprising what happened in each step was, beside choices at random",
        place: Open,
        heading: "How the record surprised",
        note: "The surprise of a step is the logarithm of the probability of what happened in it, given all before it, \
               with its sign changed: 0 where nothing else could have happened, 0.7 for an even chance, 2.3 for one in \
               ten. Upper bars: the scenario’s. Lower bars: that of choices at random among the open options. Less is \
               better.",
    }
    /// What a record taught of the assumptions.
    Revised {
        word: "revised",
        about: "what the record taught of each assumption",
        place: Open,
        heading: "What was learned",
        note: "Boxes: from the 25th to the 75th percentile, with the median. Lines: from the 5th to the 95th. Each \
               assumption has an axis of its own.",
    }
    /// An outcome along one value that is swept.
    Sweep {
        word: "sweep",
        about: "an outcome along a value that is swept",
        place: Open,
        heading: "Along the value that was swept",
        note: "A line for each policy, with the band of its 95 % interval. A bracket below the axis is where two \
               lines cross: outside it, it is told which is higher.",
    }
    /// An outcome over two values that are swept.
    Heat {
        word: "heat",
        about: "an outcome over two values that are swept",
        place: Open,
        heading: "Over the two values that were swept",
        note: "Each field is a pair of values. Of differences, blue is more and orange is less; a dot marks \
               those that may be zero, and the line runs where the sign changes.",
    }
    /// What conditions allow of each input.
    Ranges {
        word: "ranges",
        about: "the conditions under which an outcome is frequent",
        place: Open,
        heading: "Under which conditions it happens",
        note: "Each row is an input that the conditions restrict: the thick bar is what they allow, the thin \
               one all that occurs. By chance: how likely as many trials with the outcome would be if \
               the limit made no difference.",
    }
    /// Coverage against density.
    Tradeoff {
        word: "tradeoff",
        about: "how much conditions cover, against how frequent they make it",
        place: Open,
        heading: "How much the conditions explain",
        note: "Each point is a set of conditions on the way to the one that is shown. The stricter they are, \
               the more frequent the outcome is where they hold (upwards), and the more of its trials \
               lie outside (to the left).",
    }
}

/// Where charts of a kind stand on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChartPlace {
    /// On the first screen, which has the same numbers as a list of bars.
    First,
    /// Among the charts, at once.
    Open,
    /// Among the charts, behind a control.
    Behind,
}

/// The texts about a kind of charts.
#[derive(Clone, Copy, Debug)]
pub struct ChartKindText {
    /// The word for it on the command line.
    pub word: &'static str,
    /// What it shows, in one line.
    pub about: &'static str,
    /// Where it stands on the page.
    pub place: ChartPlace,
    /// The heading of charts of this kind on the page.
    pub heading: &'static str,
    /// How to read them.
    pub note: &'static str,
}

impl ChartKind {
    /// The word for it on the command line.
    pub fn word(self) -> &'static str {
        self.text().word
    }
}

impl fmt::Display for ChartKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for ChartKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = ChartKind::ALL.iter().copied().find(|kind| kind.word() == text);
        found.ok_or_else(|| format!("no kind of chart is called `{text}`"))
    }
}

/// A finished chart.
///
/// In the drawing, marks about an outcome are within a `<g data-outcome="ID">`, and a mark with a
/// value is an element of class `mark` whose `<title>` gives the value in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The file's name, without folder and ending. In a run folder no two are the same: see
    /// `Gallery` in `verbs::report`.
    pub name: String,
    /// What it shows.
    pub kind: ChartKind,
    /// The chart.
    pub drawing: Drawing,
    /// Why it could not be drawn, where it could not: the drawing is empty then.
    pub missing: Option<ChartError>,
    /// What the chart shows, in a sentence or two, for those who cannot see it.
    pub alt: String,
    /// The numbers it shows.
    pub data: ChartData,
}

impl Picture {
    /// Draws a chart. Numbers that cannot be drawn make a picture that is [missing](Self::missing), so
    /// that the other charts are drawn all the same.
    ///
    /// # Errors
    ///
    /// A chart of which not even the empty sheet can be drawn.
    pub fn of(
        name: impl Into<String>,
        kind: ChartKind,
        chart: &impl Chart,
    ) -> Result<Self, ChartError> {
        let (drawing, missing) = match chart.drawing() {
            Ok(drawing) => (drawing, None),
            Err(error) => (Drawing::empty(chart.title())?, Some(error)),
        };
        Ok(Picture {
            name: name.into(),
            kind,
            drawing,
            missing,
            alt: chart.alt(),
            data: chart.data(),
        })
    }
}
