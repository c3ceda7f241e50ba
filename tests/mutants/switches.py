"""Writes a Rust file anew with faults behind switches."""

from collections import defaultdict

import tree_sitter_rust
from tree_sitter import Language, Node, Parser

# Which fault is on: that of the environment variable MUTANT. `reached` writes the number of each that is reached to
# the file MUTANTS_REACHED. What the compiler computes has no faults.
RUNTIME = """
use std::io::Write as _;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};

const UNREAD: u32 = u32::MAX;
const RECORDING: u32 = u32::MAX - 1;
static CHOSEN: AtomicU32 = AtomicU32::new(UNREAD);
static REACHED: [AtomicBool; COUNT] = [const { AtomicBool::new(false) }; COUNT];

#[inline(always)]
pub(crate) const fn on(number: u32) -> bool {
    core::intrinsics::const_eval_select((number,), never, is_chosen)
}

const fn never(_: u32) -> bool {
    false
}

#[inline(always)]
fn is_chosen(number: u32) -> bool {
    let chosen = CHOSEN.load(Relaxed);
    if chosen < RECORDING { chosen == number } else { recorded(number) }
}

#[cold]
#[inline(never)]
fn recorded(number: u32) -> bool {
    if CHOSEN.load(Relaxed) == UNREAD {
        CHOSEN.store(match std::env::var("MUTANT").as_deref() {
            Ok("reached") => RECORDING,
            Ok(number) => number.parse().unwrap(),
            Err(_) => 0,
        }, Relaxed);
        return is_chosen(number);
    }
    if !REACHED[number as usize].swap(true, Relaxed) {
        let path = std::env::var_os("MUTANTS_REACHED").unwrap();
        let mut file = std::fs::OpenOptions::new().create(true).append(true).open(path).unwrap();
        file.write_all(format!("{number}\\n").as_bytes()).unwrap();
    }
    false
}
"""

RUST = Parser(Language(tree_sitter_rust.language()))
COMPARED = {"<", ">", "<=", ">=", "==", "!="}
LAZY = {"&&", "||"}


def on(number: int) -> str:
    return f"crate::mutants::on({number})"


