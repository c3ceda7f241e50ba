//! The sign of the effect of a change, as an expert would expect it: two variants on
//! common random numbers, compared trial by trial. The size of an effect depends on
//! judgement; its sign should not.

use super::{Run, TRIALS, difference, replaced, run, with_variants};
use crate::play::first;

const TESTS: [&str; 3] =
    ["pyongyang.launch_missile", "pyongyang.launch_icbm", "pyongyang.nuclear_test"];
const STRIKES: [&str; 2] = ["strike", "major_war"];
/// The month in which the Games open, February 2018.
const GAMES: u32 = 5;
const FULL: &str = "washington.table_full_draft";
const DILUTED: &str = "washington.table_diluted_draft";
const STRIKE_ALONE: &str = "washington.strike_alone";
const STRIKE_WITH_SEOUL: &str = "washington.strike_with_seoul";

/// The first is larger than the second by more than two standard errors of the
/// paired difference.
#[track_caller]
fn assert_more(larger: &[f64], smaller: &[f64]) {
    let more = difference(larger, smaller);
    let said = format!("{:.4} more, standard error {:.4}", more.mean, more.error);
    println!("{}: {said}", std::panic::Location::caller());
    assert!(more.mean > 2.0 * more.error && more.mean > 0.0, "{said}");
}

#[track_caller]
fn assert_less(smaller: &[f64], larger: &[f64]) {
    assert_more(larger, smaller);
}

/// The scenario with other consent rules for the full draft and for the diluted one.
fn council(full: &str, diluted: &str) -> String {
    let consent = |of: &str| format!("consent = {{ of = [{of}], rule = \"all\" }}\n");
    let vetoes = consent("\"moscow\", \"beijing\"");
    let (one, two) = ("effects = { sanctions = 1", "effects = { sanctions = \"+= survives");
    let text = with_variants();
    let text = replaced(&text, &(vetoes.clone() + one), &(consent(full) + one));
    replaced(&text, &(vetoes + two), &(consent(diluted) + two))
}

/// Whoever loses more by a war is less ready to begin one.
#[test]
fn a_war_dear_to_washington_means_fewer_strikes() {
    let dear = run("test_war_dear_to_washington", "base");
    let cheap = run("test_war_cheap_to_washington", "base");
    assert_less(&dear.taken(&[STRIKE_ALONE]), &cheap.taken(&[STRIKE_ALONE]));
    assert_less(&dear.rate(&[STRIKE_ALONE]), &cheap.rate(&[STRIKE_ALONE]));
}

/// Seoul would be the first to suffer, and says no. Only a Seoul that is not averse to
/// force ever says yes.
#[test]
fn a_war_dear_to_seoul_means_fewer_strikes_with_its_consent() {
    let dear = run("test_war_dear_to_seoul", "test_hawks");
    let cheap = run("test_war_cheap_to_seoul", "test_hawks");
    assert_less(&dear.accepted(&[STRIKE_WITH_SEOUL]), &cheap.accepted(&[STRIKE_WITH_SEOUL]));
    assert_less(&dear.yes(&[STRIKE_WITH_SEOUL]), &cheap.yes(&[STRIKE_WITH_SEOUL]));
}

/// If Washington must ask Seoul, the answer is no. (The threat matters: where it cannot
/// be carried out, Pyongyang continues to test.)
#[test]
fn seouls_veto_means_fewer_strikes() {
    let veto = run("seoul_veto", "test_washington_does_not_look_ahead");
    let free = run("none", "test_washington_does_not_look_ahead");
    assert_less(&veto.ended(&STRIKES), &free.ended(&STRIKES));
}

/// Drafts are diluted so that they pass. Without vetoes that is unnecessary.
#[test]
fn without_vetoes_the_full_draft_takes_the_place_of_the_diluted_one() {
    let text = council("\"washington\"", "\"washington\"");
    let free = Run::new(&text, "none", "base", TRIALS);
    let base = run("none", "base");
    assert_more(&free.accepted(&[FULL]), &base.accepted(&[FULL]));
    assert_less(&free.accepted(&[DILUTED]), &base.accepted(&[DILUTED]));
    assert_more(&free.rate(&[FULL]), &base.rate(&[FULL]));
    assert_less(&free.rate(&[DILUTED]), &base.rate(&[DILUTED]));
}

