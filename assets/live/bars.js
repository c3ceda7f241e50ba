// One row for each outcome: its share with its interval, and beside it the difference from the baseline.
import { at, isolated, make, mark, say } from "./dom.js";
import { percent, percentRange, points, pointsRange } from "./format.js";
import { quoted } from "./naming.js";

/// The ends that the axis of shares and that of differences may have.
const SHARES = [0.05, 0.1, 0.25, 0.5, 0.75, 1];
const CHANGES = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1];

/// The rows of all outcomes.
export class Bars {
  #rows = new Map();
  #ends = { share: 0, change: 0 };

  constructor(store) {
    this.store = store;
    this.root = at("bars");
    store.on("scenario", () => this.#build());
  }

  /// Makes the rows anew if the outcomes are others.
  #build() {
    const outcomes = this.store.scenario?.outcomes ?? [];
    const key = JSON.stringify(outcomes);
    if (key === this.key) return;
    this.key = key;
    this.#rows = new Map(outcomes.map((outcome) => [outcome.id, row(outcome)]));
    this.shareEnds = make("p", { class: "axis share-axis", "aria-hidden": "true" }, make("span"), make("span"));
    this.changeEnds = make("p", { class: "axis change-axis", "aria-hidden": "true" }, make("span"), make("span"), make("span"));
    this.changeHead = make("span", { class: "change-head" });
    this.note = make("p", { class: "note" });
    this.list = make("ul", { class: "bars both" }, [...this.#rows.values()].map(({ node }) => node));
    this.root.replaceChildren(
      make("div", { class: "heads" }, make("h2", { class: "share-head" }, "How often each outcome came about"), this.changeHead),
      this.list,
      make("div", { class: "axes" }, this.shareEnds, this.changeEnds),
      this.note,
    );
    this.#ends = { share: 0, change: 0 };
  }

  /// Shows counts; `done` when nothing more comes. Axes grow at once; that of shares shrinks at the end.
  show(counts, view, done) {
    const { outcomes, differences } = counts;
    const name = quoted(view.baseline.name);
    const paired = differences !== null;
    const by = new Map((differences ?? []).map((one) => [one.id, one]));
    this.#axis("share", SHARES, Math.max(...outcomes.map(({ high }) => high), ...[...by.values()].map((one) => one.share_a)), done);
    const widest = [...by.values()].map((one) => Math.abs(far(one)));
    // Changes from one baseline are drawn on one axis, which only grows, so that bars of two states can be compared.
    if (this.against !== view.baseline.id) this.#ends.change = 0;
    this.against = view.baseline.id;
    if (paired) this.#axis("change", CHANGES, Math.max(0.005, ...widest), false);
    this.root.classList.toggle("paired", paired);
    say(this.changeHead, paired ? `Change from ${name}, in points` : `Change from ${name}`);
    for (const own of outcomes) {
      const parts = this.#rows.get(own.id);
      if (parts) {
        // What only the program adds is left out where no trial ended so.
        parts.node.hidden = own.id === "unresolved" && own.trials === 0 && !by.has(own.id);
        this.#share(parts, own, by.get(own.id));
        this.#change(parts, by.get(own.id));
      }
    }
    say(this.shareEnds.children[0], "0");
    say(this.shareEnds.children[1], `${100 * this.#ends.share} %`);
    const end = 100 * this.#ends.change;
    for (const [index, text] of [`−${end}`, "0", `+${end}`].entries()) say(this.changeEnds.children[index], paired ? text : "");
    const lines = paired
      ? `Thin lines: 95 % intervals; those of the changes hold for all outcomes at once. Upright marks: ${name}. A change whose line reaches zero is pale: it is not told apart from chance.`
      : "Thin lines: 95 % intervals, for each outcome by itself.";
    say(this.note, `${lines} Intervals say how far more trials could move these numbers, not whether the assumptions are right.`);
  }

  #axis(key, ends, largest, shrinks) {
    const wanted = ends.find((end) => largest <= end * 1.0001) ?? 1;
    if (shrinks || wanted > this.#ends[key]) this.#ends[key] = wanted;
  }

  /// The bar of a share, its interval, and the place of the baseline.
  #share({ share, told }, own, difference) {
    const place = (value) => 100 * Math.min(1, value / this.#ends.share);
    box(share.length, 0, place(own.share));
    box(share.reach, place(own.low), place(own.high));
    share.was.hidden = difference === undefined;
    if (difference) share.was.style.left = `${place(difference.share_a)}%`;
    say(told.share, percent(own.share));
    say(told.interval, percentRange(own.low, own.high));
  }

  /// The bar of a difference and its interval; pale where it is not told apart from zero.
  #change({ node, change, told }, own) {
    const place = (value) => 50 + 50 * Math.max(-1, Math.min(1, value / this.#ends.change));
    for (const part of [change.length, change.reach, change.zero]) part.hidden = own === undefined;
    change.track.classList.toggle("empty", own === undefined);
    node.classList.toggle("even", own !== undefined && !own.stands_out);
    if (!own) {
      say(told.change, "");
      say(told.between, "");
      return;
    }
    const [low, high] = interval(own);
    box(change.length, place(Math.min(0, own.difference)), place(Math.max(0, own.difference)));
    box(change.reach, place(low), place(high));
    say(told.change, own.stands_out ? points(own.difference) : "not told apart");
    mark(told.change, "class", own.stands_out ? "value" : "value apart");
    say(told.between, pointsRange(low, high));
  }
}

/// The interval of a difference that holds for all outcomes at once.
export function interval({ low, high, low_all: lowAll, high_all: highAll }) {
  return [lowAll ?? low, highAll ?? high];
}

/// The end of that interval that is farther from zero.
function far(one) {
  const [low, high] = interval(one);
  return Math.abs(low) > Math.abs(high) ? low : high;
}

/// Puts a box between two places, in per cent.
function box(node, from, to) {
  node.style.left = `${from.toFixed(2)}%`;
  node.style.width = `${Math.max(0, to - from).toFixed(2)}%`;
}

/// The elements of an outcome's row.
function row({ id, title, about, colour }) {
  const swatch = make("i", { class: "swatch" });
  const share = { length: make("i", { class: "length" }), reach: make("i", { class: "reach" }), was: make("i", { class: "was", hidden: true }) };
  const change = { length: make("i", { class: "length" }), reach: make("i", { class: "reach" }), zero: make("i", { class: "zero" }) };
  change.zero.style.left = "50%";
  for (const node of [swatch, share.length, change.length]) node.style.background = colour;
  change.track = make("span", { class: "track change empty", "aria-hidden": "true" }, change.length, change.reach, change.zero);
  const told = Object.fromEntries(["share", "interval", "change", "between"].map((name) => [name, make("span")]));
  told.share.className = told.change.className = "value";
  told.interval.className = told.between.className = "range";
  const node = make("li", { "data-outcome": id, title: about },
    make("span", { class: "name outcome", title }, swatch, isolated(title)),
    make("span", { class: "track share", "aria-hidden": "true" }, share.length, share.reach, share.was),
    make("span", { class: "cell" }, told.share, " ", told.interval),
    change.track,
    make("span", { class: "cell" }, told.change, " ", told.between));
  return { node, share, change, told };
}
