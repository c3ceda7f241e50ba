#!/usr/bin/env python3
"""Asks the program random questions under random faults, and checks what it leaves. See README.md."""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import checks
from faults import FAULTS, PLAYS, WRITES, Fault
from questions import Question, manner, pool
from report import Report
from sites import TOLD, Act, Ended, Program

QUESTIONS = 200
ACTS_OF_A_SITE = 25
# What `check` says from here on is measured.
MEASURED = b"What it takes here"
# Faults under which a message may not be heard, or not be said.
UNHEARD = ("no reader of errors", "full errors", "no streams", "small files", "SIGINT twice")


def allowed(act: Act, fault: Fault) -> set[int]:
    """With which statuses a process may end."""
    due = act.question.status
    if fault.must:
        return set(fault.statuses)
    if fault.silent:
        prints = not act.question.shows or "-q" not in act.manner or "--json" in act.manner
        if due == 2:
            return {2, 1} if act.question.verb == "check" and "--json" in act.manner else {2}
        return {1} if prints else {0}
    return {due, *fault.statuses}


def wrong_ends(act: Act, fault: Fault, ends: list[Ended]) -> list[str]:
    """What is wrong with how processes ended, and with what they printed."""
    wrong = []
    statuses = allowed(act, fault)
    for ended in ends:
        said = ended.err.decode(errors="replace").strip()
        if ended.status == -14:
            wrong.append("did not end")
        elif ended.status not in statuses:
            wrong.append(f"status {ended.status} where {sorted(statuses)} is due: {said[-300:]}")
        if "panicked at" in said or "soak:" in said:
            wrong.append(f"said: {said[-400:]}")
        if ended.status in (1, 2) and not said and not ended.out and fault.name not in UNHEARD and not fault.silent:
            wrong.append(f"status {ended.status} without a word")
        if act.question.kind == "wrong" and ended.out:
            wrong.append("something on standard output beside an error")
    if fault.told and act.question.kind in (*PLAYS, "text", "file"):
        # A second question at the same time is asked with -q.
        asked = ends[:1] if fault.name == "two questions at once" else ends
        wrong += [told for ended in asked if ended.status == act.question.status for told in wrong_words(act, ended)]
    return wrong


def wrong_words(act: Act, ended: Ended) -> list[str]:
    """What is wrong with what was printed by a process that did all that it was to do."""
    if act.question.kind == "text" and not act.manner and act.question.verb != "doctor":
        own, due = (text.partition(MEASURED)[0] for text in (ended.out, act.due.ended.out))
        return [] if own == due else ["other words on standard output than undisturbed"]
    if "--json" in act.manner and act.question.kind in ("play", "merge"):
        try:
            found = json.loads(ended.out)
        except ValueError as error:
            return [f"the object cannot be read: {error}"]
        same = act.due.answer == {"answer": found["answer"], "manifest": found["manifest"]}
        return [] if same else ["another object on standard output than undisturbed"]
    if "-q" in act.manner and "--json" not in act.manner and act.question.shows:
        return ["something on standard output in spite of -q"] if ended.out else []
    if act.question.kind in PLAYS and "--json" not in act.manner:
        return [] if b"written to " in ended.out else ["the words do not end with where the results are"]
    return []


