//! How bargains, menus and ranked wants are told: in the terminal, the charts, the tables and the page.

use std::fs;
use std::path::{Path, PathBuf};

use demarche::chart::ChartCell;
use demarche::report::Picture;
use demarche::verbs::RunFolder;

use crate::command::{demarche, only, text};

/// A file in a folder of its own, with what a verb makes of it.
struct Told {
    folder: tempfile::TempDir,
    terminal: String,
}

impl Told {
    /// What the command makes of a file; `arguments` follow its name.
    fn of(verb: &str, file: &str, arguments: &[&str]) -> Told {
        let folder = tempfile::tempdir().expect("a folder");
        let name = folder.path().join("told.toml");
        fs::write(&name, file).expect("written");
        Told::of_file(folder, verb, &name, arguments)
    }

    /// What the command makes of a scenario of the project.
    fn of_scenario(verb: &str, name: &str, arguments: &[&str]) -> Told {
        let folder = tempfile::tempdir().expect("a folder");
        Told::of_file(folder, verb, Path::new(&format!("scenarios/{name}.toml")), arguments)
    }

    fn of_file(folder: tempfile::TempDir, verb: &str, file: &Path, arguments: &[&str]) -> Told {
        let output = folder.path().join("output");
        let [file, output] = [file, &output].map(|path| path.to_str().expect("a plain path"));
        let ran = demarche(&[&[verb, file, "-o", output], arguments].concat());
        assert!(ran.status.success(), "{}", text(&ran.stderr));
        Told { folder, terminal: text(&ran.stdout) }
    }

    fn run_folder(&self) -> PathBuf {
        only(&only(&self.folder.path().join("output")))
    }

    fn table(&self, name: &str) -> String {
        fs::read_to_string(self.run_folder().join(name)).expect("a table")
    }

    fn page(&self) -> String {
        self.table("report.html")
    }

    fn picture(&self, name: &str) -> Picture {
        let folder = RunFolder::open(&self.run_folder()).expect("a run folder");
        let pictures = folder.pictures().expect("charts");
        pictures.into_iter().find(|own| own.name == name).unwrap_or_else(|| panic!("no {name}"))
    }

    /// The line of the terminal that begins with these words, with single spaces.
    fn line(&self, start: &str) -> String {
        let mut lines =
            self.terminal.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        lines.find(|line| line.starts_with(start)).unwrap_or_else(|| panic!("{}", self.terminal))
    }
}

/// The rows of a chart's numbers as texts.
fn rows(picture: &Picture) -> Vec<Vec<String>> {
    let text = |cell: &ChartCell| match cell {
        ChartCell::Nothing => "–".to_owned(),
        ChartCell::Words(_) | ChartCell::Quantity(_) => cell.text(),
    };
    picture.data.rows.iter().map(|row| row.iter().map(text).collect()).collect()
}

/// Two actors who bargain over a variable that starts at 5, under some rules.
fn bargain(start: &str, rule: &str, positions: [&str; 2]) -> String {
    let [a, b] = positions;
    format!(
        "format = 1\n[scenario]\ntitle = 'How much?'\nsteps = 1\n\
         [assumptions]\nluck = {{ draw = 'bernoulli(0.25)' }}\nplace = {{ draw = 'uniform(0, 10)' }}\n\
         [state]\nx = {{ start = {start}, range = [0, 10], unit = 'X' }}\n\
         [actors.a]\ntraits.power = 1\nwants.w = {{ of = 'x', ideal = 1, reach = 10 }}\n\
         [actors.b]\ntraits.power = 1\nwants.w = {{ of = 'x', ideal = 9, reach = 10 }}\n\
         [bargains.deal]\ntitle = 'a deal'\nover = 'x'\n{rule}\namong = ['a', 'b']\n\
         position = {{ a = {a}, b = {b} }}\nsalience = {{ a = 1, b = 1 }}\n\
         [[outcomes]]\nid = 'end'\nwhen = true\n"
    )
}

