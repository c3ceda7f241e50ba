//! `demarche doctor`: whether this machine computes what every other machine computes.

use super::clock::Clock;
use super::failure::{Failure, print};
use crate::doctor::{Examined, ExaminedPath, examine};
use crate::engine::Path;
use crate::format::count;
use crate::verbs::terminal::plain;

/// How many columns that differ are named.
const NAMED: usize = 12;

/// Prints what was found of every path through the processor.
pub(super) fn doctor() -> Result<(), Failure> {
    let clock = Clock::start();
    let all = examine(&|| clock.elapsed()).map_err(Failure::could_not)?;
    print(&told(&all))?;
    match all.iter().filter_map(|path| path.found.as_ref()).all(|own| own.differing.is_empty()) {
        true => Ok(()),
        false => Err(Failure::could_not(
            "this machine, or this build, computes other numbers than it should; results from it cannot be trusted",
        )),
    }
}

/// The table, and in words what it comes to.
fn told(all: &[ExaminedPath]) -> String {
    let row = |path: &ExaminedPath| {
        let (speed, numbers) = match &path.found {
            None => (String::new(), "not on this machine".to_owned()),
            Some(own) => (count(own.trials_per_second.round() as u64), numbers(own)),
        };
        vec![path.name.to_owned(), speed, numbers]
    };
    let mut text = plain(&["Path", "Trials/s", "Numbers"], all.iter().map(row).collect(), &[1]);
    let found: Vec<(&str, &Examined)> =
        all.iter().filter_map(|path| Some((path.name, path.found.as_ref()?))).collect();
    if found.iter().all(|(_, own)| own.differing.is_empty()) {
        text += &format!(
            "\nAll agree to the last bit, with each other and with what was computed when this version was\n\
             written. Trials are of the border crisis, on one thread; `{}` is what runs use here.\n",
            Path::best().name()
        );
        return text;
    }
    for (name, own) in found.iter().filter(|(_, own)| !own.differing.is_empty()) {
        let named = own.differing.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
        text += &format!("\n{name} differs in {named}\n");
    }
    text
}

fn numbers(own: &Examined) -> String {
    match own.differing.len() {
        0 => format!("all {} columns as expected", own.compared),
        differing => format!("{differing} of {} columns differ", own.compared),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(name: &'static str, differing: &[&str]) -> ExaminedPath {
        let differing = differing.iter().map(|own| (*own).to_owned()).collect();
        let found = Examined { differing, compared: 3, trials_per_second: 1_234.4 };
        ExaminedPath { name, found: Some(found) }
    }

    #[test]
    fn what_differs_is_named_and_what_agrees_is_said_to() {
        let absent = ExaminedPath { name: "avx512", found: None };
        let sound = told(&[path("baseline", &[]), absent]);
        assert!(sound.contains("1,234") && sound.contains("not on this machine"), "{sound}");
        assert!(sound.contains("All agree to the last bit"), "{sound}");
        let ill = told(&[path("baseline", &[]), path("avx2", &["functions: exp_of"])]);
        assert!(ill.contains("1 of 3 columns differ"), "{ill}");
        assert!(ill.contains("avx2 differs in functions: exp_of"), "{ill}");
    }
}
