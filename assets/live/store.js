// What all parts of the page share: the scenario, the state that is set, the baseline, and who listens.
import { ask, Refusal } from "./stream.js";
import { PLAIN, fitted, fromFragment, same, sameGame, textOf, toFragment, withSetting } from "./state.js";
import { atOnceAndSettled } from "./dom.js";

/// The baseline until another one is pinned.
export const AS_IN_FILE = Object.freeze({ id: "file", name: "as in the file", state: PLAIN });

/// Tells its listeners of "scenario", "state" (with `live` while a slider is dragged), "baseline" and "tab".
export class Store extends EventTarget {
  scenario = null;
  mistakes = null;
  version = null;
  file = "";
  baseline = AS_IN_FILE;
  #address = atOnceAndSettled(() => this.flush(), 250);

  constructor() {
    super();
    ({ state: this.state, tab: this.tab } = fromFragment(location.hash));
    this.tab ??= "play";
    addEventListener("popstate", () => this.#fromAddress());
  }

  #tell(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /// Calls `work` with the detail of each event of a name.
  on(name, work) {
    this.addEventListener(name, ({ detail }) => work(detail));
  }

  /// Asks for the scenario again; gives the names of settings that it no longer has.
  async load() {
    let gone = [];
    try {
      const scenario = await ask("/api/scenario");
      this.scenario = scenario;
      this.mistakes = null;
      ({ state: this.state, gone } = fitted(this.state, scenario));
      this.#keep(scenario);
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 422) throw error;
      this.mistakes = { mistakes: error.body.mistakes ?? [], message: error.message };
      this.#keep(error.body);
    }
    this.#tell("scenario");
    if (gone.length) this.#address();
    return gone;
  }

  #keep({ file, version }) {
    this.file = file ?? this.file;
    this.version = version ?? this.version;
  }

  /// Takes up another state. `live` while a slider is dragged: the address waits for its release.
  take(state, live = false) {
    const changed = !same(state, this.state);
    this.state = state;
    if (changed || !live) this.#tell("state", { live, changed });
    if (!live) this.#address();
  }

  /// Sets a path to a text, or back to what the file says.
  set(path, text, live = false) {
    this.take(withSetting(this.state, path, text), live);
  }

  textOf(path) {
    return textOf(this.state, path);
  }

  /// Whether what is set is another game than the baseline.
  get differs() {
    return !sameGame(this.state, this.baselineState);
  }

  /// The baseline with as many trials and the same luck as what is set.
  get baselineState() {
    const { n, seed, precision } = this.state;
    const own = this.scenario ? fitted(this.baseline.state, this.scenario).state : this.baseline.state;
    return { ...own, n, seed, precision };
  }

  /// Compares with another state from now on.
  compareWith(baseline) {
    this.baseline = baseline;
    this.#tell("baseline");
  }

  /// Opens another view.
  open(tab) {
    if (tab === this.tab) return;
    this.tab = tab;
    this.#tell("tab");
    this.#address();
  }

  /// Writes what is set into the address, as a new entry of the history.
  flush() {
    const fragment = toFragment(this.state, this.tab);
    if (fragment !== location.hash) history.pushState(null, "", location.pathname + fragment);
  }

  /// The address of what is set, for others on this machine.
  get link() {
    return location.origin + location.pathname + toFragment(this.state, "play");
  }

  #fromAddress() {
    const { state, tab } = fromFragment(location.hash);
    this.state = this.scenario ? fitted(state, this.scenario).state : state;
    this.tab = tab ?? "play";
    this.#tell("tab");
    this.#tell("state", { live: false, changed: true });
  }

  /// A control of the scenario by its path.
  control(path) {
    for (const { title, controls } of this.scenario?.groups ?? []) {
      const own = controls.find((control) => control.path === path);
      if (own) return { group: title, ...own };
    }
    return null;
  }

  /// What a policy, world or outcome is called.
  title(list, id) {
    return this.scenario?.[list].find((one) => one.id === id)?.title ?? id;
  }
}