#[test]
fn a_bargain_that_never_comes_about_is_told_as_that() {
    // Between 2 and 9, nothing is better than 5 for both.
    let told = Told::of("run", &bargain("5", "rule = 'nash'", ["2", "9"]), &["-n", "100"]);
    assert_eq!(told.line("a deal"), "a deal nash no trial – –");
    let chart = told.picture("bargain-deal");
    assert!(told.page().contains("A deal: no deal in any trial"));
    assert_eq!(
        rows(&chart)[2..],
        [
            ["At the start", "5", "5", "5", "–", "–"].map(str::to_owned),
            ["No deal", "–", "–", "–", "–", "100 %"].map(str::to_owned)
        ]
    );
    assert!(told.table("bargains.csv").ends_with("told,none,base,deal,x,100,0,,,,,,,\n"));
    let page = told.page();
    assert!(page.contains("no trial") && page.contains("nothing: there was no deal"));
}

#[test]
fn what_was_settled_is_told_of_the_trials_with_a_deal_alone() {
    // Only above 6 do both gain; the mean of a conditional bargain is 4 in a quarter of the trials.
    let rule = "rule = 'mean'\nwhen = 'luck > 0.5'";
    let told = Told::of("run", &bargain("5", rule, ["2", "6"]), &["-n", "4000"]);
    let row = told.table("bargains.csv").lines().nth(1).expect("a row").to_owned();
    let struck: u64 = row.split(',').nth(6).expect("struck").parse().expect("a count");
    // 4 standard deviations of a binomial count are 110.
    assert!((890..=1110).contains(&struck), "{struck} of 4,000");
    assert!(row.ends_with(",4,4,4,4,4,4,4"), "{row}");
    let share = 100.0 * struck as f64 / 4000.0;
    assert_eq!(
        told.line("a deal"),
        format!(
            "a deal mean {share:.1} % ({} of 4,000 trials) 4 X the same in all of these",
            demarche::format::count(struck)
        )
    );
    let chart = told.picture("bargain-deal");
    let title = format!("A deal: 4 X in {share:.0} of 100 trials, no deal in {:.0}", 100.0 - share);
    assert!(
        chart.alt.contains("Settled: 4 in") && chart.alt.contains("No deal in"),
        "{}",
        chart.alt
    );
    assert!(told.page().contains(&title), "{title}");
    let last = rows(&chart);
    assert_eq!(last[3], ["Settled", "–", "4", "–", "–", &format!("{share:.1} %")]);
    assert_eq!(last[4][5], format!("{:.1} %", 100.0 - share));
}

#[test]
fn a_settlement_that_is_drawn_is_told_by_its_values() {
    let rule = "rule = 'pce'\npick = 'draw'";
    let told = Told::of("run", &bargain("5", rule, ["2", "6"]), &["-n", "2000"]);
    let values = told.table("settled.csv");
    let values: Vec<Vec<&str>> =
        values.lines().skip(1).map(|row| row.split(',').collect()).collect();
    assert_eq!(values.iter().map(|row| row[4]).collect::<Vec<_>>(), ["2", "6"]);
    let counts = values.iter().map(|row| row[5].parse::<u64>().expect("a count"));
    assert_eq!(counts.sum::<u64>(), 2000);
    let line = told.line("a deal");
    assert!(
        line.starts_with("a deal pce, drawn every trial ") && line.contains(" X 2 in "),
        "{line}"
    );
    let chart = told.picture("bargain-deal");
    let settled: Vec<Vec<String>> =
        rows(&chart).into_iter().filter(|row| row[0] == "Settled").collect();
    assert_eq!(settled.iter().map(|row| row[2].as_str()).collect::<Vec<_>>(), ["2", "6"]);
    let page = told.page();
    let title = page.split("A deal: 2 X in ").nth(1).expect("the title of the chart");
    assert!(title.contains(" of 100 trials, 6 in "), "{}", &title[..40]);
    assert!(!chart.drawing.whole().contains("nine in ten"), "there are only two values");
    assert!(!chart.drawing.whole().contains("X (X)"), "a unit that is the name is not said twice");
    assert!(chart.drawing.whole().contains("How much? Simulated with"));
}