/// The North trades with China above all, so what Beijing does not enforce
/// hardly bites.
#[test]
fn a_patron_in_beijing_takes_the_bite_out_of_sanctions() {
    let (patron, base) = (run("none", "patron_beijing"), run("none", "base"));
    assert_less(&patron.mean("bite"), &base.mean("bite"));
    assert_less(&patron.mean("strain"), &base.mean("strain"));
}

/// An actor that does not look ahead does not foresee that a strike may be answered.
#[test]
fn a_washington_that_looks_ahead_strikes_less() {
    let blind = run("none", "test_washington_does_not_look_ahead");
    let base = run("none", "base");
    assert_more(&blind.taken(&[STRIKE_ALONE]), &base.taken(&[STRIKE_ALONE]));
}

/// A patient Pyongyang that values the talks takes the way to them that pays
/// only later: a moratorium, before the Olympics. (That it also tests less until
/// then does not hold; the paper says why.)
#[test]
fn a_patient_pyongyang_that_values_talks_declares_a_moratorium_sooner() {
    let patient = run("test_patient", "test_keen_on_talks");
    let impatient = run("test_impatient", "test_keen_on_talks");
    let freeze = |run: &Run| {
        run.each(|leaf| {
            let first = first(&run.model, leaf, "pyongyang.declare_freeze")[0];
            f64::from(first.is_some_and(|step| step < GAMES))
        })
    };
    assert_more(&freeze(&patient), &freeze(&impatient));
}

/// A Washington that is more ready to use force, and thinks war less costly, strikes
/// sooner when it can. (It has fewer occasions: Pyongyang freezes in time.)
#[test]
fn a_hawkish_washington_strikes_sooner_when_it_can() {
    let (hawk, base) = (run("none", "hawkish_washington"), run("none", "base"));
    assert_more(&hawk.rate(&[STRIKE_ALONE]), &base.rate(&[STRIKE_ALONE]));
}

/// A Pyongyang that wants its arsenal above all, and fears war less, tests more.
#[test]
fn a_reckless_pyongyang_launches_more() {
    let (reckless, base) = (run("none", "reckless_pyongyang"), run("none", "base"));
    assert_more(&reckless.taken(&TESTS), &base.taken(&TESTS));
    assert_more(&reckless.mean("missiles"), &base.mean("missiles"));
}

/// Whoever wants talks brings them about.
#[test]
fn a_talking_pyongyang_means_more_dialogue() {
    let (talking, base) = (run("none", "talking_pyongyang"), run("none", "base"));
    assert_more(&talking.mean("dialogue"), &base.mean("dialogue"));
    assert_less(&talking.taken(&TESTS), &base.taken(&TESTS));
}

/// If Moscow gets something for its vote, it votes yes more often.
#[test]
fn the_rajin_exemption_wins_moscows_vote() {
    let (railway, base) = (run("moscow_vote_for_railway", "base"), run("none", "base"));
    assert_more(&railway.yes(&[FULL, DILUTED]), &base.yes(&[FULL, DILUTED]));
}

/// The full draft contains an oil embargo: the more Moscow objects to one, the more often
/// it blocks the draft. Beijing, which never lets it pass, is left out.
#[test]
fn moscows_red_line_stops_the_full_draft() {
    let text = council("\"moscow\"", "\"moscow\", \"beijing\"");
    let red = Run::new(&text, "test_embargo_a_red_line", "base", TRIALS);
    let no_matter = Run::new(&text, "test_embargo_no_matter", "base", TRIALS);
    assert_less(&red.yes(&[FULL]), &no_matter.yes(&[FULL]));
}

/// A Beijing afraid of collapse next door does not cut the oil.
#[test]
fn a_beijing_that_fears_collapse_cuts_oil_less_often() {
    let afraid = run("test_stability_a_red_line", "base");
    let calm = run("test_stability_no_matter", "base");
    let cut = ["beijing.cut_oil"];
    assert_less(&afraid.rate(&cut), &calm.rate(&cut));
    assert_more(&afraid.rate(&["beijing.ease_trade"]), &calm.rate(&["beijing.ease_trade"]));
}

/// Oil withheld is felt in the North.
#[test]
fn an_oil_cut_raises_strain() {
    let (cut, base) = (run("beijing_oil_cut", "base"), run("none", "base"));
    assert_more(&cut.mean("strain"), &base.mean("strain"));
}

