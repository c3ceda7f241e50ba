//! Where the names of points on a plane go so that nothing overlaps. Pure geometry, like `placement`.

/// A rectangle, in CSS pixels from the upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct LabelBox {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl LabelBox {
    /// A rectangle around a middle.
    pub fn around((x, y): (f64, f64), half_width: f64, half_height: f64) -> Self {
        Self {
            left: x - half_width,
            top: y - half_height,
            right: x + half_width,
            bottom: y + half_height,
        }
    }

    /// Whether two rectangles have some area in common.
    pub fn overlaps(&self, other: &LabelBox) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// Whether the other one lies within this one.
    pub fn holds(&self, other: &LabelBox) -> bool {
        self.left <= other.left
            && self.top <= other.top
            && other.right <= self.right
            && other.bottom <= self.bottom
    }

    /// Whether a straight line between two points runs through it (Liang and Barsky 1984).
    fn is_crossed(&self, [(x, y), (end_x, end_y)]: [(f64, f64); 2]) -> bool {
        let sides = [(x, end_x - x, self.left, self.right), (y, end_y - y, self.top, self.bottom)];
        let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
        for (from, way, low, high) in sides {
            if way == 0.0 {
                if from <= low || from >= high {
                    return false;
                }
                continue;
            }
            let (a, b) = ((low - from) / way, (high - from) / way);
            enters = enters.max(a.min(b));
            leaves = leaves.min(a.max(b));
        }
        enters < leaves
    }

    /// The middle.
    pub fn middle(&self) -> (f64, f64) {
        ((self.left + self.right) / 2.0, (self.top + self.bottom) / 2.0)
    }
}

/// The distance between a point and a name beside it.
const NEAR: f64 = 7.0;
/// Heights above and below the point that are tried if there is no room beside it: a thin line joins
/// them then.
const FAR: [f64; 9] = [20.0, 36.0, 52.0, 68.0, 84.0, 100.0, 130.0, 160.0, 200.0];
/// How far to the side a name is tried at each of these heights, as a part of half its width and in
/// pixels.
const SIDE: [(f64, f64); 9] = [
    (0.0, 0.0),
    (0.5, 0.0),
    (-0.5, 0.0),
    (1.0, 0.0),
    (-1.0, 0.0),
    (1.0, 25.0),
    (-1.0, -25.0),
    (1.0, 60.0),
    (-1.0, -60.0),
];

/// How far above and below a name other marks would want their own names.
const COLUMN: f64 = 40.0;
/// What it costs to stand there, and to draw a line through a mark, for each such mark, in pixels of the
/// length of a line.
const BLOCKED: f64 = 15.0;
const CROSSED: f64 = 40.0;

/// The place of a name, and the line that joins it with its mark, if it is far away.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct NamePlace {
    pub name: LabelBox,
    pub line: Option<[(f64, f64); 2]>,
}

impl NamePlace {
    /// Whether it overlaps another name, or the line of one crosses the other.
    fn meets(&self, other: &NamePlace) -> bool {
        self.name.overlaps(&other.name)
            || self.line.is_some_and(|line| other.name.is_crossed(line))
            || other.line.is_some_and(|line| self.name.is_crossed(line))
    }
}

/// Places right or left of a mark, above or below it, for a name of a `size` (width and height).
fn near(mark: &LabelBox, (width, height): (f64, f64), sheet: &LabelBox) -> [NamePlace; 8] {
    let (x, y) = mark.middle();
    let (half_width, half_height) = (width / 2.0, height / 2.0);
    let level = y.min(sheet.bottom - half_height).max(sheet.top + half_height);
    let (right, left) = (mark.right + NEAR + half_width, mark.left - NEAR - half_width);
    let (above, below) = (mark.top - 3.0 - half_height, mark.bottom + 3.0 + half_height);
    [
        (right, level),
        (x, above),
        (left, level),
        (x, below),
        (x + half_width, above),
        (x + half_width, below),
        (x - half_width, above),
        (x - half_width, below),
    ]
    .map(|at| NamePlace { name: LabelBox::around(at, half_width, half_height), line: None })
}

/// Places further above and below a mark, each with a line to it.
fn far(mark: &LabelBox, (width, height): (f64, f64)) -> impl Iterator<Item = NamePlace> {
    let (x, y) = mark.middle();
    let (half_width, half_height) = (width / 2.0, height / 2.0);
    let heights = FAR.into_iter().flat_map(|height| [-height, height]);
    heights.flat_map(move |height| {
        SIDE.map(|(part, pixels)| {
            let at = (x + part * half_width + pixels, y + height);
            let name = LabelBox::around(at, half_width, half_height);
            let end_x = x.clamp(name.left + 4.0, (name.right - 4.0).max(name.left + 4.0));
            let end_y = y.clamp(name.top, name.bottom);
            NamePlace { name, line: Some([(x, y), (end_x, end_y)]) }
        })
    })
}

/// What else stands on the plane: its edges, the marks, and the names that have their places.
pub(super) struct Crowd<'a> {
    pub sheet: LabelBox,
    pub marks: &'a [LabelBox],
    pub names: &'a [NamePlace],
}

