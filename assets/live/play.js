// The middle of Play: plays what is set, and shows what comes while it streams.
import { announce, at, button, isolated, make, say, throttled } from "./dom.js";
import { Bars } from "./bars.js";
import { Flips } from "./flips.js";
import { Strip } from "./strip.js";
import { Refusal, Turn } from "./stream.js";
import { mistakesList } from "./mistakes.js";
import { blocked, fullTitle } from "./naming.js";
import { parts } from "./state.js";
import { amount, doing, heard, lead } from "./told.js";

/// This tab, of the browser: a newer play of the same tab cancels the older one.
export const TAB = crypto.randomUUID();

/// Plays and shows.
export class Play {
  #turn = new Turn();
  #again = null;
  #due = false;

  constructor(store) {
    this.store = store;
    this.bars = new Bars(store);
    this.flips = new Flips(store);
    this.strip = new Strip(store);
    this.counts = null;
    this.command = "";
    this.live = false;
    const later = throttled(() => {
      // While a slider is dragged, what has shown nothing yet is given a moment before it is cancelled.
      const young = this.#turn.busy && !this.fresh && performance.now() - this.started < 400;
      if (this.live && young) later();
      else this.play();
    }, 80);
    const soon = () => {
      this.#due = true;
      this.#busy(true);
      later();
    };
    store.on("state", ({ live, changed }) => {
      this.live = live;
      if (changed) soon();
    });
    store.on("baseline", soon);
    store.on("scenario", () => {
      this.#sound();
      soon();
    });
  }

  /// Shows the mistakes of the file in place of results, or the results.
  #sound() {
    const { mistakes, scenario } = this.store;
    at("sides").hidden = mistakes !== null || !scenario;
    at("broken").hidden = mistakes === null;
    if (mistakes) {
      at("broken").replaceChildren(
        make("h2", {}, `${this.store.file} has mistakes`),
        make("p", {}, "It can be played once they are mended: here in the editor, or in any other; this page notices."),
        mistakesList(mistakes.mistakes, null),
        make("details", {}, make("summary", {}, "As the command says it"), make("pre", { class: "scroll", tabindex: "0" }, mistakes.message)),
        button("Open the editor", () => this.store.open("edit"), { class: "push main" }));
    }
  }

  /// Shows whether what is set is still to be played: from the change on, not only once it is asked for.
  #busy(playing) {
    at("results").classList.toggle("playing", playing || this.#due);
  }

  /// Plays what is set; what is still running is cancelled.
  async play() {
    clearTimeout(this.#again);
    this.#due = false;
    const { store } = this;
    if (store.mistakes || !store.scenario) {
      this.#turn.cancel();
      return this.#busy(false);
    }
    const { state, baseline, baselineState } = store;
    this.view = { store, state, baseline, baselineState };
    this.fresh = false;
    this.started = performance.now();
    const body = { tab: TAB, variant: state, baseline: store.differs ? baselineState : null };
    this.#busy(true);
    this.done = null;
    try {
      const whole = await this.#turn.start("/api/play", body, (name, data) => this.#heard(name, data));
      if (whole && !this.done && !this.failed) this.#fail("The stream ended before all was played.");
    } catch (error) {
      if (error instanceof Refusal && error.status === 429) {
        say(at("amount"), `${error.message} It is tried again in a moment.`);
        this.#again = setTimeout(() => this.play(), 1500);
      } else if (error instanceof Refusal && error.status !== 403) {
        this.#fail(error.message);
      } else {
        this.#busy(false);
        say(at("amount"), "Not connected: these are the last numbers that came.");
      }
    }
  }

  /// Takes up one event of the stream.
  #heard(name, data) {
    if (name === "begun") this.#begun(data);
    else if (name === "counts") this.#counted(data);
    else if (name === "done") this.#finished(data);
    else if (name === "mistakes") this.#fail(null, data);
    else if (name === "failed") this.#fail(data.message);
  }

  #begun({ command, warnings, version }) {
    this.failed = false;
    this.flips.old();
    this.command = command;
    say(at("command"), command);
    at("results").classList.remove("failed");
    const list = at("warnings");
    const texts = this.#warnings(warnings ?? []);
    list.hidden = !texts.length;
    list.replaceChildren(...texts.map((text) => make("li", {}, isolated(text))));
    if (version && version !== this.store.version) this.store.dispatchEvent(new CustomEvent("elsewhere", { detail: { version } }));
  }

  /// The program's warnings; of settings that have no effect, with titles in place of names.
  #warnings(texts) {
    const { store, state } = this.view;
    const idle = state.set.map((one) => store.control(parts(one)[0])).filter((control) => control && blocked(control, state, store));
    const others = texts.filter((text) => !idle.some(({ path }) => text.startsWith(`\`${path}=`)));
    return [...idle.map((control) => `${fullTitle(control, store)}: ${blocked(control, state, store)}`), ...others];
  }

  #counted(counts) {
    if (!counts.trials) return;
    this.counts = counts;
    this.fresh = true;
    this.bars.show(counts, this.view, false);
    this.strip.show(counts, this.view);
    this.flips.glimpse(counts, this.view);
    say(at("lead"), lead(counts, this.view));
    say(at("doing"), doing(counts, this.view));
    say(at("amount"), amount(counts, null));
    at("meter").firstElementChild.style.width = `${100 * counts.trials / Math.max(1, counts.most)}%`;
  }

  #finished(done) {
    this.done = done;
    this.#busy(false);
    if (!this.counts) return;
    this.bars.show(this.counts, this.view, true);
    this.flips.show(this.counts, this.view);
    say(at("amount"), amount(this.counts, done));
    announce(heard(this.counts, this.view));
    this.store.dispatchEvent(new CustomEvent("played", { detail: {} }));
  }

  /// Says why nothing is played; the last bars stay, pale.
  #fail(message, mistakes = null) {
    this.failed = true;
    this.#busy(false);
    at("results").classList.add("failed");
    const whose = mistakes?.of === "baseline" ? "The baseline" : "What is set";
    say(at("lead"), mistakes ? `${whose} cannot be played.` : "This cannot be played.");
    say(at("doing"), "");
    say(at("amount"), "The numbers below are those of what was played before.");
    const list = at("warnings");
    list.hidden = false;
    const texts = mistakes ? mistakes.mistakes.map((one) => [one.message, one.label, ...(one.hints ?? [])].filter(Boolean).join("; ")) : [message];
    list.replaceChildren(...texts.map((text) => make("li", {}, isolated(text))));
    announce(`${at("lead").textContent} ${texts.join(" ")}`);
  }
}
