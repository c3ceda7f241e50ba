//! The items of a menu, each compiled as an option of its own, and what is wrong with some of them.
//!
//! What does not depend on the item is told once. What does, such as a constant outside a range, is told
//! with the item, and not at all of items that are never open.

use super::compile::{AssignedConstant, FormulaCompiler};
use super::names::ActionMenu;
use super::program::{Action, Item};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::scenario as file;

/// An item as it was compiled.
struct CompiledItem {
    option: Action,
    /// What the item is called in messages: `x = 0.5, y = 1`.
    words: String,
    /// Whether its condition can never hold.
    is_closed: bool,
    found: Diagnostics,
    assigned: Vec<AssignedConstant>,
}

impl FormulaCompiler<'_> {
    /// The options of an action with a menu, one for each item.
    pub(super) fn items(
        &mut self,
        actor: &str,
        action: &file::Action,
        menu: &ActionMenu,
    ) -> Vec<Action> {
        let mut all = Vec::with_capacity(menu.items.len());
        for item in &menu.items {
            let values = item.values.iter().map(|value| Some(*value));
            self.item = menu.names.iter().cloned().zip(values).collect();
            let told = std::mem::take(self.found);
            let noted = std::mem::take(&mut self.assigned);
            let named = Item { what: item.what, name: super::names::shared(&item.name) };
            let option = self.option(actor, action, Some(named));
            let known = &mut self.known;
            let is_never =
                |when: &super::program::Formula| when.settled && known.is_never(&when.node);
            all.push(CompiledItem {
                is_closed: option.when.as_ref().is_some_and(is_never),
                option,
                words: item.words.clone(),
                found: std::mem::replace(self.found, told),
                assigned: std::mem::replace(&mut self.assigned, noted),
            });
        }
        self.item.clear();
        let mistakes = mistakes(&all);
        self.found.extend_with_new(mistakes);
        self.assigned.extend(assigned(&all));
        all.into_iter().map(|item| item.option).collect()
    }
}

/// What is wrong with the items, each mistake once.
fn mistakes(items: &[CompiledItem]) -> Diagnostics {
    let mut all = Diagnostics::new();
    for item in items {
        let mut own = Diagnostics::new();
        for wrong in item.found.iter() {
            let is_same =
                |other: &&Diagnostic| (other.code, other.span) == (wrong.code, wrong.span);
            let others = items
                .iter()
                .filter_map(|other| Some((other.is_closed, other.found.iter().find(is_same)?)));
            let others: Vec<(bool, &Diagnostic)> = others.collect();
            if !is_of_value(wrong.code)
                || (others.len() == items.len() && others.iter().all(|(_, other)| *other == wrong))
            {
                own.push(wrong.clone());
            } else if !item.is_closed {
                let open = others.iter().filter(|(is_closed, _)| !is_closed).count();
                own.push(with_item(wrong.clone(), &item.words, open - 1));
            }
        }
        all.extend_with_new(own);
    }
    all
}

/// The constants that variables are set to: once where all items set the same, else for each item that
/// can be open.
fn assigned(items: &[CompiledItem]) -> Vec<AssignedConstant> {
    let mut all = Vec::new();
    for item in items {
        for constant in &item.assigned {
            let others = items.iter().flat_map(|item| &item.assigned);
            let others = others.filter(|other| {
                other.span == constant.span && other.value.to_bits() == constant.value.to_bits()
            });
            if others.count() == items.len() {
                all.push(constant.clone());
            } else if !item.is_closed {
                all.push(AssignedConstant { item: Some(item.words.clone()), ..constant.clone() });
            }
        }
    }
    all
}

/// A mistake with the item in which it shows, and how many others it shows in.
pub(super) fn with_item(wrong: Diagnostic, item: &str, others: usize) -> Diagnostic {
    let message = format!("{}, with {item}", wrong.message);
    let wrong = Diagnostic { message, ..wrong };
    match others {
        0 => wrong,
        1 => wrong.hint("the same in another item of the menu"),
        many => wrong.hint(format!("the same in {many} other items of the menu")),
    }
}

/// Whether a kind of mistake is one of values, which an item that is never open does not make.
fn is_of_value(code: Code) -> bool {
    matches!(
        code,
        Code::NotFinite
            | Code::BadParameters
            | Code::ClampBounds
            | Code::NotChance
            | Code::ChanceSum
            | Code::NegativeNumber
            | Code::ConsentRule
    )
}
