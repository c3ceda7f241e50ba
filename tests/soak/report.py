"""What came of a soak: counts, and each failure when it is found."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from faults import FAULTS, Fault
from questions import Question
from sites import Ended

# How many folders are kept for each kind of finding.
KEPT = 3
ENDS = ("0", "1", "2", "killed", "other")


def how(status: int) -> str:
    """How a process ended, in one word."""
    return "killed" if status < 0 else str(status) if status in (0, 1, 2) else "other"


def kind_of(finding: str) -> str:
    """A finding without what differs from act to act."""
    line = re.sub(r"(?<= differs in ).*", "…", finding.splitlines()[0])
    return re.sub(r"(out|made|drawn)/\S+|\d{4,}", "…", line)[:160]


class Report:
    def __init__(self, seed: int):
        self.seed = seed
        self.acts = 0
        self.by_verb: dict[str, Counter] = {}
        self.by_fault: dict[str, Counter] = {}
        self.notes: Counter = Counter()
        self.failures: list[int] = []
        self.found: Counter = Counter()
        self.first: dict[str, int] = {}

    def ended(self, question: Question, fault: Fault, ends: list[Ended]) -> None:
        self.acts += 1
        for counts, key in ((self.by_verb, question.verb), (self.by_fault, fault.name)):
            count = counts.setdefault(key, Counter())
            count["acts"] += 1
            count.update(how(ended.status) for ended in ends)

    def landed(self, fault: Fault) -> None:
        """A kill landed while the program was writing."""
        self.by_fault.setdefault(fault.name, Counter())["writing"] += 1

    def note(self, what: str, count: int) -> None:
        """Something that is as it should be, and worth counting."""
        self.notes[what] += count

    def is_new(self, wrong: list[str]) -> bool:
        """Whether one of these findings was not made often yet, so that its folder is worth keeping."""
        return any(self.found[kind_of(finding)] < KEPT for finding in wrong)

    def failed(self, number: int, question: Question, fault: str, line: str, wrong: list[str], kept: Path | None) -> None:
        self.failures.append(number)
        for kind in {kind_of(finding) for finding in wrong}:
            self.found[kind] += 1
            self.first.setdefault(kind, number)
        print(f"act {number}: {question.kind} {question.verb}, {fault}\n  {line}", flush=True)
        if question.edits:
            print(f"  edits of the scenario: {question.edits}")
        for finding in wrong:
            print(f"  - {finding}")
        print(f"  kept in {kept}" if kept else "", flush=True)

    def _table(self, title: str, counts: dict[str, Counter], more: tuple[str, ...] = ()) -> list[str]:
        heads = ["acts", *ENDS, *more]
        lines = [f"| {title} | {' | '.join(heads)} |", "|---|" + "---:|" * len(heads)]
        for key, count in counts.items():
            lines.append(f"| {key} | " + " | ".join(f"{count[head]:,}" for head in heads) + " |")
        total = Counter()
        for count in counts.values():
            total.update(count)
        lines.append("| all | " + " | ".join(f"{total[head]:,}" for head in heads) + " |")
        return lines

    def text(self, seconds: float) -> str:
        """The summary."""
        lines = [f"{self.acts:,} acts in {seconds / 60:.1f} minutes, seed {self.seed}; {len(self.failures):,} failed", ""]
        lines += self._table("verb", dict(sorted(self.by_verb.items())))
        faults = {fault.name: self.by_fault[fault.name] for fault in FAULTS if fault.name in self.by_fault}
        lines += ["", *self._table("fault", faults, ("writing",))]
        lines += ["", *(f"{count:,} {what}" for what, count in self.notes.items())]
        if self.found:
            lines += ["", "found (acts, the first of them):"]
            lines += [f"  {count:,} × {kind} (act {self.first[kind]})" for kind, count in self.found.most_common()]
        return "\n".join(lines)
