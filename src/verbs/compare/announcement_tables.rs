//! Deed and announcement as a table for the terminal and one for the page.

#[cfg(feature = "report")]
use super::announcement::AnnouncementRow;
use super::announcement_words::AnnouncementWords;
use crate::format::{points, points_range};
#[cfg(feature = "report")]
use crate::report::{PageCell, PageTable, Scene};
#[cfg(feature = "cli")]
use crate::verbs::terminal::{cut, plain};

/// How many changes the terminal lists if they stand out, and if none does.
#[cfg(feature = "cli")]
const LISTED: [usize; 2] = [10, 5];
/// The width of a name in a table of the terminal.
#[cfg(feature = "cli")]
const NAME: usize = 26;

impl AnnouncementWords<'_> {
    /// A table for the terminal, and how to read it.
    #[cfg(feature = "cli")]
    pub fn terminal_table(&self) -> String {
        if self.tables.announcement.is_none() {
            return String::new();
        }
        let clear = self.clear();
        let (title, listed) = match clear.is_empty() {
            true => ("No change stands out; the largest", self.all().into_iter().take(LISTED[1])),
            false => ("The largest changes that stand out", clear.into_iter().take(LISTED[0])),
        };
        let rows = listed.map(|row| {
            vec![
                cut(&row.world, NAME),
                cut(&row.policy, NAME),
                cut(&row.outcome, NAME),
                points(row.total),
                points(row.deed),
                points_range(row.deed_low, row.deed_high),
                points(row.announcement),
                points_range(row.announcement_low, row.announcement_high),
            ]
        });
        let heads =
            ["World", "Policy", "Outcome", "change", "deed", "95 %", "announcement", "95 %"];
        let mut text = format!(
            "\nDeed and announcement, in percentage points. {title}:\n{}",
            plain(&heads, rows.collect(), &[3, 4, 5, 6, 7])
        );
        text.push_str(
            "deed: what the policy changes if no actor knows of it beforehand. announcement: what \
             their knowing\nof it adds. The deed comes first by convention. Each interval for itself. \
             All rows: announcement.csv.\n",
        );
        for sentence in self.unannounced() {
            text.push_str(&format!("{sentence}\n"));
        }
        text
    }

    /// A table for the page; nothing where it was not asked for.
    #[cfg(feature = "report")]
    pub fn page_table(&self, scene: &Scene<'_>) -> Option<PageTable> {
        self.tables.announcement.as_ref()?;
        let heads = [
            "Policy",
            "World",
            "Outcome",
            "#Change, points",
            "#Deed",
            "#95 %",
            "#Announcement",
            "#95 %",
        ];
        let caption = "Deed and announcement: what each policy changes if no actor knows of it \
                       beforehand, and what their knowing of it adds; the largest change first";
        let mut table = PageTable::new(caption, &heads);
        let clear = self.clear();
        let stands_out = |row: &AnnouncementRow| clear.iter().any(|own| std::ptr::eq(*own, row));
        for row in self.all() {
            let size = |value: f64| PageCell::number(points(value), value);
            let range = |low: f64, high: f64| PageCell::number(points_range(low, high), low);
            let shown = table.row(vec![
                PageCell::text(self.titles.policy(&row.scenario, &row.policy)),
                PageCell::text(self.titles.world(&row.world)),
                PageCell::outcome(scene, &row.outcome),
                size(row.total),
                size(row.deed),
                range(row.deed_low, row.deed_high),
                size(row.announcement),
                range(row.announcement_low, row.announcement_high),
            ]);
            shown.outcome = Some(row.outcome.clone());
            shown.strong = stands_out(row);
        }
        Some(table)
    }

    /// How to read the table of the page.
    #[cfg(feature = "report")]
    pub fn note(&self) -> Option<String> {
        self.tables.announcement.as_ref()?;
        let read = "Deed: the policy kept secret against the baseline. Announcement: the policy \
                    against the same policy kept secret. The deed comes first by convention; each \
                    interval is for itself.";
        Some([read.to_owned()].into_iter().chain(self.unannounced()).collect::<Vec<_>>().join(" "))
    }
}
