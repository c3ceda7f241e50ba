//! Every fact that the scenario must contain is in it, with its source.

use toml::Value;

use super::file;

/// A fact, and where it is in the file.
struct Fact {
    says: &'static str,
    /// The table.
    at: &'static str,
    /// What the values of the table itself must say.
    needles: &'static [&'static str],
    /// What its `source` or `about` must cite.
    cites: &'static [&'static str],
}

const fn fact(
    says: &'static str,
    at: &'static str,
    needles: &'static [&'static str],
    cites: &'static [&'static str],
) -> Fact {
    Fact { says, at, needles, cites }
}

const EDM: &str = "EDM 14/115";

const FACTS: [Fact; 34] = [
    fact(
        "4 September: Patrushev met Chung and Kang in Seoul",
        "measures.seoul_line",
        &["Patrushev", "Chung Eui-yong", "Kang Kyung-wha", "4 September 2017"],
        &[EDM, "TASS", "scrf.gov.ru"],
    ),
    fact(
        "Who came with Patrushev",
        "measures.seoul_line",
        &[
            "foreign, interior and defence ministries",
            "FSB",
            "financial monitoring service",
            "presidential administration",
            "his own council",
        ],
        &[EDM, "scrf.gov.ru"],
    ),
    fact(
        "Seoul began to ask Moscow for help",
        "actors.seoul.actions.ask_moscow",
        &["4 and 6 September 2017"],
        &[EDM, "TASS", "Yonhap"],
    ),
    fact(
        "Nuclear tests of 2006, 2009, 2013 and two of 2016",
        "assumptions.nuclear_tests_before",
        &["2006", "2009", "2013", "twice in 2016"],
        &[EDM],
    ),
    fact(
        "Uranium enriched, plutonium produced",
        "assumptions.nuclear_tests_before",
        &["enriches uranium", "plutonium"],
        &[EDM, "the materials"],
    ),
    fact(
        "The sixth test, of 3 September",
        "assumptions.nuclear_tests_before",
        &["3 September 2017", "6"],
        &["CSIS for the sixth"],
    ),
    fact(
        "Missile tests since 1984",
        "actors.pyongyang.actions.launch_missile",
        &["since 1984"],
        &[EDM, "NTI, July 2017"],
    ),
    fact(
        "17 launches in 2017",
        "actors.pyongyang.actions.launch_missile",
        &["17 launches in 2017"],
        &[EDM, "NTI, July 2017"],
    ),
    fact(
        "A first intercontinental missile",
        "actors.pyongyang.actions.launch_icbm",
        &["intercontinental", "first successful ICBM test"],
        &[EDM, "NTI, July 2017"],
    ),
    fact(
        "6 September: the third Eastern Economic Forum",
        "calendar.eastern_economic_forum_2018",
        &["Eastern Economic Forum, Vladivostok", "third, on 6 September 2017", "Moon met Putin"],
        &[EDM, "TASS"],
    ),
    fact(
        "Trade of Seoul and Moscow up by half, to 10 billion dollars",
        "state.rok_russia_trade",
        &["10 bn", "+50 %"],
        &[EDM, "TASS, 6 September 2017"],
    ),
    fact(
        "More than 600 firms of the South in Russia",
        "assumptions.rok_investment_2017",
        &["more than 600 companies"],
        &[EDM, "TASS, 6 September 2017"],
    ),
    fact(
        "More than 2 billion dollars invested in Russia",
        "assumptions.rok_investment_2017",
        &["investment in Russia", "more than 2 bn USD"],
        &[EDM, "TASS, 6 September 2017"],
    ),
    fact(
        "Russian exports to the North up by 149.1 % in January and February",
        "assumptions.russia_dprk_growth",
        &["149.1%", "January-February 2017"],
        &[EDM, "Sputnik News, 5 May 2017"],
    ),
    fact(
        "The ferry from Vladivostok to Rajin",
        "actors.moscow.actions.open_rajin",
        &["Ferry", "Vladivostok-Rajin"],
        &[EDM, "South China Morning Post, 10 June 2017"],
    ),
    fact(
        "The railway from Rajin to Hasan",
        "actors.moscow.actions.open_rajin",
        &["upgrade", "Rajin-Hasan railway"],
        &[EDM, "South China Morning Post, 10 June 2017"],
    ),
    fact(
        "The labour agreement",
        "actors.moscow.actions.widen_labour_pact",
        &["labour agreement", "40,000", "timber and construction"],
        &[EDM, "South China Morning Post, 10 June 2017"],
    ),
    fact(
        "40,000 workers in Russia's Far East",
        "assumptions.workers_2017",
        &["40", "thousands", "timber and construction", "Far East"],
        &[EDM, "South China Morning Post, 10 June 2017"],
    ),
    fact(
        "Moon and Putin on what went wrong, and Moon's request",
        "actors.seoul",
        &["6 September 2017", "Vladivostok", "'gone the wrong way'", "'tame'"],
        &[EDM, "Yonhap, 6 September 2017"],
    ),
    fact(
        "Washington's draft: assets, oil, textiles",
        "actors.washington.actions.table_draft",
        &["Kim Jong-un's assets", "oil embargo", "textile exports"],
        &[EDM, "draft of 6 September 2017"],
    ),
    fact(
        "Textiles and coal earn hard currency",
        "actors.washington.actions.table_draft",
        &["coal", "few sources of hard currency"],
        &[EDM],
    ),
    fact(
        "The veto",
        "actors.washington.actions.table_draft",
        &["A vote against by Moscow or Beijing blocks it"],
        &["UN Charter, article 27(3)"],
    ),
    fact(
        "4 September: the payload limit is to go",
        "actors.washington.actions.lift_payload_limit",
        &["4 September 2017", "500 kg", "800 km"],
        &[EDM, "Korea Herald, 5 September 2017"],
    ),
    fact(
        "What the limit was",
        "assumptions.payload_limit",
        &["0.5", "800 km", "tonnes"],
        &[EDM, "Korea Herald, 5 September 2017"],
    ),
    fact(
        "A missile with a two-ton warhead is planned",
        "actors.seoul.actions.build_heavy_missile",
        &["ground-to-ground", "all of the North", "two tons"],
        &[EDM, "Korea Herald, 5 September 2017"],
    ),
    fact(
        "Seoul and Moscow differ about force",
        "actors.seoul.wants.force",
        &["wide divergence from Moscow", "ready for force"],
        &[EDM],
    ),
    fact(
        "Seoul by any means, force included",
        "actors.seoul.wants.denuclearisation",
        &["by any means, force included"],
        &[EDM],
    ),
    fact(
        "American operations would be unwelcome to Moscow",
        "actors.moscow.wants.force",
        &["US operations would be most unwelcome"],
        &[EDM],
    ),
    fact(
        "Russian gas and the Far East",
        "actors.moscow.actions.court_seoul",
        &["gas and Far East projects", "liquefied gas"],
        &[EDM],
    ),
    fact("China is the patron", "actors.beijing", &["most significant patron"], &[EDM]),
    fact(
        "China shares the aversion to force",
        "actors.beijing",
        &["shares Moscow's aversion to military action"],
        &[EDM],
    ),
    fact(
        "The open question: does Seoul come over?",
        "measures.seoul_line",
        &["open question", "how far Seoul has come to the Russian-Chinese line"],
        &[EDM],
    ),
    fact(
        "Putin in 2013 on the three together",
        "actors.seoul.actions.ask_moscow",
        &["13 November 2013", "Moscow, Seoul and Pyongyang", "'hostage of politics'"],
        &[EDM, "Voice of Russia"],
    ),
    fact(
        "4 July: freeze for freeze",
        "actors.beijing.actions.propose_dual_freeze",
        &["moratorium on nuclear and missile tests", "no large-scale joint exercises"],
        &["4 July 2017", "S/2017/613"],
    ),
];

