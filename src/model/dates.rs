//! The dates of steps.

use jiff::civil::Date;
use jiff::{Span, ToSpan, Unit};

use crate::formula::DayPart;
use crate::scenario::StepUnit;

/// The calendar of a scenario: when step 0 begins and how long a step is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dates {
    /// The day step 0 begins.
    pub start: Date,
    /// How long a step is.
    pub unit: StepUnit,
}

impl Dates {
    /// The day that step `step` begins, `start + step` units; months count from
    /// the day of the start and end with the month where they are shorter.
    /// `None` outside the years that dates can have.
    pub fn day_of(&self, step: i64) -> Option<Date> {
        self.start.checked_add(self.span(step)?).ok()
    }

    fn span(&self, step: i64) -> Option<Span> {
        let (count, months) = match self.unit {
            StepUnit::Day => return Span::new().try_days(step).ok(),
            StepUnit::Week => return Span::new().try_days(step.checked_mul(7)?).ok(),
            StepUnit::Month => (step, 1),
            StepUnit::Quarter => (step, 3),
            StepUnit::Year => (step, 12),
        };
        Span::new().try_months(count.checked_mul(months)?).ok()
    }

    /// The step that a day falls in: the last that begins on or before it.
    /// Negative before the run.
    pub fn step_of(&self, date: Date) -> i64 {
        let days = self.start.until((Unit::Day, date)).map_or(0, |span| i64::from(span.get_days()));
        let months = i64::from(date.year() - self.start.year()) * 12
            + i64::from(date.month() - self.start.month());
        let mut step = match self.unit {
            StepUnit::Day => return days,
            StepUnit::Week => return days.div_euclid(7),
            StepUnit::Month => months,
            StepUnit::Quarter => months.div_euclid(3),
            StepUnit::Year => months.div_euclid(12),
        };
        // The guess ignores the day of the month; walk to the exact step.
        while self.day_of(step).is_some_and(|day| day > date) {
            step -= 1;
        }
        while self.day_of(step + 1).is_some_and(|day| day <= date) {
            step += 1;
        }
        step
    }

    /// A part of the first day of each step of a run, one at least. Beyond the years that dates can
    /// have, it is that of the last day that there is.
    pub fn parts(&self, part: DayPart, steps: u32) -> Vec<f64> {
        let day = |step: u32| self.day_of(i64::from(step)).unwrap_or(Date::MAX);
        (0..steps.max(1)).map(|step| part.of(day(step))).collect()
    }

    /// The day after the last of a run of `steps` steps.
    pub fn end(&self, steps: u32) -> Option<Date> {
        self.day_of(i64::from(steps))
    }

    /// The last day of a run of `steps` steps.
    pub fn last_day(&self, steps: u32) -> Option<Date> {
        self.end(steps).and_then(|day| day.checked_sub(1.day()).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn months_count_from_the_day_of_the_start() {
        let dates = Dates { start: date(2024, 1, 31), unit: StepUnit::Month };
        assert_eq!(dates.day_of(1), Some(date(2024, 2, 29)));
        assert_eq!(dates.day_of(2), Some(date(2024, 3, 31)));
        for (day, step) in [
            (date(2024, 1, 30), -1),
            (date(2024, 1, 31), 0),
            (date(2024, 2, 28), 0),
            (date(2024, 2, 29), 1),
            (date(2024, 3, 30), 1),
            (date(2024, 3, 31), 2),
            (date(2034, 1, 31), 120),
            (date(2023, 12, 31), -1),
            (date(2023, 12, 30), -2),
        ] {
            assert_eq!(dates.step_of(day), step, "{day}");
        }
    }

    #[test]
    fn other_units_count_alike() {
        let at = |unit, day| Dates { start: date(2017, 9, 6), unit }.step_of(day);
        assert_eq!(at(StepUnit::Day, date(2017, 9, 16)), 10);
        assert_eq!(at(StepUnit::Week, date(2017, 9, 12)), 0);
        assert_eq!(at(StepUnit::Week, date(2017, 9, 13)), 1);
        assert_eq!(at(StepUnit::Week, date(2017, 9, 5)), -1);
        assert_eq!(at(StepUnit::Quarter, date(2018, 3, 6)), 2);
        assert_eq!(at(StepUnit::Year, date(2018, 9, 5)), 0);
        assert_eq!(at(StepUnit::Year, date(1997, 9, 6)), -20);
    }
}