def follow_up(act: Act, before: checks.Units, hidden: set[str], report: Report) -> list[str]:
    """Asks the same again, undisturbed: everything must be there then, and nothing beside it."""
    question = act.question
    kept = [path for path in hidden if path.endswith(".parts") and any(name.endswith(".part") for name in os.listdir(act.site / path))]
    words = ["--resume"] if question.can_be_cut else []
    due = 2 if question.verb == "new" and (act.site / "made/mine.toml").exists() else question.status
    if question.scenario and not (act.site / f"s/{question.scenario}.toml").exists():
        act.program.prepare(act.site, question)
    ended = act.program.asked(act.site, question, words)
    units, left = checks.look(act.site)
    wrong = []
    if ended.status != due:
        wrong.append(f"asked again: status {ended.status}: {ended.err.decode(errors='replace')[-300:]}")
    # What was written aside by a killed process under a name of its own is hidden, and no run removes it.
    aside = checks.of_a_run(left)["aside"]
    report.note("files written aside that stay after a kill", len(aside))
    for path in aside:
        (act.site / path).unlink()
    wrong += [f"asked again: left hidden: {path}" for path in sorted(left - aside)]
    expected = {**before, **act.due.units}
    found, _ = checks.compared(act.site, before, units, expected, may_lack_charts=False)
    wrong += [f"asked again: {what}" for what in found]
    if due == question.status:
        wrong += [f"asked again: missing {unit}" for unit in expected if unit not in units]
    if kept and "--resume" in words:
        told = TOLD.search(ended.err)
        report.note("runs that went on with what was kept", 1 if told else 0)
        if not told:
            wrong.append(f"asked again: kept parts were not taken up: {ended.err.decode(errors='replace')[-300:]}")
    return wrong


def judged(act: Act, fault: Fault, before: checks.Units, was_hidden: set[str], ends: list[Ended], report: Report) -> list[str]:
    """Everything that is wrong after an act."""
    due = dict(act.due.units)
    if act.other is not None:
        due.update(act.program.reference(act.other).units)
    after, hidden = checks.look(act.site)
    wrong = wrong_ends(act, fault, ends)
    base = {} if fault.removes else before
    found, fewer = checks.compared(act.site, before, after, {**base, **due}, fault.may_lack_charts)
    wrong += found
    statuses = [ended.status for ended in ends]
    killed = any(status < 0 for status in statuses)
    kinds = checks.of_a_run(hidden - was_hidden)
    for unit in (unit for unit in before if unit not in after):
        if any(unit.rpartition("/")[2] in path for path in kinds["old"]):
            report.note("finished folders that were aside at a kill, and came back", 1)
        elif not fault.removes:
            wrong.append(f"lost: {unit}")
    is_done = 0 in statuses or (fault.silent and 1 in statuses)
    if act.question.status == 0 and is_done and not fault.removes:
        wrong += [f"status {statuses} without {unit}" for unit in due if unit not in after]
    if 2 in statuses and act.question.kind != "text":
        if after != before or hidden != was_hidden:
            wrong.append("status 2, and something was written")
    if not killed:
        stay = {"partial": kinds["partial"], "old": kinds["old"], "aside": kinds["aside"]}
        if not fault.leaves:
            wrong += [f"left hidden: {path}" for paths in stay.values() for path in sorted(paths)]
        # What was kept is of use only where there are no results yet.
        if is_done or 1 not in statuses:
            wrong += [f"kept although it was done: {path}" for path in sorted(kinds["parts"])]
    if killed and checks.was_writing(act.site, hidden - was_hidden):
        report.landed(fault)
    report.note("run folders that lack charts, and say so", len(fewer))
    report.note("ended by Ctrl-C itself, while nothing was played", statuses.count(-2))
    if killed or hidden or fewer or act.rng.random() < 0.25:
        if act.question.kind in WRITES and act.question.status == 0 and not (wrong and fault.alone):
            whole = {unit: files for unit, files in before.items() if not fault.removes or unit in after}
            if act.other is not None:
                whole.update({unit: due[unit] for unit in after if unit in due})
            wrong += follow_up(act, whole, hidden, report)
    return wrong


def available(program: Program) -> tuple[list[Fault], list[str]]:
    """The faults that can be done here, and a line for each kind that cannot."""
    spaces = subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False) if shutil.which("unshare") else None
    there = {
        "": True,
        "library": program.library is not None,
        "namespaces": spaces is not None and spaces.returncode == 0,
        "root": os.geteuid() == 0,
    }
    reasons = {"library": "there is no C compiler", "namespaces": "unshare -rm is not allowed", "root": "only root can"}
    skipped = [f"skipped: {fault.name}: {reasons[fault.needs]}" for fault in FAULTS if not there[fault.needs]]
    return [fault for fault in FAULTS if there[fault.needs]], skipped


