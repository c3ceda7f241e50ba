#!/usr/bin/env python3
"""Asks whether the tests would notice a wrong program.

The faults are those of cargo-mutants: a wrong operator, a function that returns a constant, a match without one of its
arms. Building a program anew for each of some thousand faults would take days, so all of them are built into one copy
of it, each behind a switch, and a variable of the environment turns one on (mutant schemata: Untch, Offutt and Harrold,
"Mutation analysis using mutant schemata", 1993). Only tests that reach a fault are run on it.
"""

import argparse
import csv
import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from switches import RUNTIME, Switched, patterns_of_match

ROOT = Path(__file__).resolve().parents[2]
# How long the tests may take on a fault, for each second that they take without, and how many seconds more.
TIMES, MORE = 5.0, 10.0
# About so many seconds of tests are run by the first process for a fault; by the next twice as many, and so on.
BATCH = 0.05


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("places", nargs="+", metavar="PLACE", help="a file or folder below src, such as src/stats")
    parser.add_argument("--csv", type=Path, required=True, help="where the table of faults is written")
    parser.add_argument("--work", type=Path, default=ROOT / "target/mutants", help="where the copy is built")
    parser.add_argument("--suite", metavar="FILTER", action="append", default=[],
                        help="run these tests of tests/suite too, for example trace::")
    parser.add_argument("--lib", metavar="FILTER", action="append", default=[],
                        help="run only these unit tests, for example stats:: (all of them unless given)")
    parser.add_argument("--features", default=None, help="features to build with (the default ones unless given)")
    parser.add_argument("--patience", type=float, default=6.0, metavar="SECONDS",
                        help="run at most so many seconds of tests on a fault, the nearest and quickest first; "
                        "leave out tests that take longer")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="how many tests run side by side")
    parser.add_argument("--sample", type=int, metavar="N", help="try only so many faults, drawn at random")
    parser.add_argument("--seed", type=int, default=1, help="what the sample is drawn with")
    parser.add_argument("--only", type=Path, help="a table of this program: try only what it says was missed")
    return parser.parse_args()


def run(words, folder, **more) -> subprocess.CompletedProcess:
    return subprocess.run(words, cwd=folder, text=True, stdout=subprocess.PIPE, check=False, **more)


def copied(work: Path) -> Path:
    """A copy of the project's files."""
    folder = work / "copy"
    shutil.rmtree(folder, ignore_errors=True)
    names = run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], ROOT).stdout.split("\n")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def listed(folder: Path, places: list[str]) -> list[dict]:
    """The faults of some places as cargo-mutants finds them."""
    files = [word for place in places
             for word in ("--file", place if place.endswith(".rs") else f"{place.rstrip('/')}/**")]
    found = run(["cargo", "mutants", "--list", "--json", *files], folder)
    if found.returncode:
        sys.exit("cargo mutants could not list the faults: is it installed?")
    return json.loads(found.stdout)


