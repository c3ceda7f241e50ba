//! The sign of the effect of a change, as an expert would expect it: two variants on
//! common random numbers, compared trial by trial. The size of an effect depends on
//! judgement; its sign should not.

use super::{How, difference, opening, played, run};

const TESTS: [&str; 3] =
    ["pyongyang.launch_missile", "pyongyang.launch_icbm", "pyongyang.nuclear_test"];
const BOMBERS: [&str; 1] = ["washington.send_assets"];
const STRIKE_ALONE: [&str; 1] = ["washington.strike_alone"];
const STRIKES: [&str; 2] = ["strike", "major_war"];
const ASK: [&str; 1] = ["seoul.ask_moscow"];
/// The last month of a trial.
const END: usize = 15;

/// The first is larger than the second by more than the 95 % interval of the paired difference is wide on
/// either side.
#[track_caller]
fn assert_more(larger: &[f64], smaller: &[f64]) {
    let more = difference(larger, smaller);
    let said = format!("{:.4} more, ± {:.4}", more.mean, more.half);
    println!("{}: {said}", std::panic::Location::caller());
    assert!(more.mean > more.half && more.mean > 0.0, "{said}");
}

#[track_caller]
fn assert_less(smaller: &[f64], larger: &[f64]) {
    assert_more(larger, smaller);
}

/// Bombers answer launches: they fly least when there are no tests, most when there are
/// tests in every month.
#[test]
fn bombers_follow_launches() {
    let (none, some, all) =
        (run("no_tests", "base"), run("none", "base"), run("constant_tests", "base"));
    assert_more(&some.rate(&BOMBERS), &none.rate(&BOMBERS));
    assert_more(&all.rate(&BOMBERS), &none.rate(&BOMBERS));
    let draft = ["washington.table_draft"];
    assert_more(&some.taken(&draft), &none.taken(&draft));
    assert_more(&all.taken(&draft), &some.taken(&draft));
}

/// A promise of Pyongyang that it keeps opens Seoul's door.
#[test]
fn seoul_answers_overtures() {
    let (promise, base) = (run("test_promise_kept", "base"), run("none", "base"));
    let answers = ["seoul.offer_talks", "seoul.send_aid", "seoul.offer_accord"];
    assert_more(&promise.taken(&answers), &base.taken(&answers));
    assert_more(&promise.mean("seoul_talks"), &base.mean("seoul_talks"));
}

/// For each favour, Moscow says yes more often to a large package than to none.
#[test]
fn larger_offers_buy_more_of_moscow() {
    for favour in ["vote", "workers", "oil", "mediation"] {
        let much = opening(&format!("test_{favour}_for_much"), "base");
        let nothing = opening(&format!("test_{favour}_for_nothing"), "base");
        assert_more(
            &much.at_end_of(1, "moscow_said_yes"),
            &nothing.at_end_of(1, "moscow_said_yes"),
        );
    }
}

/// A dearer tie with Pyongyang makes Moscow refuse more.
#[test]
fn a_moscow_bound_to_pyongyang_refuses_more() {
    let (bound, free) = (
        opening("test_workers_for_something", "moscow_bound"),
        opening("test_workers_for_something", "moscow_indifferent"),
    );
    assert_less(&bound.at_end_of(1, "moscow_said_yes"), &free.at_end_of(1, "moscow_said_yes"));
    let (bound, free) = (run("none", "moscow_bound"), run("none", "moscow_indifferent"));
    assert_less(&bound.yes(&ASK), &free.yes(&ASK));
}

/// A larger gift of Moscow wins Seoul's backing more often, where the word that it gives up weighs less than in the
/// base: there Seoul refuses every gift.
#[test]
fn larger_gifts_win_seoul_more_often() {
    let (large, none) =
        (opening("test_large_gift", "base"), opening("test_gift_of_nothing", "base"));
    assert_more(&large.at_end_of(1, "seoul_said_yes"), &none.at_end_of(1, "seoul_said_yes"));
}

/// A Seoul for which exercises must not be traded for a freeze sells its backing in public less often. A gift for
/// backing does not outlast it.
#[test]
fn a_seoul_for_which_linkage_is_a_red_line_refuses_more() {
    let red = run("test_gift_for_a_red_line", "base");
    let open = run("test_gift_for_no_line", "base");
    assert_less(&red.at_end_of(1, "seoul_said_yes"), &open.at_end_of(1, "seoul_said_yes"));
    let gifts = open.at_end_of(END, "gifts");
    let backed = open.at_end_of(END, "backed_by");
    let given = gifts.iter().position(|gift| *gift > 0.0).expect("a gift that stands");
    assert!(gifts.iter().zip(&backed).all(|(gift, by)| (*gift > 0.0) == (*by == backed[given])));
}

