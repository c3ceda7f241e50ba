// Which trials ended otherwise than under the baseline, and from what to what.
import { at, button, isolated, make } from "./dom.js";
import { count, counted } from "./format.js";
import { quoted } from "./naming.js";

const SHOWN = 8;

/// The list of flips under the bars.
export class Flips {
  constructor(store) {
    this.store = store;
    this.root = at("flips");
  }

  /// What is shown is of another state than what is being played.
  old() {
    this.root.classList.add("old");
  }

  /// Shows the flips of counts that are still coming in: not often, and never under the hands of a reader.
  glimpse(counts, view) {
    const isOld = this.root.classList.contains("old") && !counts.flips;
    if (isOld || (performance.now() - (this.shown ?? 0) > 2000 && !this.root.contains(document.activeElement))) this.show(counts, view);
  }

  /// Shows the flips of counts; nothing where nothing is compared.
  show({ flips, trials }, view) {
    this.shown = performance.now();
    this.root.classList.remove("old");
    const open = this.root.querySelector("details")?.open ?? false;
    if (!flips) return this.root.replaceChildren();
    const sum = flips.reduce((all, flip) => all + flip.trials, 0);
    const title = (id) => this.store.title("outcomes", id);
    const rows = flips.slice(0, SHOWN).map(({ from, to, trials: own, examples }) => make("tr", {},
      make("th", { scope: "row" }, isolated(title(from))),
      make("td", {}, isolated(title(to))),
      make("td", { class: "num" }, count(own)),
      make("td", {}, (examples ?? []).slice(0, 2).map((trial) => button(`Trial ${count(trial)}`, () => this.#look(trial), { class: "link" })))));
    const heads = [["Ended before", ""], ["Ends now", ""], ["Trials", "num"], ["How it goes now", ""]];
    const rest = flips.length - rows.length;
    this.root.replaceChildren(make("details", { class: "told", open },
      make("summary", {}, `${counted(sum, "trial")} of ${count(trials)} ended otherwise than ${quoted(view.baseline.name)}`),
      sum ? make("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": "Trials that ended otherwise" },
        make("table", {},
          make("thead", {}, make("tr", {}, heads.map(([text, kind]) => make("th", { scope: "col", class: kind || null }, text)))),
          make("tbody", {}, rows))) : null,
      rest > 0 ? make("p", { class: "note" }, `And ${rest} rarer kinds.`) : null));
  }

  /// Shows the course of one of these trials.
  #look(trial) {
    this.store.dispatchEvent(new CustomEvent("look", { detail: { verb: "trace", trial } }));
  }
}