/// An invitation months ahead is more likely accepted by the time of the Games.
#[test]
fn an_early_invitation_raises_dialogue_at_the_games() {
    let (early, base) = (run("seoul_olympics", "base"), run("none", "base"));
    let invitation = ["seoul.invite_to_olympics"];
    assert_more(&early.accepted(&invitation), &base.accepted(&invitation));
    let february = GAMES as usize;
    assert_more(&early.at_end_of(february, "dialogue"), &base.at_end_of(february, "dialogue"));
}

/// Trade grows if there is an offer for it.
#[test]
fn an_economic_package_raises_trade_between_seoul_and_moscow() {
    let package = run("seoul_outreach_package", "base");
    let nothing = run("seoul_outreach", "base");
    let end = 15;
    let trade = "trade_seoul_moscow";
    assert_more(&package.at_end_of(end, trade), &nothing.at_end_of(end, trade));
}

/// Heavier missiles are permitted by Washington; Moscow and Beijing object to them.
#[test]
fn payload_unlimited_keeps_seoul_from_the_line_of_moscow_and_beijing() {
    let unlimited = run("payload_unlimited", "base");
    let kept = run("test_payload_kept", "base");
    assert_less(&unlimited.mean("seoul_line"), &kept.mean("seoul_line"));
    assert_more(&unlimited.mean("posture"), &kept.mean("posture"));
}

/// Most of Seoul's trade with the three is China's, so offers pull it that way.
#[test]
fn offers_that_count_for_more_move_seoul_further() {
    let (far, base) = (run("test_offers_move_seoul_far", "base"), run("none", "base"));
    assert_more(&far.mean("seoul_line"), &base.mean("seoul_line"));
}

/// The pull of the alliance works against every step away from it.
#[test]
fn a_stronger_alliance_holds_seoul_back() {
    let (strong, base) = (run("test_strong_pull", "base"), run("none", "base"));
    assert_less(&strong.mean("seoul_line"), &base.mean("seoul_line"));
}

/// A freeze may be ended again, but not at once.
#[test]
fn a_moratorium_in_autumn_means_fewer_missiles() {
    let (frozen, base) = (run("pyongyang_moratorium", "base"), run("none", "base"));
    assert_less(&frozen.mean("missiles_a_month"), &base.mean("missiles_a_month"));
    assert_less(&frozen.taken(&TESTS), &base.taken(&TESTS));
}

/// Violence that nobody decided on happens as often as its chance says.
#[test]
fn likelier_clashes_mean_more_of_them() {
    let (many, base) = (run("test_many_clashes", "base"), run("none", "base"));
    assert_more(&many.happened("incident"), &base.happened("incident"));
    let violent = ["clashes", "strike", "major_war"];
    assert_more(&many.ended(&violent), &base.ended(&violent));
}

/// A Washington that does not resent vetoes stays further from force.
#[test]
fn vetoes_that_are_resented_bring_force_nearer() {
    let shrugged_off = run("test_vetoes_shrugged_off", "base");
    let base = run("none", "base");
    assert_less(&shrugged_off.mean("force"), &base.mean("force"));
}

/// Tests that advance the arsenal less are made less often.
#[test]
fn tests_that_fail_are_made_less_often() {
    let (failing, base) = (run("test_tests_fail", "base"), run("none", "base"));
    assert_less(&failing.taken(&TESTS), &base.taken(&TESTS));
    assert_less(&failing.at_end_of(15, "arsenal"), &base.at_end_of(15, "arsenal"));
}

/// Insisting on the full draft achieves nothing where two members can veto it.
#[test]
fn an_undiluted_draft_or_none_means_fewer_sanctions() {
    let (undiluted, base) = (run("washington_undiluted", "base"), run("none", "base"));
    assert_less(&undiluted.mean("sanctions"), &base.mean("sanctions"));
}

/// An offer without conditions can be taken up.
#[test]
fn talks_without_conditions_raise_dialogue() {
    let (talks, base) = (run("washington_talks", "base"), run("none", "base"));
    assert_more(&talks.mean("dialogue"), &base.mean("dialogue"));
}

/// Backing the dual freeze is the step that Moscow and Beijing ask for.
#[test]
fn backing_the_dual_freeze_moves_seoul_to_their_line() {
    let (freeze, base) = (run("dual_freeze", "base"), run("none", "base"));
    assert_more(&freeze.mean("seoul_line"), &base.mean("seoul_line"));
}