class Build:
    """A copy of the program with the faults behind switches."""

    def __init__(self, work: Path, mutants: list[dict], words: list[str], suite: bool) -> None:
        self.folder, self.words, self.suite = work / "copy", words, suite
        self.mutants = dict(enumerate(mutants, 1))
        self.files = defaultdict(list)
        for number, mutant in self.mutants.items():
            self.files[mutant["file"]].append(number)
        self.sources = {name: (self.folder / name).read_bytes() for name in self.files}
        # What the compiler refused before, it will refuse again.
        self.refused = work / "refused.txt"
        names = set(self.refused.read_text().splitlines()) if self.refused.exists() else set()
        self.dropped = {number for number, mutant in self.mutants.items() if mutant["name"] in names}
        # The switches read a variable where the program runs, and are off where the compiler computes.
        self.environment = {**os.environ, "RUSTC_BOOTSTRAP": "1", "CARGO_TARGET_DIR": str(work / "target"),
                            "CARGO_INCREMENTAL": "0", "RUSTFLAGS": "--cap-lints=allow"}
        root = self.folder / "src/lib.rs"
        text = root.read_text()
        at = re.search(r"^(?!//)", text, re.M).start()
        root.write_text(text[:at] + "#![feature(core_intrinsics, const_eval_select)]\n" + text[at:] + "\nmod mutants;\n")
        (self.folder / "src/mutants.rs").write_text(RUNTIME.replace("COUNT", str(len(mutants) + 1)))

    def write(self) -> None:
        for name, numbers in self.files.items():
            chosen = {n: self.mutants[n] for n in numbers if n not in self.dropped}
            switched = Switched(self.sources[name], chosen)
            (self.folder / name).write_bytes(switched.text())
            self.dropped |= switched.left_out

    def cargo(self, command: list[str]) -> list[dict]:
        words = ["cargo", *command, *self.words, "--message-format=json", "--lib"]
        words += ["--test", "suite"] if self.suite else []
        done = run(words, self.folder, env=self.environment, stderr=subprocess.DEVNULL)
        messages = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        return messages + [{"reason": "failed"}] * (done.returncode != 0)

    def compiled(self) -> dict[str, Path]:
        """The programs of tests. Faults that the compiler refuses are dropped."""
        while True:
            self.write()
            errors = [m["message"] for m in self.cargo(["check", "--profile", "test"])
                      if m["reason"] == "compiler-message" and m["message"]["level"] == "error"]
            if not errors:
                break
            refused = {number for error in errors for number in self.near(error)} - self.dropped
            if not refused:
                sys.exit("\n".join(error["rendered"] for error in errors))
            print(f"the compiler refuses {len(refused)} faults", flush=True)
            self.dropped |= refused
        self.refused.write_text("".join(f"{self.mutants[n]['name']}\n" for n in sorted(self.dropped)))
        messages = self.cargo(["test", "--no-run"])
        if {"reason": "failed"} in messages:
            sys.exit("the copy could not be built")
        return {m["target"]["name"]: Path(m["executable"]) for m in messages
                if m["reason"] == "compiler-artifact" and m["profile"]["test"] and m["executable"]}

    def near(self, error: dict) -> set[int]:
        """The faults in the lines that an error is about."""
        numbers = set()
        for span in error["spans"] + [s for child in error["children"] for s in child["spans"]]:
            while span["expansion"] and not span["file_name"] in self.files:
                span = span["expansion"]["span"]
            if span["file_name"] in self.files:
                source = (self.folder / span["file_name"]).read_bytes()
                text = b"\n".join(source.splitlines()[span["line_start"] - 1 : span["line_end"]])
                if (error["code"] or {}).get("code") == "E0004":
                    # A match that is not exhaustive: what is wrong is among its patterns.
                    text = patterns_of_match(source, span["byte_start"])
                numbers |= {int(n) for n in re.findall(rb"mutants::on\((\d+)\)", text)}
        return numbers


