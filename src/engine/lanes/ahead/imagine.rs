//! Looking ahead: what options lead to, played onward with imagined random numbers, many lanes at
//! once. What `engine/weigh.rs` and `engine/imagine.rs` do for one trial. It is a recursion: see
//! [`super::futures`].

use super::thinking::{ImaginedRow, ImaginedValues, PlayedValues};
use crate::engine::choice::{Contest, Thought, WeighedOption};
use crate::engine::lanes::Lanes;
use crate::engine::lanes::lower::layout::Single;
use crate::engine::lanes::lower::plan::{ActorPlan, Number};
use crate::engine::lanes::machine::columns::ColumnId;
use crate::engine::lanes::machine::tape::Tape;
use crate::engine::lanes::random::numbers::{Asked, Occasion};
use crate::engine::lanes::run::cursor::LanesCursor;
use crate::engine::lanes::run::frame::Frame;
use crate::engine::lanes::run::play::RuledProgram;
use crate::engine::lanes::run::record::Record;
use crate::engine::lanes::run::scratch::Scratch;
use crate::engine::lookahead::LookaheadWithin;
use crate::engine::stratified::nested_key;
use crate::model::ChoiceRule;
use crate::scenario::Imaginations;

/// The most lanes times plays for which random numbers are kept at once; more lanes than that
/// imagine one group after another, so that memory does not grow with their number.
const MOST_IMAGINED: usize = 1 << 15;

/// How far an actor looks ahead when it weighs its options or a vote.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine::lanes) struct LanesLookahead {
    /// The actor who looks ahead.
    pub who: usize,
    /// How many whole steps it thinks through.
    pub foresight: u32,
    /// How many plays it imagined before those at hand.
    pub first: u32,
    /// How many plays it imagines at once.
    pub plays: u32,
    /// How many it imagines at most, if it is undecided after fewer.
    pub most: u32,
    /// Which imagination the random numbers are of: 1 for an actor's own, 2 for one within it.
    pub level: u8,
    /// Who looks ahead in the plays that it imagines.
    pub within: LookaheadWithin,
    /// The real step in which it looks ahead.
    pub now: u32,
    /// Which repeat of the trial the imagined numbers are of.
    pub play: u16,
}

impl LanesLookahead {
    /// How far an actor looks ahead, by its plan.
    pub fn of(actor: &ActorPlan, who: usize, (level, now): (u8, u32), play: u16) -> Self {
        let ActorPlan { foresight, imaginations, within, .. } = *actor;
        // Within an imagination nobody imagines that anybody looks ahead.
        let within = if level == 1 { within } else { LookaheadWithin::NOBODY };
        // Nor that it has to think longer than the least.
        let Imaginations { least, most } = imaginations;
        let most = if level == 1 { most } else { least };
        LanesLookahead { who, foresight, first: 0, plays: least, most, level, within, now, play }
    }

    /// The same with as many plays at once as it may imagine at most.
    pub fn fully(self) -> Self {
        LanesLookahead { plays: self.most, ..self }
    }

    /// Whether it may imagine more plays than it has to.
    pub fn thinks(self) -> bool {
        self.most > self.plays
    }

    /// As many further plays as there were.
    pub fn further(self) -> Self {
        let plays = self.first + self.plays;
        LanesLookahead { first: plays, plays, ..self }
    }

    /// The number of lanes that imagine at once.
    pub fn lanes_at_once(self) -> usize {
        // The last batch has half of all plays.
        let [plays, most] = [self.plays, self.most.div_ceil(2)].map(|plays| plays as usize);
        (MOST_IMAGINED / plays.max(most)).max(1)
    }
}

/// A consequence of an option: one of the things it can lead to.
pub(in crate::engine::lanes) struct Aim<'a> {
    /// The changes to make; none for holding without looking ahead.
    pub tape: Option<&'a Tape>,
    /// Where the values of the option begin.
    pub out: usize,
}

/// A consequence in one lane, with the weight of its value.
#[derive(Clone, Copy)]
pub(in crate::engine::lanes) struct WeightedAim {
    pub lane: u32,
    pub aim: u32,
    pub weight: f64,
}

