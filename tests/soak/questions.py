"""What is asked of the program: commands over all its verbs, drawn from a seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

BORDER, TREE, CAR, FIRMS = "border-crisis", "crisis-tree", "car-emissions", "enterprises"
HISTORY = ("cuba-1962", "kargil-1999", "panmunjom-1976", "taiwan-1995")
SCENARIOS = (BORDER, TREE, CAR, FIRMS, *HISTORY)
RECORD = "s/record.toml"
# What stands in place of a line of a scenario in its variants.
EDITS = {
    BORDER: (("start = 0.5, range", "start = 0.{}, range"), ("beta(4, 3)", "beta({}, 3)")),
    TREE: (('draw = "1"', 'draw = "1.{}"'),),
    CAR: (("uniform(8, 16)", "uniform({}, 16)"),),
    FIRMS: (("pert(50, 100, 150)", "pert({}0, 100, 150)"),),
}


@dataclass(frozen=True)
class Question:
    """A command without the manner in which it is carried out. Its paths are those of a site."""

    kind: str  # play, shard, merge, chart, file, text or wrong
    verb: str
    words: tuple[str, ...]
    status: int = 0
    scenario: str | None = None  # the file that is read first, in s/
    edits: tuple[tuple[str, str], ...] = ()  # what is replaced in it
    standard_input: bool = False  # whether the scenario comes from standard input
    can_be_cut: bool = False
    machine: bool = False  # whether it takes the options of a verb that plays
    shows: bool = False  # whether it takes -q, -v and --json
    needs: Question | None = field(default=None, repr=False)  # whose run folder or shards it takes
    shards: int = 0
    prints: bool = True


def trials(rng: random.Random, least: int, most: int) -> tuple[str, ...]:
    return ("-n", str(rng.randrange(least, most)))


def run(rng, scenario):
    count = {BORDER: 80_000, TREE: 1_000, CAR: 1_500, FIRMS: 800}.get(scenario, 80)
    words = trials(rng, count // 10, count)
    table = rng.choice((None, None, "csv", "parquet"))
    if table:
        return (*words, "--trials", table), False
    if scenario in (BORDER, FIRMS) and rng.random() < 0.2:
        return ("--draws", str(rng.randrange(50, 400)), "--repeats", "10"), True
    if scenario == BORDER and rng.random() < 0.2:
        return (*words, "--precision", rng.choice(("2", "5"))), False
    sampling = rng.choice((None, None, "stratified", "sobol"))
    return (*words, *(("--sampling", sampling) if sampling else ())), True


def compare(rng, scenario):
    count = {BORDER: 3_000, TREE: 300, CAR: 400, FIRMS: 120}[scenario]
    return trials(rng, count // 8, count), True


def levers(rng, scenario):
    count = {BORDER: 2_000, TREE: 80}[scenario]
    return trials(rng, count // 8, count), True


def sensitivity(rng, scenario):
    method = rng.choice(("sobol", "morris", "one-at-a-time"))
    count = {BORDER: 3_000, CAR: 200, FIRMS: 128}[scenario]
    words = trials(rng, count // 8, count if method == "sobol" else count // 4)
    table = rng.choice((None, None, "csv")) if method != "one-at-a-time" else None
    return (*words, "--method", method, *(("--trials", table) if table else ())), not table


def sweep(rng, scenario):
    count = {BORDER: 6_000, TREE: 120}[scenario]
    vary = {BORDER: "assumptions.cost_of_war = 0.1 to 0.9 in {}", TREE: "assumptions.lambda = 1 to 3 in {}"}
    values = vary[scenario].format(rng.randrange(2, 6))
    return ("--vary", values, *trials(rng, count // 8, count)), True


def discover(rng, _):
    outcome = rng.choice(("war", "settlement", "standoff"))
    return ("--outcome", outcome, "--boxes", str(rng.randrange(1, 3)), *trials(rng, 2_000, 10_000)), False


def trace(rng, scenario):
    if scenario == BORDER and rng.random() < 0.5:
        return ("--outcome", "war", "--typical", *trials(rng, 1_000, 4_000), "--odds", "300"), False
    odds = 8 if scenario in HISTORY else 80
    return ("--trial", str(rng.randrange(100)), "--odds", str(odds)), False


def why(rng, scenario):
    count = {BORDER: 300, TREE: 24}[scenario]
    return (*trials(rng, count // 8, count), *rng.choice(((), ("--by", "step"), ("--by", "source")))), True


def update(rng, _):
    world = rng.choice(((), ("--world", "all")))
    return ("--record", RECORD, *world, *trials(rng, 500, 3_000)), False


def score(rng, scenario):
    others = rng.sample([name for name in HISTORY if name != scenario], rng.randrange(0, 2))
    return (*(f"s/{name}.toml" for name in others), *trials(rng, 8, 24)), False


VERBS = {
    run: SCENARIOS,
    compare: (BORDER, TREE, CAR, FIRMS),
    levers: (BORDER, BORDER, TREE),
    sensitivity: (BORDER, CAR, FIRMS),
    sweep: (BORDER, BORDER, TREE),
    discover: (BORDER,),
    trace: (BORDER, TREE, *HISTORY),
    why: (BORDER, TREE),
    update: (BORDER,),
    score: HISTORY,
}


def settings(rng: random.Random, scenario: str) -> tuple[str, ...]:
    """Other values than those of the file."""
    value = f"0.{rng.randrange(1, 9)}"
    options = {
        BORDER: ("assumptions.baseline_trade=" + str(rng.randrange(5, 15)), "state.tension.start=" + value),
        TREE: ("assumptions.lambda=1." + value[2:],),
        CAR: ("assumptions.without=uniform(9, 15)",),
        FIRMS: ("assumptions.top=pert(40, 90, 150)",),
    }.get(scenario)
    return ("--set", rng.choice(options)) if options and rng.random() < 0.3 else ()


def play(rng: random.Random) -> Question:
    """A question by a verb that plays, or one of its shards."""
    verb = rng.choice([run, *VERBS])
    scenario = rng.choice(VERBS[verb])
    words, can_be_cut = verb(rng, scenario)
    if verb is not sweep:
        words = (*words, *settings(rng, scenario))
    if rng.random() < 0.7:
        words = (*words, "--seed", str(rng.randrange(1, 1_000)))
    if rng.random() < 0.15:
        words = (*words, "--png")
    if rng.random() < 0.1:
        words = (*words, "--csv", rng.choice(("plain", "excel")))
    edits = ()
    if scenario in EDITS and rng.random() < 0.3:
        edits = tuple((old, new.format(rng.randrange(2, 9))) for old, new in EDITS[scenario])
    as_text = verb is not score and rng.random() < 0.15
    kind = "play"
    if can_be_cut and rng.random() < 0.12:
        count = rng.randrange(2, 5)
        kind, words = "shard", (*words, "--shard", f"{rng.randrange(1, count + 1)}/{count}")
    file = "-" if as_text else f"s/{scenario}.toml"
    return Question(
        kind, verb.__name__, (verb.__name__, file, *words), scenario=scenario, edits=edits, standard_input=as_text,
        can_be_cut=can_be_cut and kind == "play", machine=True, shows=True,
    )


def other(rng: random.Random, played: list[Question]) -> Question:
    """A command that does not play."""
    ready = [question for question in played if question.kind == "play"]
    pick = rng.choice(("merge", "merge", "chart", "chart", "chart", "check", "text", "new", "man", "wrong", "wrong"))
    if pick == "merge":
        cut = [question for question in ready if question.can_be_cut]
        if cut:
            count = rng.randrange(2, 5)
            shards = [f"parts/{number}.shard" for number in range(1, count + 1)]
            rng.shuffle(shards)
            if rng.random() < 0.2:
                return Question("wrong", "merge", ("merge", *shards[1:]), 2, needs=rng.choice(cut), shards=count, shows=True)
            return Question("merge", "merge", ("merge", *shards), needs=rng.choice(cut), shards=count, shows=True)
    if pick == "chart" and ready:
        words = rng.choice(
            ((), ("--format", "svg,png"), ("--size", "slide"), ("-o", "drawn/more", "--format", "png", "--size", "800x600"))
        )
        return Question("chart", "chart", ("chart", "drawn/run", *words), needs=rng.choice(ready), shows=True)
    if pick == "new":
        return Question("file", "new", ("new", "made/mine.toml"))
    if pick == "man":
        return Question("file", "man", ("man", "made/man"))
    if pick == "check":
        scenario = rng.choice(SCENARIOS)
        broken = rng.random() < 0.4
        edits = (("\nsteps", "\nstepps"),) if broken else ()
        return Question("text", "check", ("check", f"s/{scenario}.toml"), 2 if broken else 0, scenario, edits, shows=True)
    if pick == "wrong":
        return wrong(rng)
    words = rng.choice(
        (("schema",), ("completions", "bash"), ("completions", "zsh"), ("doctor",), ("new", "-"), ("--help",), ("--version",),
         ("run", "--help"))
    )
    return Question("text", words[0].lstrip("-"), words)


def wrong(rng: random.Random) -> Question:
    """A command that is wrong: its status is 2, and it writes nothing."""
    file = f"s/{BORDER}.toml"
    words = rng.choice(
        (("run", "s/nothing.toml"), ("run", file, "--policy", "nobody"), ("run", file, "--set", "assumptions.nothing=1"),
         ("run", file, "--shard", "5/4"), ("compare", file, "--no-such-option"), ("levers", file, "-n", "0"),
         ("discover", file), ("trace", file, "--trial", "1", "--resume"), ("sweep", file), ("why", file, "--outcome", "rain"),
         ("update", file), ("score", file), ("sensitivity", file, "--of", "rain"), ("chart", "s"), ("completions", "basic"),
         ("new", file), ("merge", file), ("run", "s/broken.toml"))
    )
    return Question("wrong", words[0], words, 2)


def pool(seed: int, count: int) -> list[Question]:
    """So many questions, the same for each seed."""
    rng = random.Random(f"{seed}/questions")
    asked: list[Question] = []
    while len(asked) < count:
        asked.append(play(rng) if len(asked) < 6 or rng.random() < 0.72 else other(rng, asked))
    return asked


def manner(rng: random.Random, question: Question, seconds: float) -> list[str]:
    """How a question is carried out, which changes nothing of what is written."""
    words: list[str] = []
    if question.shows:
        words += rng.choice(([], [], ["-q"], ["--json"], ["--json", "-q"], ["-v"], ["-v", "--json"]))
    if question.machine:
        words += rng.choice(([], ["-j", str(rng.randrange(1, 5))]))
        if seconds < 0.25 and rng.random() < 0.1:
            words += ["--engine", "reference"]
        if question.can_be_cut:
            words += rng.choice(([], ["--keep-every", f"{rng.choice((0.02, 0.05, 0.2))}"], ["--keep-every", "0.05", "--resume"]))
    return words
