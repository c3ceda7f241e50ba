//! What formulas can read of the date on which a step begins.

use jiff::civil::Date;

/// A part of the date on which a step begins, which formulas read by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayPart {
    /// `month`, from 1 to 12.
    Month,
    /// `year`, such as 2024.
    Year,
}

impl DayPart {
    /// Both of them.
    pub const ALL: [DayPart; 2] = [DayPart::Month, DayPart::Year];

    /// The name by which formulas read it.
    pub fn name(self) -> &'static str {
        match self {
            DayPart::Month => "month",
            DayPart::Year => "year",
        }
    }

    /// The part that has this name.
    pub fn find(name: &str) -> Option<DayPart> {
        DayPart::ALL.into_iter().find(|part| part.name() == name)
    }

    /// This part of a date.
    pub fn of(self, day: Date) -> f64 {
        match self {
            DayPart::Month => f64::from(day.month()),
            DayPart::Year => f64::from(day.year()),
        }
    }
}