class Soak:
    def __init__(self, program: Program, seed: int, faults: list[Fault], report: Report):
        self.program, self.seed, self.faults, self.report = program, seed, faults, report
        self.pool = pool(seed, QUESTIONS)
        self.site: Path | None = None
        self.acts_of_site = 0
        self.refused: set[Question] = set()

    def place(self, alone: bool) -> Path:
        """The site of an act: its own, or one that other acts have filled."""
        if alone:
            return self.program.site("alone")
        if self.site is None or self.acts_of_site >= ACTS_OF_A_SITE:
            if self.site is not None:
                shutil.rmtree(self.site)
            self.site, self.acts_of_site = self.program.site("site"), 0
        self.acts_of_site += 1
        return self.site

    def act(self, number: int) -> None:
        """One act, which depends on the seed and its number."""
        rng = random.Random(f"{self.seed}/{number}")
        question = rng.choice(self.pool)
        due = self.program.reference(question)
        fitting = [fault for fault in self.faults if question.kind in fault.kinds]
        fitting = [fault for fault in fitting if fault.name != "scenario removed" or not question.standard_input]
        fault = rng.choices(fitting, [fault.weight for fault in fitting])[0]
        if due.trouble:
            if question not in self.refused:
                self.refused.add(question)
                self.report.failed(number, question, "undisturbed", " ".join(question.words), due.trouble, None)
            return
        site = self.place(fault.alone)
        act = Act(number, rng, self.program, site, question, manner(rng, question, due.seconds), due)
        if fault.name == "two questions at once":
            others = [other for other in self.pool if other.kind == "play" and other.scenario != question.scenario]
            act.other = rng.choice(others)
            if self.program.reference(act.other).trouble:
                return
            self.program.prepare(site, act.other)
        self.program.prepare(site, question)
        if rng.random() < 0.5:
            for unit in due.units:
                if unit.startswith("out/"):
                    shutil.rmtree(site / unit, ignore_errors=True)
                    (site / unit).unlink(missing_ok=True)
        before, hidden = checks.look(site)
        ends = fault.run(act)
        wrong = judged(act, fault, before, hidden, ends, self.report)
        self.report.ended(question, fault, ends)
        how = [*act.how, f"ended with {', '.join(str(ended.status) for ended in ends)}"]
        line = f"{act.shell()}  # {'; '.join(how)}"
        if wrong:
            kept = self.program.work / f"failed-{number}" if self.report.is_new(wrong) else None
            if kept:
                site.rename(kept)
            else:
                shutil.rmtree(site)
            self.report.failed(number, question, fault.name, line, wrong, kept)
            self.site = None if site == self.site else self.site
        elif fault.alone:
            shutil.rmtree(site)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True, help="the program to test")
    parser.add_argument("--seconds", type=float, default=300.0, help="how long to go on")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="do the act of this number alone")
    parser.add_argument("--report", type=Path, help="also write the summary to this file")
    options = parser.parse_args()

    work = Path(tempfile.mkdtemp(prefix="soak-"))
    work.chmod(0o755)
    program = Program(options.program, work)
    faults, skipped = available(program)
    print("\n".join(skipped), end="\n" if skipped else "", flush=True)
    report = Report(options.seed)
    soak = Soak(program, options.seed, faults, report)
    begun = time.monotonic()
    numbers = [options.only] if options.only is not None else range(1, sys.maxsize)
    try:
        for number in numbers:
            if time.monotonic() - begun >= options.seconds:
                break
            soak.act(number)
    except KeyboardInterrupt:
        print("interrupted", flush=True)
    text = report.text(time.monotonic() - begun) + "".join(f"\n{line}" for line in skipped)
    print(text)
    if options.report:
        options.report.write_text(text + "\n", encoding="utf-8")
    if not report.failures:
        shutil.rmtree(work)
    return 1 if report.failures else 0


if __name__ == "__main__":
    sys.exit(main())