#[test]
fn what_many_values_are_settled_on_is_a_range_of_the_trials_with_a_deal() {
    // Both gain from a start below 2, and from one above what B would have. Between, there is no deal.
    let text = bargain("'place'", "rule = 'nash'", ["2", "'2 + 0.4 * place'"]);
    let told = Told::of("run", &text, &["-n", "2000"]);
    let row = told.table("bargains.csv").lines().nth(1).expect("a row").to_owned();
    let numbers: Vec<f64> = row.split(',').skip(5).map(|n| n.parse().expect("a number")).collect();
    assert!(numbers[1] < numbers[0] && numbers[1] > 0.0, "{row}");
    assert!(numbers[2..].is_sorted() && numbers[2] >= 2.0 && numbers[8] <= 6.0, "{row}");
    assert!(!told.run_folder().join("settled.csv").exists());
    let chart = told.picture("bargain-deal");
    let settled = rows(&chart).into_iter().find(|row| row[0] == "Settled").expect("a row");
    let expected = [numbers[3], numbers[5], numbers[7]].map(demarche::format::number);
    assert_eq!(settled[1..4], expected);
    assert!(rows(&chart).iter().any(|row| row[0] == "No deal"));
}

#[test]
fn worlds_are_compared_where_there_is_no_policy() {
    let told = Told::of_scenario("compare", "car-emissions", &["-n", "200"]);
    for world in ["base", "election_mean", "mean", "median", "nash"] {
        assert!(told.line(world).ends_with('%'), "{}", told.terminal);
    }
    assert!(told.page().contains("How might it end, world by world?"));
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("alone.toml");
    fs::write(&file, bargain("5", "rule = 'mean'", ["2", "6"])).expect("written");
    let refused = demarche(&["compare", file.to_str().expect("a plain path")]);
    assert!(text(&refused.stderr).contains("has no policies and no worlds to compare"));
}

/// An actor that offers one of five values in each of three steps, most of all `best`.
fn menu(rationality: u32, best: &str) -> String {
    format!(
        "format = 1\n[scenario]\ntitle = 'Offers'\nsteps = 3\n[state]\ns = {{ start = 0, range = [0, 1] }}\n\
         [actors.a]\ntitle = 'A'\nrationality = {rationality}\nmust_act = true\n\
         wants.s = {{ of = 's', ideal = {best}, reach = 1 }}\n\
         [actors.a.actions.offer]\ntitle = 'makes an offer'\nmenu = {{ x = [0.1, 0.3, 0.5, 0.7, 0.9] }}\n\
         effects = {{ s = 'x' }}\n\
         [actors.a.actions.other]\ntitle = 'does something else'\neffects = {{ s = 0.5 }}\ncost = 0.2\n\
         [[outcomes]]\nid = 'end'\nwhen = true\n"
    )
}

#[test]
fn moves_are_headed_and_ordered_by_whole_actions() {
    // All six options are alike but for the cost of the other action: the offer as a whole is far more
    // frequent, each of its items less so than the other action.
    let told = Told::of("run", &menu(0, "0.5"), &["-n", "1000"]);
    let chart = told.picture("moves");
    let labels: Vec<String> = rows(&chart).into_iter().map(|row| row[1].clone()).collect();
    assert_eq!(labels[0], "makes an offer");
    assert!(labels[1].starts_with("makes an offer (x = 0."), "{labels:?}");
    assert_eq!((labels.len(), labels[6].as_str()), (7, "does something else"));
    assert!(told.page().contains("The most frequent move: A makes an offer"));
    let percent = |row: &[String]| row[2].trim_end_matches(" %").parse::<f64>().expect("a share");
    let all = rows(&chart);
    let items: f64 = all[1..6].iter().map(|row| percent(row)).sum();
    assert!((percent(&all[0]) - items).abs() < 0.3, "the whole is the sum of its items");
}