impl Lanes<'_> {
    /// Begins an imagination from these lanes.
    pub(in crate::engine::lanes) fn begin(
        &self,
        f: &Frame,
        lanes: &[u32],
        lookahead: LanesLookahead,
        outer: Option<u64>,
        scratch: &mut Scratch,
    ) {
        let own = self.keys.imaginer(lookahead.who);
        let keys: Vec<u64> = match outer {
            None => vec![own],
            Some(key) => lanes
                .iter()
                .map(|lane| nested_key(key, f.plays[*lane as usize] as usize, f.step, own))
                .collect(),
        };
        let occasion = Occasion {
            now: lookahead.now,
            origin: f.step,
            play: lookahead.play,
            plays: Imaginations { least: lookahead.plays, most: lookahead.most },
        };
        let imagined = &mut scratch.imagined[usize::from(lookahead.level) - 1];
        imagined.begin(occasion, (lanes, f.n), &f.trials, &keys);
    }

    /// Computes what the options of a turn are worth to an actor who looks ahead, or whose options
    /// draw random numbers, in the lanes of `Need`.
    #[allow(clippy::too_many_arguments)]
    pub(in crate::engine::lanes) fn look_ahead(
        &self,
        f: &mut Frame,
        view: RuledProgram<'_>,
        cursor: LanesCursor,
        lookahead: LanesLookahead,
        outer: Option<u64>,
        mut record: Option<&mut Record>,
        scratch: &mut Scratch,
    ) {
        let need = self.single(Single::Need);
        let all = lanes_of(f.get(need));
        let gumbels = self.gumbels_to_come(f, cursor, lookahead, scratch);
        for (lanes, lookahead) in lanes_by_luck(f, lookahead, &all) {
            let lanes = &lanes;
            f.set_only(need, lanes);
            self.begin(f, lanes, lookahead, outer, scratch);
            let (seen, thoughts) = self.think(f, view, cursor, lookahead, lanes, &gumbels, scratch);
            match &mut record {
                Some(record) => {
                    record.imagined.push(seen);
                    record.thought(cursor.actor, thoughts);
                }
                None => seen.give_back(scratch),
            }
        }
        f.set_only(need, &all);
        gumbels.into_iter().for_each(|list| scratch.give_numbers_back(list));
    }

    /// The same in the only lane of a frame, with what the plays showed and how long the actor thought if it could
    /// have thought longer.
    pub(super) fn think_alone(
        &self,
        f: &mut Frame,
        view: RuledProgram<'_>,
        cursor: LanesCursor,
        lookahead: LanesLookahead,
        scratch: &mut Scratch,
    ) -> (ImaginedValues, Vec<(u32, Thought)>) {
        let gumbels = self.gumbels_to_come(f, cursor, lookahead, scratch);
        self.begin(f, &[0], lookahead, None, scratch);
        let thought = self.think(f, view, cursor, lookahead, &[0], &gumbels, scratch);
        gumbels.into_iter().for_each(|list| scratch.give_numbers_back(list));
        thought
    }

    /// The Gumbel numbers of the options of a turn that really happens, holding first, in the lanes
    /// of `Need`; none where nobody may think longer than it has to, as in what is imagined.
    fn gumbels_to_come(
        &self,
        f: &mut Frame,
        cursor: LanesCursor,
        lookahead: LanesLookahead,
        scratch: &mut Scratch,
    ) -> Vec<Vec<f64>> {
        if !lookahead.thinks() {
            return Vec::new();
        }
        let track = &self.plans[0].actors[cursor.actor].tracks[cursor.track];
        let (need, gumbel) = (self.single(Single::Need), self.single(Single::Uniform));
        let places = track.actions.iter().map(|action| action.choice_place);
        let mut all = Vec::new();
        for place in std::iter::once(track.hold_place).chain(places) {
            let asked = Asked::Gumbel { place, step: f.step };
            self.random_numbers(asked, need, gumbel, f, scratch);
            let mut numbers = scratch.zeros(f.n);
            numbers.copy_from_slice(f.get(gumbel));
            all.push(numbers);
        }
        all
    }

    /// Imagines plays from the lanes of an imagination that has begun, and as many again of the
    /// options that may still be chosen where the actor is still undecided, until it may imagine no
    /// more. `gumbels` are those of the choice, which nobody needs who imagines a fixed number of
    /// plays. Returns how long the actor thought in each lane in which it could have thought longer.
    #[allow(clippy::too_many_arguments)]
    fn think(
        &self,
        f: &mut Frame,
        view: RuledProgram<'_>,
        cursor: LanesCursor,
        mut lookahead: LanesLookahead,
        lanes: &[u32],
        gumbels: &[Vec<f64>],
        scratch: &mut Scratch,
    ) -> (ImaginedValues, Vec<(u32, Thought)>) {
        let all = |_: usize, _: usize| true;
        let played = self.look_ahead_from(f, view, cursor, lookahead, (lanes, &all), scratch);
        let actor = &view.plan.actors[cursor.actor];
        let actions = &actor.tracks[cursor.track].actions;
        let open = |f: &Frame, option: usize, lane: u32| match option {
            0 => !actor.must_act && f.get(self.single(Single::Bound))[lane as usize] == 0.0,
            _ => f.get(self.layout.open(option - 1))[lane as usize] != 0.0,
        };
        // Where nothing had to be imagined, all plays have the same value.
        let draws: Vec<usize> = (1..=actions.len()).filter(|at| actions[at - 1].draws).collect();
        let mut rows = Vec::with_capacity(lanes.len());
        for (row, lane) in lanes.iter().enumerate() {
            let samples =
                lookahead.foresight > 0 || draws.iter().any(|option| open(f, *option, *lane));
            let plays = if samples { played.plays } else { 1 };
            rows.push(ImaginedRow { batch: 0, row, plays });
        }
        let mut seen = ImaginedValues { rows, contests: Vec::new(), batches: vec![played] };
        if lookahead.thinks() {
            seen.contests.extend(lanes.iter().map(|lane| {
                let options = (0..=actions.len()).filter(|option| open(f, *option, *lane));
                Contest::of(options.count())
            }));
        }
        // The positions among `lanes` of those that were in the last batch.
        let mut present: Vec<usize> = (0..lanes.len()).collect();
        let mut thoughts = Vec::new();
        loop {
            self.take_means(f, actions.len(), lanes, &present, &seen);
            if !lookahead.thinks() {
                return (seen, thoughts);
            }
            let last = lookahead.first + lookahead.plays >= lookahead.most;
            let mut undecided = Vec::new();
            for at in present {
                let (lane, plays) = (lanes[at], seen.rows[at].plays);
                if plays == 1 {
                    continue;
                }
                let options = (0..=actions.len())
                    .filter(|option| open(f, *option, lane) && seen.contests[at].is_left(*option));
                let options: Vec<_> = options
                    .map(|option| WeighedOption {
                        option,
                        value: f.get(self.value_of(option))[lane as usize],
                        gumbel: gumbels[option][lane as usize],
                        plays: seen.of(option, at),
                    })
                    .collect();
                let mut contest = seen.contests[at].clone();
                self.true_rule(f, cursor.actor, lane).narrow(&options, &mut contest);
                let decided = contest.is_over();
                seen.contests[at] = contest;
                if decided || last {
                    thoughts.push((lane, Thought { plays, decided }));
                } else {
                    undecided.push(at);
                }
            }
            if undecided.is_empty() {
                return (seen, thoughts);
            }
            present = undecided;
            lookahead = lookahead.further();
            let rest: Vec<u32> = present.iter().map(|at| lanes[*at]).collect();
            f.set_only(self.single(Single::Need), &rest);
            scratch.imagined[usize::from(lookahead.level) - 1].go_on((&rest, f.n));
            let left = |option: usize, row: usize| seen.contests[present[row]].is_left(option);
            let rest = (rest.as_slice(), &left as &dyn Fn(usize, usize) -> bool);
            let further = self.look_ahead_from(f, view, cursor, lookahead, rest, scratch);
            let kept: Vec<usize> = present.iter().map(|at| seen.rows[*at].row).collect();
            let batch = seen.batches.len();
            let all = seen.batches[batch - 1].with_further(&kept, further, scratch);
            for (row, at) in present.iter().enumerate() {
                seen.rows[*at] = ImaginedRow { batch, row, plays: all.plays };
            }
            seen.batches.push(all);
        }
    }

    /// Puts the mean over the plays into the columns of values, for some of the lanes: see
    /// [`take_means`](crate::engine::option_values::OptionValues::take_means).
    fn take_means(
        &self,
        f: &mut Frame,
        actions: usize,
        lanes: &[u32],
        present: &[usize],
        seen: &ImaginedValues,
    ) {
        for option in 0..=actions {
            let means = f.get_mut(self.value_of(option));
            for at in present {
                let plays = seen.of(option, *at);
                means[lanes[*at] as usize] = plays.iter().sum::<f64>() / plays.len() as f64;
            }
        }
        for at in present {
            let Some(contest) = seen.contests.get(*at) else { return };
            let lane = lanes[*at] as usize;
            let mut values: Vec<f64> =
                (0..=actions).map(|option| f.get(self.value_of(option))[lane]).collect();
            contest.complete(&mut values);
            for (option, value) in values.into_iter().enumerate() {
                f.get_mut(self.value_of(option))[lane] = value;
            }
        }
    }

    /// The column with the value of an option, holding being the first.
    pub(super) fn value_of(&self, option: usize) -> ColumnId {
        match option {
            0 => self.single(Single::Hold),
            _ => self.layout.value(option - 1),
        }
    }

    /// The rule by which an actor really decides, in a lane.
    pub(in crate::engine::lanes) fn true_rule(
        &self,
        f: &Frame,
        who: usize,
        lane: u32,
    ) -> ChoiceRule<f64> {
        let truth = RuledProgram { plan: &self.plans[0], rules: None };
        self.rule_in(f, truth, who, lane)
    }

    /// The rule by which an actor decides in a program, in a lane.
    pub(in crate::engine::lanes) fn rule_in(
        &self,
        f: &Frame,
        view: RuledProgram<'_>,
        who: usize,
        lane: u32,
    ) -> ChoiceRule<f64> {
        view.plan.actors[who].choice.map(|number| match number {
            Number::Constant(x) => x,
            Number::Column(column) => f.get(column)[lane as usize],
        })
    }

    /// Plays the plays at hand from the lanes of an imagination that has begun, for the options that
    /// are left: `left` says so of an option, holding first, and the position of a lane in `lanes`.
    fn look_ahead_from(
        &self,
        f: &mut Frame,
        view: RuledProgram<'_>,
        cursor: LanesCursor,
        lookahead: LanesLookahead,
        (lanes, left): (&[u32], &dyn Fn(usize, usize) -> bool),
        scratch: &mut Scratch,
    ) -> PlayedValues {
        let actor = &view.plan.actors[cursor.actor];
        let track = &actor.tracks[cursor.track];
        if lookahead.first == 0 || track.draws {
            self.expect_votes(f, view, cursor, lookahead, scratch);
            self.run(&track.root, f, scratch);
        }

        let plays = lookahead.plays as usize;
        let each = lanes.len() * plays;
        let mut aims = Vec::new();
        let mut entries = Vec::new();
        if !actor.must_act {
            let tape = (lookahead.foresight > 0).then_some(&view.plan.ends);
            aims.push(Aim { tape, out: 0 });
            let bound = f.get(self.single(Single::Bound));
            let rows = lanes.iter().enumerate();
            let rows = rows.filter(|(row, lane)| left(0, *row) && bound[**lane as usize] == 0.0);
            entries.extend(rows.map(|(_, lane)| WeightedAim { lane: *lane, aim: 0, weight: 1.0 }));
        }
        for (position, action) in track.actions.iter().enumerate() {
            let out = (position + 1) * each;
            let open = f.get(self.layout.open(position));
            let yes = action.consent.as_ref().map(|_| f.get(self.layout.carried_with(position)));
            let mut add = |tape, weight: &dyn Fn(usize) -> Option<f64>| {
                let aim = aims.len() as u32;
                aims.push(Aim { tape: Some(tape), out });
                for (row, lane) in lanes.iter().enumerate() {
                    let at = *lane as usize;
                    if open[at] != 0.0
                        && left(position + 1, row)
                        && let Some(weight) = weight(at)
                    {
                        entries.push(WeightedAim { lane: *lane, aim, weight });
                    }
                }
            };
            for (branch, tapes) in action.branches.iter().enumerate() {
                let tape = tapes.seen(lookahead.foresight, action.draws);
                let chance = action.chance.as_ref();
                let chance = chance.map(|_| f.get(self.layout.chance(position, branch)));
                add(tape, &|at| {
                    let yes = yes.map_or(1.0, |yes| yes[at]);
                    match chance {
                        _ if yes <= 0.0 => None,
                        Some(chance) => (chance[at] > 0.0).then(|| yes * chance[at]),
                        None => Some(yes),
                    }
                });
            }
            if let (Some(yes), Some(consent)) = (yes, &action.consent) {
                let tape = consent.refused.seen(lookahead.foresight, action.draws);
                add(tape, &|at| (yes[at] < 1.0).then(|| 1.0 - yes[at]));
            }
        }
        let mut values = scratch.zeros((track.actions.len() + 1) * each);
        self.evaluate(f, view, cursor, lookahead, &aims, &entries, &mut values, scratch);

        for (position, action) in track.actions.iter().enumerate() {
            if action.has_cost {
                let cost = f.get(self.layout.cost(position));
                for (row, lane) in lanes.iter().enumerate() {
                    let from = (position + 1) * each + row * plays;
                    for value in &mut values[from..from + plays] {
                        *value -= cost[*lane as usize];
                    }
                }
            }
        }
        PlayedValues { rows: lanes.len(), plays, values }
    }

    /// Computes the probability with which each voter says yes to each option, as a proposer
    /// expects it: of voters that do not look ahead.
    fn expect_votes(
        &self,
        f: &mut Frame,
        view: RuledProgram<'_>,
        cursor: LanesCursor,
        lookahead: LanesLookahead,
        scratch: &mut Scratch,
    ) {
        let track = &view.plan.actors[cursor.actor].tracks[cursor.track];
        let need = self.single(Single::Need);
        for (position, action) in track.actions.iter().enumerate() {
            let Some(consent) = &action.consent else { continue };
            let (open, asked) = (self.layout.open(position), self.single(Single::Acting));
            f.binary(
                self.cpu,
                crate::engine::lanes::machine::operation::Binary::Multiply,
                [need, open],
                asked,
            );
            if !f.any(self.cpu, asked) {
                continue;
            }
            for (index, voter) in consent.voters.iter().enumerate() {
                if voter.actor.index() == cursor.actor {
                    continue;
                }
                if action.draws {
                    let who = voter.actor.index();
                    let lookahead = LanesLookahead { who, foresight: 0, ..lookahead };
                    self.stakes(f, view, cursor, position, asked, lookahead, None, scratch);
                } else {
                    self.run(&consent.voters[index].stake, f, scratch);
                }
                self.run(&view.plan.actors[voter.actor.index()].acceptance, f, scratch);
                f.copy(self.single(Single::Spare), self.layout.yes(position, index));
            }
        }
    }
}