/// The dual freeze is agreed more often where exercises may be traded for it.
#[test]
fn linkage_that_costs_nothing_brings_the_dual_freeze() {
    let (free, base) = (run("test_no_linkage", "base"), run("none", "base"));
    let freezes = ["pyongyang.offer_freeze", "beijing.propose_dual_freeze"];
    assert_more(&free.accepted(&freezes), &base.accepted(&freezes));
}

/// Moscow can water down the draft that lies before the Council at the start, which softens the text.
#[test]
fn a_draft_that_is_watered_down_gives_a_softer_text() {
    let watered = opening("test_watered_down", "base");
    let left = opening("test_not_watered_down", "base");
    assert_less(&watered.at_end_of(1, "sanctions"), &left.at_end_of(1, "sanctions"));
}

/// Who does not see the end of the run does not strike, leave an agreement or drop what it backs because
/// nobody is left to answer.
#[test]
fn an_end_that_is_not_seen_draws_nobody_into_a_last_move() {
    let moves = ["beijing.tighten_trade"];
    let (unseen, seen) = (run("none", "base"), run("none", "test_seen_end"));
    assert_less(&unseen.taken_last(&moves), &seen.taken_last(&moves));
}

/// The railway is worth more once Seoul has lifted its ban on ships.
#[test]
fn an_end_of_the_ship_ban_opens_the_railway() {
    let (lifted, base) = (run("test_ship_ban_lifted", "base"), run("none", "base"));
    assert_more(&lifted.mean("rajin"), &base.mean("rajin"));
}

/// A package costs as long as it runs: the dearer that is, the smaller what Seoul brings.
#[test]
fn dear_packages_are_smaller() {
    let (dear, cheap) = (run("test_dear_packages", "base"), run("test_cheap_packages", "base"));
    assert_less(&dear.at_end_of(END, "package"), &cheap.at_end_of(END, "package"));
}

/// Without anything to fear from Washington's own way a text passes only after relief, to bring sanctions
/// back towards what the veto powers would have by themselves; and the more there is to fear the harder
/// the text.
#[test]
fn a_harder_text_needs_a_larger_outside_threat() {
    let (nothing, base, much) = (
        run("test_nothing_to_fear", "base"),
        run("none", "base"),
        run("test_much_to_fear", "base"),
    );
    let relief = nothing.happened("washington.offer_roadmap");
    let passed = nothing.at_end_of(END, "text_passed");
    assert!(passed.iter().zip(&relief).all(|(passed, relief)| *passed == 0.0 || *relief > 0.0));
    assert!(passed.iter().filter(|passed| **passed == 0.0).count() > passed.len() / 2);
    assert_more(&base.mean("sanctions"), &nothing.mean("sanctions"));
    assert_more(&much.mean("sanctions"), &base.mean("sanctions"));
}

/// If Seoul has moved, the veto powers have less to fear, and texts are softer.
#[test]
fn a_seoul_that_has_moved_softens_the_text() {
    let (moved, base) = (opening("seoul_moves", "base"), opening("none", "base"));
    assert_less(&moved.at_end_of(1, "sanctions"), &base.at_end_of(1, "sanctions"));
}

/// A missile that reaches its cities makes war dearer to Washington. Here that is most of what it loses.
#[test]
fn a_finished_arsenal_makes_washington_strike_less() {
    // Strikes are rare, so that it takes more trials than the other signs.
    let cities = |policy| played(policy, "test_cities_only", How::in_groups(200));
    let (finished, begun) = (cities("test_arsenal_finished"), cities("test_arsenal_begun"));
    assert_less(&finished.taken(&STRIKE_ALONE), &begun.taken(&STRIKE_ALONE));
}

/// Whoever loses more by a war is less ready to begin one.
#[test]
fn a_war_dear_to_washington_means_fewer_strikes() {
    let dear = run("test_war_dear_to_washington", "base");
    let cheap = run("test_war_cheap_to_washington", "base");
    assert_less(&dear.taken(&STRIKE_ALONE), &cheap.taken(&STRIKE_ALONE));
}

/// If Washington must ask Seoul, the answer is no.
#[test]
fn seouls_veto_means_fewer_strikes() {
    let veto = run("seoul_veto", "test_washington_does_not_look_ahead");
    let free = run("none", "test_washington_does_not_look_ahead");
    assert_less(&veto.ended(&STRIKES), &free.ended(&STRIKES));
}

/// An actor that does not look ahead does not foresee that a strike may be answered.
#[test]
fn a_washington_that_looks_ahead_strikes_less() {
    let blind = run("test_arsenal_begun", "test_washington_does_not_look_ahead");
    let hawks = run("test_arsenal_begun", "test_hawks");
    assert_more(&blind.rate(&STRIKE_ALONE), &hawks.rate(&STRIKE_ALONE));
}

/// Looking as far as the Games, a patient Pyongyang is not told to test more or less before them than an impatient one.
#[test]
fn patience_is_not_told_to_change_tests_before_the_games() {
    let tests = |policy| played(policy, "test_keen_on_talks", How::in_groups(200)).taken(&TESTS);
    let more = difference(&tests("test_patient"), &tests("test_impatient"));
    assert!(more.mean.abs() <= more.half, "{} ± {}", more.mean, more.half);
}