impl Crowd<'_> {
    /// The best place for a name of a `size` (width and height) near a mark, or further away with a
    /// line. The name overlaps no mark, and neither it nor its line meets another name. `None` if
    /// there is no such place.
    pub fn place(&self, mark: &LabelBox, size: (f64, f64)) -> Option<NamePlace> {
        let near = near(mark, size, &self.sheet);
        self.best(mark, near.into_iter().chain(far(mark, size)))
    }

    /// The same without places further away.
    pub fn place_near(&self, mark: &LabelBox, size: (f64, f64)) -> Option<NamePlace> {
        self.best(mark, near(mark, size, &self.sheet).into_iter())
    }

    fn best(&self, mark: &LabelBox, places: impl Iterator<Item = NamePlace>) -> Option<NamePlace> {
        let is_free = |place: &NamePlace| {
            self.sheet.holds(&place.name)
                && !self.marks.iter().any(|other| place.name.overlaps(other))
                && !self.names.iter().any(|other| place.meets(other))
        };
        let cost = |place: &NamePlace| {
            let length = place
                .line
                .map_or(0.0, |[(x, y), (end_x, end_y)]| (end_x - x).abs() + (end_y - y).abs());
            let others = || self.marks.iter().filter(|other| !other.overlaps(mark));
            let column = LabelBox {
                top: place.name.top - COLUMN,
                bottom: place.name.bottom + COLUMN,
                ..place.name
            };
            let blocked = others().filter(|other| column.overlaps(other)).count() as f64;
            let crossed = place
                .line
                .map_or(0.0, |line| others().filter(|other| other.is_crossed(line)).count() as f64);
            length + blocked * BLOCKED + crossed * CROSSED
        };
        let costs = places.filter(is_free).map(|place| (cost(&place), place));
        costs.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, place)| place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: LabelBox = LabelBox { left: 0.0, top: 0.0, right: 400.0, bottom: 300.0 };

    #[test]
    fn a_name_stands_right_of_its_mark_if_there_is_room() {
        let place = |x: f64| {
            let mark = LabelBox::around((x, 100.0), 4.0, 4.0);
            let crowd = Crowd { sheet: SHEET, marks: &[mark], names: &[] };
            crowd.place(&mark, (50.0, 14.0)).unwrap()
        };
        assert_eq!((place(100.0).name.left, place(100.0).line), (111.0, None));
        assert!(place(390.0).name.right <= 400.0 && place(390.0).line.is_none());
    }

    #[test]
    fn names_of_a_crowd_overlap_neither_each_other_nor_the_marks() {
        let marks: Vec<LabelBox> = (0..12)
            .map(|k| (200.0 + f64::from(k * k % 7) * 6.0, 150.0 + f64::from(k % 5) * 6.0))
            .map(|at| LabelBox::around(at, 4.0, 4.0))
            .collect();
        let mut names: Vec<NamePlace> = Vec::new();
        for mark in &marks {
            let crowd = Crowd { sheet: SHEET, marks: &marks, names: &names };
            let Some(place) = crowd.place(mark, (60.0, 14.0)) else { continue };
            assert!(SHEET.holds(&place.name));
            assert!(marks.iter().all(|other| !place.name.overlaps(other)));
            assert!(names.iter().all(|other| !place.name.overlaps(&other.name)));
            names.push(place);
        }
        assert!(names.len() >= 9, "most find a place: {}", names.len());
    }

    #[test]
    fn a_name_avoids_the_place_where_others_want_theirs() {
        let mark = LabelBox::around((100.0, 100.0), 4.0, 4.0);
        let others =
            (0..4).map(|k| LabelBox::around((120.0 + 12.0 * f64::from(k), 130.0), 4.0, 4.0));
        let marks: Vec<LabelBox> = [mark].into_iter().chain(others).collect();
        let crowd = Crowd { sheet: SHEET, marks: &marks, names: &[] };
        let place = crowd.place(&mark, (60.0, 14.0)).unwrap();
        assert!(place.name.right < 100.0, "left of it: {place:?}");
    }

    #[test]
    fn a_line_crosses_a_box_that_it_runs_through() {
        let square = LabelBox::around((50.0, 50.0), 10.0, 10.0);
        for (line, is_crossed) in [
            ([(0.0, 0.0), (100.0, 100.0)], true),
            ([(50.0, 0.0), (50.0, 100.0)], true),
            ([(0.0, 50.0), (45.0, 50.0)], true),
            ([(0.0, 50.0), (39.0, 50.0)], false),
            ([(0.0, 100.0), (30.0, 0.0)], false),
            ([(61.0, 0.0), (61.0, 100.0)], false),
        ] {
            assert_eq!(square.is_crossed(line), is_crossed, "{line:?}");
        }
    }

    #[test]
    fn a_name_wider_than_the_sheet_has_no_place() {
        let mark = LabelBox::around((100.0, 100.0), 4.0, 4.0);
        let crowd = Crowd { sheet: SHEET, marks: &[], names: &[] };
        assert_eq!(crowd.place(&mark, (500.0, 14.0)), None);
        assert_eq!(crowd.place_near(&mark, (500.0, 14.0)), None);
    }
}
