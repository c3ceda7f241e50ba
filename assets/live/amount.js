// How much is played: the number of trials, the luck, and when to stop.
import { button, make, mark, say } from "./dom.js";
import { count } from "./format.js";

/// The last group of controls.
export class Amount {
  #store;

  constructor(store) {
    this.#store = store;
  }

  /// Makes the fields for the scenario.
  build() {
    const { trials, most_trials: most } = this.#store.scenario;
    this.n = this.#field("trials", "n", `${count(trials)} as in the file`, (value) => (
      Number.isInteger(value) && value >= 1 && value <= most ? null : `A whole number from 1 to ${count(most)}.`));
    this.seed = this.#field("seed", "seed", "1", (value) => (
      Number.isSafeInteger(value) && value >= 0 ? null : "A whole number."));
    this.precision = this.#field("precision", "precision", "play all", (value) => (
      value > 0 && value < 100 ? null : "Points between 0 and 100."));
    const other = button("Other luck", () => {
      this.#store.take({ ...this.#store.state, seed: (this.#store.state.seed % 9999) + 1 });
    });
    const row = (field, words, about, more = null) => make("li", { class: "control" },
      make("div", { class: "head" }, make("label", { for: field.input.id }, words)),
      make("div", { class: "slide" }, field.input, more), field.fault, make("small", {}, about));
    this.node ??= make("details", { class: "group", id: "amount-group" });
    this.node.replaceChildren(
      make("summary", {}, make("h3", {}, "How much is played")),
      make("ul", {},
        row(this.n, "Number of trials", "More trials narrow the intervals; they do not narrow what nobody knows."),
        row(this.seed, "Luck (seed)", "The same number gives the same luck, to the last trial.", other),
        row(this.precision, "Stop when precise", "Stop as soon as each share is known to within so many points. Empty: play all.")));
    this.show();
    return this.node;
  }

  /// A field for one number of the state; empty is the default.
  #field(name, key, placeholder, judge) {
    const fault = make("small", { class: "fault", id: `${name}-fault`, hidden: true });
    const input = make("input", {
      type: "text", inputmode: "decimal", id: name, class: "typed", autocomplete: "off", placeholder, "aria-describedby": `${name}-fault`,
      onchange: () => {
        const typed = input.value.trim().replaceAll(",", "");
        const value = typed === "" ? (key === "seed" ? 1 : null) : Number(typed);
        const wrong = value === null ? null : judge(value);
        fault.hidden = wrong === null;
        say(fault, wrong ?? "");
        mark(input, "aria-invalid", wrong === null ? null : true);
        if (wrong === null) this.#store.take({ ...this.#store.state, [key]: value });
      },
    });
    return { input, fault, key };
  }

  /// Shows what is set.
  show() {
    for (const { input, key } of [this.n, this.seed, this.precision]) {
      const value = this.#store.state[key];
      if (document.activeElement !== input) input.value = value === null || (key === "seed" && value === 1) ? "" : String(value);
    }
  }
}