class Tests:
    """The tests, how long each takes, and which faults each reaches."""

    def __init__(self, programs: dict[str, Path], options: argparse.Namespace, folder: Path) -> None:
        self.folder, self.jobs, self.programs = folder, options.jobs, programs
        self.names = []
        for target, program in programs.items():
            filters = options.suite if target == "suite" else options.lib
            names = re.findall(r"^(.*): test$", run([program, "--list", "--format", "terse"], folder).stdout, re.M)
            self.names += [(target, name) for name in names
                           if not filters or any(name.startswith(own) for own in filters)]
        self.seconds: dict[tuple, float] = {}
        self.reaching: dict[int, list[tuple]] = defaultdict(list)

    def run(self, target: str, names: list[str], limit: float, **environment: str) -> str:
        """`passed`, `failed` or `timeout`."""
        words = [self.programs[target], "--exact", "--test-threads", "1", *names]
        done = subprocess.Popen(words, cwd=self.folder, env={**os.environ, **environment}, start_new_session=True,
                                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            return "failed" if done.wait(limit) else "passed"
        except subprocess.TimeoutExpired:
            os.killpg(done.pid, 9)
            done.wait()
            return "timeout"

    def measure(self, work: Path, patience: float) -> None:
        """Runs each test without a fault. Those that take longer than the patience for a fault are left out."""
        def one(at: int) -> tuple[str, float, set[int]]:
            seen = work / f"seen.{at}"
            seen.unlink(missing_ok=True)
            target, name = self.names[at]
            begun = time.monotonic()
            ended, seconds = self.run(target, [name], patience), time.monotonic() - begun
            if ended == "passed":
                self.run(target, [name], MORE + TIMES * seconds, MUTANT="reached", MUTANTS_REACHED=str(seen))
            reached = {int(n) for n in seen.read_text().split()} if seen.exists() else set()
            seen.unlink(missing_ok=True)
            return ended, seconds, reached
        with ThreadPoolExecutor(self.jobs) as pool:
            for test, (ended, seconds, reached) in zip(self.names, pool.map(one, range(len(self.names)))):
                if ended != "passed":
                    why = "takes too long" if ended == "timeout" else "fails without a fault"
                    print(f"left out: {test[1]} {why}", flush=True)
                    continue
                self.seconds[test] = seconds
                for number in reached:
                    self.reaching[number].append(test)

    def batches(self, number: int, mutant: dict, patience: float) -> tuple[list[tuple[str, list[str]]], bool]:
        """The tests for a fault, nearest and quickest first, and whether they are all that reach it."""
        own = Path(mutant["file"]).with_suffix("").parts[1:]
        def far(test: tuple) -> tuple:
            parts = test[1].split("::") if test[0] != "suite" else []
            common = next((i for i, (a, b) in enumerate(zip(own, parts)) if a != b), min(len(own), len(parts)))
            return -common, self.seconds[test]
        batches, spent, last, most = [], 0.0, 0.0, BATCH
        tests = sorted(self.reaching[number], key=far)
        for at, test in enumerate(tests):
            if spent + self.seconds[test] > patience and at > 0:
                return batches, False
            if not batches or batches[-1][0] != test[0] or last + self.seconds[test] > most:
                batches.append((test[0], []))
                last, most = 0.0, 2.0 * most
            batches[-1][1].append(test[1])
            spent, last = spent + self.seconds[test], last + self.seconds[test]
        return batches, True

    def try_out(self, number: int, mutant: dict, patience: float) -> tuple[str, str]:
        """What became of a fault, and the tests that caught it."""
        if not self.reaching[number]:
            return "unreached", ""
        batches, whole = self.batches(number, mutant, patience)
        for target, names in batches:
            limit = MORE + TIMES * sum(self.seconds[target, name] for name in names)
            ended = self.run(target, names, limit, MUTANT=str(number))
            if ended != "passed":
                return {"failed": "caught"}.get(ended, ended), names[0] if len(names) == 1 else f"{names[0]} …"
        return "missed" if whole else "missed so far", ""


def main() -> None:
    options = asked()
    options.work.mkdir(parents=True, exist_ok=True)
    folder = copied(options.work)
    mutants = listed(folder, options.places)
    if options.only:
        known = {row["fault"] for row in csv.DictReader(options.only.open()) if row["result"] not in ("caught", "timeout")}
        mutants = [mutant for mutant in mutants if mutant["name"] in known]
    if options.sample is not None and options.sample < len(mutants):
        mutants = random.Random(options.seed).sample(mutants, options.sample)
    print(f"{len(mutants)} faults", flush=True)
    words = [] if options.features is None else ["--no-default-features", "--features", options.features]
    build = Build(options.work, mutants, words, bool(options.suite))
    programs = build.compiled()
    tests = Tests(programs, options, folder)
    tests.measure(options.work, options.patience)
    print(f"{len(tests.seconds)} tests, {sum(tests.seconds.values()):.0f} s", flush=True)

    def one(item: tuple[int, dict]) -> tuple[str, str]:
        if item[0] in build.dropped:
            return "not built", ""
        return tests.try_out(*item, options.patience)

    results = Counter()
    options.csv.parent.mkdir(parents=True, exist_ok=True)
    with options.csv.open("w", newline="") as file, ThreadPoolExecutor(options.jobs) as pool:
        table = csv.writer(file)
        table.writerow(["fault", "result", "tests"])
        for (_, mutant), (result, names) in zip(build.mutants.items(), pool.map(one, build.mutants.items())):
            results[result] += 1
            table.writerow([mutant["name"], result, names])
            file.flush()
    print(", ".join(f"{count} {result}" for result, count in results.most_common()))


if __name__ == "__main__":
    main()