/// A Washington that is more ready to use force, and thinks war less costly, strikes
/// sooner when it can.
#[test]
fn a_washington_ready_for_force_strikes_sooner_when_it_can() {
    let strikes = |world| run("test_cheap_strikes", world).rate(&STRIKE_ALONE);
    assert_more(&strikes("force_ready_washington"), &strikes("base"));
}

/// The North trades with China above all, so what Beijing does not enforce
/// hardly bites.
#[test]
fn a_patron_in_beijing_takes_the_bite_out_of_sanctions() {
    let (patron, base) = (run("none", "patron_beijing"), run("none", "base"));
    assert_less(&patron.mean("bite"), &base.mean("bite"));
    assert_less(&patron.mean("strain"), &base.mean("strain"));
}

/// A Beijing afraid of collapse next door holds back its pressure, where no tests ask for it.
#[test]
fn a_beijing_that_fears_collapse_eases_more_and_tightens_less() {
    let afraid = run("test_stability_a_red_line", "base");
    let calm = run("test_stability_no_matter", "base");
    assert_less(&afraid.rate(&["beijing.tighten_trade"]), &calm.rate(&["beijing.tighten_trade"]));
    assert_more(&afraid.rate(&["beijing.ease_trade"]), &calm.rate(&["beijing.ease_trade"]));
}

/// A Pyongyang that wants its arsenal above all, and fears war less, tests more.
#[test]
fn a_pyongyang_that_puts_its_arsenal_first_launches_more() {
    let (keen, base) = (run("none", "arsenal_first_pyongyang"), run("none", "base"));
    assert_more(&keen.taken(&TESTS), &base.taken(&TESTS));
    assert_more(&keen.mean("missiles"), &base.mean("missiles"));
}

/// Whoever wants talks brings them about.
#[test]
fn a_talking_pyongyang_means_more_contact() {
    let (talking, base) = (run("none", "talking_pyongyang"), run("none", "base"));
    assert_more(&talking.mean("seoul_talks"), &base.mean("seoul_talks"));
    assert_less(&talking.taken(&TESTS), &base.taken(&TESTS));
}

/// Tests that advance the arsenal less are made less often.
#[test]
fn tests_that_fail_are_made_less_often() {
    let (failing, base) = (run("test_tests_fail", "base"), run("none", "base"));
    assert_less(&failing.taken(&TESTS), &base.taken(&TESTS));
    assert_less(&failing.at_end_of(END, "arsenal"), &base.at_end_of(END, "arsenal"));
}

/// Violence that nobody decided on happens as often as its chance says.
#[test]
fn likelier_clashes_mean_more_of_them() {
    let (many, base) = (run("test_many_clashes", "base"), run("none", "base"));
    assert_more(&many.happened("incident"), &base.happened("incident"));
    assert_more(&many.ended(&STRIKES), &base.ended(&STRIKES));
}

/// A promise in autumn means fewer tests.
#[test]
fn a_promise_in_autumn_means_fewer_tests() {
    let (promise, base) = (run("pyongyang_promises", "base"), run("none", "base"));
    assert_less(&promise.taken(&TESTS), &base.taken(&TESTS));
}

/// What partners give moves Seoul further, the more it counts; backing the dual freeze and an end
/// of Beijing's pressure move it too, and calm does.
#[test]
fn what_moves_seouls_line() {
    let base = run("none", "base");
    let line = |policy: &str| run(policy, "base").mean("seoul_line");
    let base_line = base.mean("seoul_line");
    assert_more(&line("test_offers_move_seoul_far"), &base_line);
    assert_more(&line("seoul_backs_freeze"), &base_line);
    assert_more(&line("beijing_lifts_pressure"), &base_line);
    assert_more(&line("moscow_gives_all"), &base_line);
    assert_more(&line("no_tests"), &line("constant_tests"));
}

/// Trade grows if there is an offer for it.
#[test]
fn a_package_raises_trade_between_seoul_and_moscow() {
    let (package, empty) =
        (run("test_workers_for_much", "base"), run("seoul_asks_empty_handed", "base"));
    let trade = "trade_seoul_moscow";
    assert_more(&package.at_end_of(END, trade), &empty.at_end_of(END, trade));
}

/// An offer without conditions can be taken up.
#[test]
fn talks_without_conditions_raise_contact() {
    let (talks, base) = (run("washington_talks", "base"), run("none", "base"));
    assert_more(&talks.mean("us_talks"), &base.mean("us_talks"));
}

/// Firms on Washington's list are felt at Beijing's border.
#[test]
fn lists_of_firms_raise_enforcement() {
    let (lists, base) = (run("washington_lists", "base"), run("none", "base"));
    assert_more(&lists.mean("enforcement"), &base.mean("enforcement"));
}