class Switched:
    """A file with its faults, by their numbers. Those that have no place in it are `left_out`."""

    def __init__(self, source: bytes, mutants: dict[int, dict]) -> None:
        self.source = source
        lines = source.decode().split("\n")
        starts = [0]
        for line in lines:
            starts.append(starts[-1] + len(line.encode()) + 1)
        def at(place: dict) -> int:
            line = lines[place["line"] - 1]
            return starts[place["line"] - 1] + len(line[: place["column"] - 1].encode())
        self.spans = {n: (at(m["span"]["start"]), at(m["span"]["end"])) for n, m in mutants.items()}
        self.mutants = mutants
        # By what they change: the first byte of an operator, a guard or an arm, or a place in a function.
        self.of = defaultdict(lambda: defaultdict(list))
        for number, mutant in mutants.items():
            self.of[mutant["genre"]][self.spans[number][0]].append(number)
        self.tree = RUST.parse(source)
        self.values = defaultdict(list)
        for numbers in self.of["FnValue"].values():
            for number in numbers:
                body = self.function(self.spans[number])
                # Where the function says only what its value can do, a value of another type cannot stand beside it.
                if body is not None and not mutants[number]["function"]["return_type"].startswith("-> impl "):
                    self.values[body.start_byte].append(number)
        self.placed: set[int] = set()

    def function(self, span: tuple[int, int]) -> Node | None:
        """The body of the function that a place is in."""
        node, found = self.tree.root_node, None
        while node is not None:
            if node.type == "function_item":
                found = node.child_by_field_name("body")
            node = next((c for c in node.children if c.start_byte <= span[0] and c.end_byte >= span[1]), None)
        return found

    @property
    def left_out(self) -> set[int]:
        return set(self.mutants) - self.placed

    def text(self) -> bytes:
        return self.emit(self.tree.root_node).encode()

    def plain(self, node: Node) -> str:
        return self.source[node.start_byte : node.end_byte].decode()

    def emit(self, node: Node) -> str:
        special = getattr(self, f"emit_{node.type}", None)
        written = special(node) if special else None
        if written is not None:
            return written
        return self.children(node)

    def children(self, node: Node) -> str:
        parts, end = [], node.start_byte
        for child in node.children:
            parts += [self.source[end : child.start_byte].decode(), self.emit(child)]
            end = child.end_byte
        return "".join([*parts, self.source[end : node.end_byte].decode()])

    def chain(self, numbers: list[int], write, own: str) -> str:
        """Tries one switch after another; `write` makes an expression for an operator."""
        self.placed |= set(numbers)
        tried = "".join(f"if {on(n)} {{ {write(self.mutants[n]['replacement'])} }} else " for n in numbers)
        return f"{tried}{{ {write(own)} }}"

    def emit_binary_expression(self, node: Node) -> str | None:
        operator = node.child_by_field_name("operator")
        numbers = self.of["BinaryOperator"].get(operator.start_byte)
        if not numbers:
            return None
        left, right = (node.child_by_field_name(side) for side in ("left", "right"))
        l, r = f"__l{numbers[0]}", f"__r{numbers[0]}"
        own = self.plain(operator)
        if own in LAZY:
            if any(has_let(side) for side in (left, right)):
                return None
            second = self.emit(right)
            return f"({{ let {l} = {self.emit(left)}; {self.chain(numbers, lambda op: f'{l} {op} {second}', own)} }})"
        by = "&" if own in COMPARED else ""
        first, second = (f"{by}({self.emit(side)})" for side in (left, right))
        return (f"({{ let {l} = {first}; let {r} = {second}; "
                f"{self.chain(numbers, lambda op: f'{l} {op} {r}', own)} }})")

    def emit_compound_assignment_expr(self, node: Node) -> str | None:
        operator = node.child_by_field_name("operator")
        numbers = self.of["BinaryOperator"].get(operator.start_byte)
        if not numbers:
            return None
        place, right = (self.emit(node.child_by_field_name(side)) for side in ("left", "right"))
        r = f"__r{numbers[0]}"
        return f"{{ let {r} = {right}; {self.chain(numbers, lambda op: f'{place} {op} {r};', self.plain(operator))} }}"

    def emit_unary_expression(self, node: Node) -> str | None:
        numbers = self.of["UnaryOperator"].get(node.start_byte)
        if not numbers:
            return None
        own, value = self.plain(node.children[0]), self.emit(node.children[1])
        v = f"__v{numbers[0]}"
        return f"({{ let {v} = {value}; {self.chain(numbers, lambda op: f'{op}{v}', own)} }})"

    def emit_match_pattern(self, node: Node) -> str | None:
        condition = node.child_by_field_name("condition")
        arm = self.of["MatchArm"].get(node.start_byte, [])
        guards = self.of["MatchArmGuard"].get(condition.start_byte, []) if condition else []
        if not arm and not guards or (condition and has_let(condition)):
            return None
        self.placed |= {*arm, *guards}
        # A pattern and its guard, which the faults make true, false or unreachable.
        end = node.end_byte
        holds = "true"
        if condition:
            keyword = next(child for child in node.children if child.type == "if")
            end, holds = keyword.start_byte, f"({self.emit(condition)})"
        for number in guards:
            value = self.mutants[number]["replacement"]
            holds = f"(if {on(number)} {{ {value} }} else {{ {holds} }})"
        for number in arm:
            holds = f"(!{on(number)} && {holds})"
        return f"{self.source[node.start_byte : end].decode()} if {holds}"

    def emit_block(self, node: Node) -> str | None:
        numbers = self.values.get(node.start_byte)
        if not numbers:
            return None
        self.placed |= set(numbers)
        first = " ".join(f"if {on(n)} {{ return {self.mutants[n]['replacement']}; }}" for n in numbers)
        return "{ " + first + self.children(node)[1:]

    def emit_macro_invocation(self, node: Node) -> str | None:
        return self.plain(node)


def has_let(node: Node) -> bool:
    return node.type in ("let_condition", "let_chain") or any(has_let(child) for child in node.children)


def patterns_of_match(source: bytes, at: int) -> bytes:
    """The patterns of the match whose value is at a byte."""
    node, found = RUST.parse(source).root_node, None
    while node is not None:
        if node.type == "match_expression":
            found = node
        node = next((c for c in node.children if c.start_byte <= at < c.end_byte), None)
    if found is None:
        return b""
    arms = found.child_by_field_name("body").named_children
    patterns = [arm.child_by_field_name("pattern") for arm in arms if arm.type == "match_arm"]
    return b" ".join(source[pattern.start_byte : pattern.end_byte] for pattern in patterns)
