//! Menus: an action that is offered with one of several values.

use super::rounding;
use crate::diagnostic::Spanned;

/// The values that an action can be taken with, of which an actor chooses one.
#[derive(Clone, Debug)]
pub struct Menu {
    /// One or two names, each with its values, which are distinct; the last name runs fastest. Of a menu
    /// with a mistake, which was reported, the names without values.
    pub names: Vec<(Spanned<String>, Vec<f64>)>,
}

impl Menu {
    /// The items, each with a value for every name.
    pub fn items(&self) -> Vec<Vec<f64>> {
        let mut items = vec![Vec::new()];
        for (_, values) in &self.names {
            let with = |item: &Vec<f64>, value: f64| [item.as_slice(), &[value]].concat();
            items = items
                .iter()
                .flat_map(|item| values.iter().map(move |value| with(item, *value)))
                .collect();
        }
        items
    }

    /// What an item is called: `x=0.5,y=1`, names in the order of the file, numbers in their shortest
    /// decimal text.
    pub fn item_name(&self, item: &[f64]) -> String {
        let parts = self.names.iter().zip(item);
        let parts: Vec<_> =
            parts.map(|((name, _), value)| format!("{}={value}", name.value)).collect();
        parts.join(",")
    }

    /// The values of the name at an index, as people read them.
    pub fn value_labels(&self, index: usize) -> Vec<String> {
        self.names.get(index).map(|(_, values)| rounding::labels(values)).unwrap_or_default()
    }

    /// What an item is called where people read it: as [`item_name`](Self::item_name), but values with many
    /// digits are rounded to as few as tell the values of their name apart.
    pub fn item_label(&self, item: &[f64]) -> String {
        self.item_labels(&[item.to_vec()]).concat()
    }

    /// The labels of some items, as [`item_label`](Self::item_label) has them, with the values of each name
    /// rounded only once.
    pub fn item_labels(&self, items: &[Vec<f64>]) -> Vec<String> {
        let names: Vec<_> = self
            .names
            .iter()
            .map(|(name, values)| (name, values, rounding::labels(values)))
            .collect();
        let label = |item: &Vec<f64>| {
            let parts = names.iter().zip(item).map(|((name, values, labels), value)| {
                let index = values.iter().position(|own| own == value);
                let label = index.map_or_else(|| value.to_string(), |index| labels[index].clone());
                format!("{}={label}", name.value)
            });
            parts.collect::<Vec<_>>().join(",")
        };
        items.iter().map(label).collect()
    }

    /// The item that a text means, such as `y = 1, x = 0.50`: names in any order, values compared as
    /// numbers, and a value with many digits also by its first ones. `None` if there is no such item.
    pub fn find(&self, text: &str) -> Option<Vec<f64>> {
        let given = given(text)?;
        if given.len() != self.names.len() {
            return None;
        }
        let value = |(name, values): &(Spanned<String>, Vec<f64>)| {
            let (_, value) = given.iter().find(|(own, _)| *own == name.value)?;
            rounding::meant(value, values)
        };
        self.names.iter().map(value).collect()
    }

    /// The item nearest to numbers given for some of its names; for the others the first value.
    pub fn nearest(&self, given: &[(&str, f64)]) -> Vec<f64> {
        let value = |(name, values): &(Spanned<String>, Vec<f64>)| {
            let wanted = given.iter().find(|(own, _)| *own == name.value);
            let far = |value: &f64| wanted.map_or(0.0, |(_, wanted)| (value - wanted).abs());
            values.iter().copied().min_by(|a, b| far(a).total_cmp(&far(b))).unwrap_or_default()
        };
        self.names.iter().map(value).collect()
    }
}

/// The names and values of a text such as `y = 1, x = 0.50`, as written; `None` for another text.
pub(super) fn given(text: &str) -> Option<Vec<(&str, &str)>> {
    let parts = text.split(',').map(|part| part.split_once('='));
    parts.map(|part| part.map(|(name, value)| (name.trim(), value.trim()))).collect()
}

/// An action's name and the item that is meant of it, of a text such as `a.propose[x=0.5]`.
pub fn split_item(path: &str) -> (&str, Option<&str>) {
    match path.strip_suffix(']').and_then(|path| path.split_once('[')) {
        Some((action, item)) => (action.trim_end(), Some(item)),
        None => (path, None),
    }
}

/// An item's name as people read it: `x = 0.5, y = 1`.
pub fn item_in_words(item: &str) -> String {
    item.replace('=', " = ").replace(',', ", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Span;

    fn menu() -> Menu {
        let name = |name: &str| Spanned::new(name.to_owned(), Span::new(0, 0));
        Menu { names: vec![(name("x"), vec![0.5, 0.25]), (name("y"), vec![1.0, 1e21, -2.0])] }
    }

    #[test]
    fn the_last_name_runs_fastest() {
        let menu = menu();
        let names: Vec<_> = menu.items().iter().map(|item| menu.item_name(item)).collect();
        assert_eq!(names[..2], ["x=0.5,y=1", "x=0.5,y=1000000000000000000000"]);
        assert_eq!(names[3..], ["x=0.25,y=1", "x=0.25,y=1000000000000000000000", "x=0.25,y=-2"]);
    }

    #[test]
    fn items_are_found_by_their_numbers() {
        let menu = menu();
        assert_eq!(menu.find("y = 1, x = 0.50"), Some(vec![0.5, 1.0]));
        assert_eq!(menu.find("x=25e-2,y=1e21"), Some(vec![0.25, 1e21]));
        for text in ["x=0.5", "x=0.5,y=2", "x=0.5,x=0.5", "x=0.5,z=1", "", "x=0.5,y=1,y=1", "x,y"] {
            assert_eq!(menu.find(text), None, "{text}");
        }
        assert_eq!(menu.nearest(&[("y", -1.0), ("x", 0.3)]), [0.25, -2.0]);
        assert_eq!(menu.nearest(&[("x", 7.0)]), [0.5, 1.0]);
        assert_eq!(split_item("a.go[x=1]"), ("a.go", Some("x=1")));
        assert_eq!(split_item("a.go"), ("a.go", None));
        assert_eq!(split_item("a.go[x=1"), ("a.go[x=1", None));
    }
}