/// Lanes that look ahead at once, in groups in which the numbers of what they imagine are of the same repeat.
pub(in crate::engine::lanes) fn lanes_by_luck(
    f: &Frame,
    lookahead: LanesLookahead,
    lanes: &[u32],
) -> Vec<(Vec<u32>, LanesLookahead)> {
    let luck = f.luck.as_ref().filter(|_| f.level == 0);
    let is_other = |lane: &u32| luck.is_some_and(|luck| luck.imagines_other(lookahead.who, *lane));
    let (others, own): (Vec<u32>, Vec<u32>) = lanes.iter().partition(|lane| is_other(lane));
    let play = luck.map_or(lookahead.play, |luck| luck.play);
    let mut groups = Vec::new();
    for (lanes, play) in [(own, lookahead.play), (others, play)] {
        let at_once = lanes.chunks(lookahead.lanes_at_once());
        groups.extend(at_once.map(|lanes| (lanes.to_vec(), LanesLookahead { play, ..lookahead })));
    }
    groups
}

/// The lanes in which a mask is set.
pub(in crate::engine::lanes) fn lanes_of(mask: &[f64]) -> Vec<u32> {
    mask.iter().enumerate().filter(|(_, x)| **x != 0.0).map(|(lane, _)| lane as u32).collect()
}