/// A text, date or number as text; nested tables are checked by their own facts.
fn shown(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Datetime(day) => Some(day.to_string()),
        Value::Integer(whole) => Some(whole.to_string()),
        Value::Float(number) => Some(number.to_string()),
        Value::Boolean(_) | Value::Array(_) | Value::Table(_) => None,
    }
}

/// The parts of a fact that are missing from the file.
fn missing(file: &toml::Table, fact: &Fact) -> Vec<String> {
    let mut parts = fact.at.split('.');
    let root = parts.next().and_then(|part| file.get(part));
    let Some(table) = parts.fold(root, |at, part| at?.get(part)).and_then(Value::as_table) else {
        return vec![format!("{}: no table `{}`", fact.says, fact.at)];
    };
    let said: Vec<String> = table.values().filter_map(shown).collect();
    let text = |key: &str| table.get(key).and_then(Value::as_str).unwrap_or_default();
    let cited = [text("source"), text("about")];
    let lost =
        |what: &str, needle: &str| format!("{}: {what} `{needle}` in {}", fact.says, fact.at);
    let unsaid = fact.needles.iter().filter(|needle| !said.iter().any(|x| x.contains(**needle)));
    let uncited = fact.cites.iter().filter(|cite| !cited.iter().any(|x| x.contains(**cite)));
    let unsaid = unsaid.map(|needle| lost("no", needle));
    unsaid.chain(uncited.map(|cite| lost("no source", cite))).collect()
}

#[test]
fn every_fact_is_in_the_file_with_its_source() {
    let file: toml::Table = file().parse().expect("TOML");
    let lost: Vec<String> = FACTS.iter().flat_map(|fact| missing(&file, fact)).collect();
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}