#[test]
fn the_most_frequent_item_is_told_with_its_share_where_it_can_be_told() {
    let alike = Told::of("run", &menu(0, "0.5"), &["-n", "1000"]);
    let line = alike.line("A makes an offer");
    assert!(!line.contains("most often") && !line.contains("mostly"), "{line}");
    let told = Told::of("run", &menu(5, "0.1"), &["-n", "1000"]);
    let line = told.line("A makes an offer");
    assert!(line.contains("(most often x = 0.1: ") && line.contains(" %)"), "{line}");
    let share: f64 = {
        let after = line.split("x = 0.1: ").nth(1).expect("a share");
        after.split(' ').next().expect("a number").parse().expect("a number")
    };
    // By hand: V = 1, 0.8, 0.6, 0.4, 0.2 at λ = 5, so odds of exp(-1) from item to item.
    let weights: f64 = (0..5).map(|k| (-f64::from(k)).exp()).sum();
    assert!((share - 100.0 / weights).abs() < 4.0, "{share} against {}", 100.0 / weights);
    let sure = Told::of("run", &menu(1000, "0.1"), &["-n", "200"]);
    assert!(sure.line("A makes an offer").ends_with("(always x = 0.1)"));
}

#[test]
fn what_cannot_be_told_from_nothing_is_told_as_that() {
    // `idle` is drawn, but nothing depends on it.
    let file = "format = 1\n[scenario]\ntitle = 'Idle'\nsteps = 1\n\
                [assumptions]\nidle = { draw = 'uniform(0, 1)' }\n[state]\nx = 0\n\
                [events.e]\nchance = 0.5\neffects = { x = 1 }\n\
                [[outcomes]]\nid = 'yes'\nwhen = 'x > 0'\n[[outcomes]]\nid = 'no'\nwhen = true\n";
    let told = Told::of("run", file, &["-n", "2000"]);
    let line = told.line("idle");
    assert!(line.ends_with("cannot be told from nothing") && !line.contains(" of 100 "), "{line}");
    let words = told.terminal.replace('\n', " ");
    assert!(words.contains("at most") && words.contains("and perhaps not at all"), "{words}");
    assert!(told.page().contains("cannot be told from nothing"));
}

#[test]
fn who_makes_no_choice_is_not_told_to_choose() {
    let told = Told::of("run", &bargain("5", "rule = 'mean'", ["2", "6"]), &["-n", "50"]);
    let page = told.page();
    assert!(page.contains("none: it has no moves and no vote"));
    assert!(!page.contains("it chooses at random"));
    let counts =
        "in “a deal”, the salience given there times its power counts, not the share of weight";
    assert!(page.contains(counts));
    let by_want =
        bargain("5", "rule = 'mean'", ["2", "6"]).replace("salience = { a = 1, b = 1 }\n", "");
    let page = Told::of("run", &by_want, &["-n", "50"]).page();
    assert!(page.contains("in “a deal”, the share of weight times its power counts"));
}

#[test]
fn ranked_wants_are_told_as_drawn_and_by_their_words() {
    let file = "format = 1\n[scenario]\ntitle = 'Ranked'\nsteps = 1\n[state]\ns = { start = 0.5, range = [0, 1] }\n\
                [actors.c]\ntitle = 'C'\nrationality = 40\n\
                wants.peace = { of = 's', best = 0, worst = 1, rank = 1 }\n\
                wants.gain = { of = 's', best = 1, worst = 0, rank = 1 }\n\
                [actors.c.actions.push]\neffects = { s = '+= 0.3' }\n[actors.c.actions.yield]\neffects = { s = '-= 0.3' }\n\
                [[outcomes]]\nid = 'high'\nwhen = 's > 0.6'\n[[outcomes]]\nid = 'low'\nwhen = true\n";
    let told = Told::of("run", file, &["-n", "2000"]);
    assert!(told.line("C: weight of its want").contains(" of 100 "), "{}", told.terminal);
    assert!(!told.terminal.contains("actors.c.wants"), "{}", told.terminal);
    let page = told.page();
    assert!(page.contains(
        "lists no assumptions; 2 values are drawn for each trial all the same: weights of wants that the file \
         only ranks."
    ));
    let first = page.split("id=\"actors\"").next().expect("the part before the actors");
    assert!(first.contains("C: weight of its want “peace”"));
}
