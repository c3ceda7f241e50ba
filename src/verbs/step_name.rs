//! What the steps of a trial are called.

use jiff::civil::Date;

use crate::model::Dates;
use crate::scenario::StepUnit;

/// The name of a step: by its date where the scenario has dates, else by its number.
pub(crate) enum StepName {
    /// It has no date.
    Numbered(u64),
    /// It begins on this day and is so long.
    Dated(Date, StepUnit),
}

impl StepName {
    /// The name of a step.
    pub fn of(dates: Option<Dates>, step: u64) -> Self {
        let day = |dates: Dates| dates.day_of(i64::try_from(step).ok()?);
        match dates.and_then(|dates| Some((day(dates)?, dates.unit))) {
            Some((day, unit)) => StepName::Dated(day, unit),
            None => StepName::Numbered(step),
        }
    }

    /// Whether it has a date.
    #[cfg(any(feature = "cli", feature = "report"))]
    pub fn is_dated(&self) -> bool {
        match self {
            StepName::Numbered(_) => false,
            StepName::Dated(..) => true,
        }
    }

    /// As a heading: `November 2017`, `Step 3`. A month is named by the one in which it begins.
    pub fn heading(&self) -> String {
        match self {
            StepName::Numbered(step) => format!("Step {step}"),
            StepName::Dated(day, StepUnit::Day) => day.strftime("%-d %B %Y").to_string(),
            StepName::Dated(day, StepUnit::Week) => {
                format!("Week of {}", day.strftime("%-d %B %Y"))
            }
            StepName::Dated(day, StepUnit::Month) => day.strftime("%B %Y").to_string(),
            StepName::Dated(day, StepUnit::Quarter) => {
                format!("Quarter from {}", day.strftime("%-d %B %Y"))
            }
            StepName::Dated(day, StepUnit::Year) if (day.month(), day.day()) == (1, 1) => {
                day.year().to_string()
            }
            StepName::Dated(day, StepUnit::Year) => {
                format!("Year from {}", day.strftime("%-d %B %Y"))
            }
        }
    }

    /// Within a sentence: `in November 2017`, `in step 3`.
    pub fn within(&self) -> String {
        match self {
            StepName::Numbered(step) => format!("in step {step}"),
            StepName::Dated(_, StepUnit::Day) => format!("on {}", self.heading()),
            StepName::Dated(_, StepUnit::Month) => format!("in {}", self.heading()),
            StepName::Dated(_, StepUnit::Week) => {
                format!("in the {}", self.heading().replace("Week", "week"))
            }
            StepName::Dated(_, StepUnit::Quarter) => {
                format!("in the {}", self.heading().replace("Quarter", "quarter"))
            }
            StepName::Dated(_, StepUnit::Year) => {
                let own = self.heading();
                match own.strip_prefix("Year") {
                    Some(rest) => format!("in the year{rest}"),
                    None => format!("in {own}"),
                }
            }
        }
    }

    /// From this step to a later one, within a sentence: `between March and May 2018`, `between step 3 and
    /// step 5`.
    #[cfg(any(feature = "cli", feature = "report"))]
    pub fn until(&self, last: &StepName) -> String {
        let is_year = |day: &Date, other: &Date| day.year() == other.year();
        let first = match (self, last) {
            (StepName::Dated(day, StepUnit::Month), StepName::Dated(other, _))
                if is_year(day, other) =>
            {
                day.strftime("%B").to_string()
            }
            (StepName::Numbered(_) | StepName::Dated(..), _) => self.noun(),
        };
        format!("between {first} and {}", last.noun())
    }

    /// As a noun within a sentence: `November 2017`, `step 3`, `the week of 13 September 2017`.
    #[cfg(any(feature = "cli", feature = "report"))]
    pub fn noun(&self) -> String {
        let own = self.within();
        let own = own.strip_prefix("in ").or(own.strip_prefix("on ")).unwrap_or(&own);
        own.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_called_by_their_dates() {
        let name = |day: &str, unit, step| {
            let dates = Dates { start: day.parse().expect("a day"), unit };
            let name = StepName::of(Some(dates), step);
            [name.heading(), name.within()]
        };
        assert_eq!(name("2017-09-06", StepUnit::Month, 2), ["November 2017", "in November 2017"]);
        assert_eq!(name("2017-01-01", StepUnit::Year, 1), ["2018", "in 2018"]);
        let year = name("2017-09-06", StepUnit::Year, 0);
        assert_eq!(year, ["Year from 6 September 2017", "in the year from 6 September 2017"]);
        let week = name("2017-09-06", StepUnit::Week, 1);
        assert_eq!(week, ["Week of 13 September 2017", "in the week of 13 September 2017"]);
        assert_eq!(StepName::of(None, 3).within(), "in step 3");
    }

    #[cfg(feature = "report")]
    #[test]
    fn a_span_of_steps_names_both_ends_and_a_year_once() {
        let span = |day: &str, unit, first, last| {
            let dates = Dates { start: day.parse().expect("a day"), unit };
            StepName::of(Some(dates), first).until(&StepName::of(Some(dates), last))
        };
        assert_eq!(span("2018-01-06", StepUnit::Month, 2, 4), "between March and May 2018");
        let years = span("2017-09-06", StepUnit::Month, 2, 4);
        assert_eq!(years, "between November 2017 and January 2018");
        let weeks = span("2017-09-06", StepUnit::Week, 0, 1);
        assert_eq!(weeks, "between the week of 6 September 2017 and the week of 13 September 2017");
        let days = span("2017-09-06", StepUnit::Day, 0, 1);
        assert_eq!(days, "between 6 September 2017 and 7 September 2017");
        assert_eq!(
            StepName::of(None, 3).until(&StepName::of(None, 5)),
            "between step 3 and step 5"
        );
    }
}
