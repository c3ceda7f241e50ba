// The left side of Play: policy, world, what has been changed, and all controls in groups with a search.
import { at, button, isolated, make, say, settled } from "./dom.js";
import { Control } from "./control.js";
import { Amount } from "./amount.js";
import { blocked, changes, fullTitle } from "./naming.js";
import { PLAIN } from "./state.js";

/// All controls of the scenario.
export class Controls {
  #store;
  #all = [];
  #groups = [];
  #opened = new Map();

  constructor(store) {
    this.#store = store;
    this.node = at("controls");
    this.amount = new Amount(store);
    this.changed = make("section", { class: "changes", "aria-labelledby": "changes-heading" });
    store.on("scenario", () => this.#build());
    store.on("state", ({ live }) => this.show(live));
  }

  /// Makes the controls anew for the scenario as it is now; groups that were open stay open.
  #build() {
    const { scenario, mistakes } = this.#store;
    if (!scenario || mistakes) return;
    const key = JSON.stringify([scenario.groups, scenario.policies, scenario.worlds, scenario.trials]);
    if (key === this.key) return this.show(false);
    this.key = key;
    const held = this.node.contains(document.activeElement) ? document.activeElement : null;
    const path = held?.closest("[data-path]")?.dataset.path;
    for (const { title, node } of this.#groups) this.#opened.set(title, node.open);
    const sought = this.search?.value ?? "";
    this.#all = [];
    this.#groups = scenario.groups.filter(({ controls }) => controls.length).map((group, index) => this.#group(group, index));
    this.search = make("input", {
      type: "search", id: "search", autocomplete: "off", spellcheck: "false", value: sought,
      placeholder: "by name or words of its description", oninput: settled(() => this.#filter(), 60),
    });
    this.search.value = sought;
    this.found = make("p", { class: "note", role: "status" });
    this.node.replaceChildren(
      make("h2", { class: "visually-hidden" }, "What to change"),
      make("div", { class: "picks" }, this.#picker("policy", "Policy", scenario.policies), this.#picker("world", "World", scenario.worlds)),
      this.changed,
      make("div", { class: "search" },
        make("label", { for: "search" }, `Search the ${this.#all.length} controls`), this.search, this.found),
      ...this.#groups.map(({ node }) => node),
      this.amount.build(),
    );
    this.show(false);
    this.#filter();
    if (path) this.node.querySelector(`[data-path="${CSS.escape(path)}"] ${held.localName}`)?.focus({ preventScroll: true });
    else if (held?.id) at(held.id)?.focus({ preventScroll: true });
  }

  /// A list from which a policy or a world is picked, with what it is about.
  #picker(key, words, list) {
    const about = make("small", { id: `${key}-about` });
    const select = make("select", {
      id: key, "aria-describedby": `${key}-about`,
      onchange: () => this.#store.take({ ...this.#store.state, [key]: select.value }),
    }, list.map(({ id, title }) => make("option", { value: id }, title)));
    this[key] = { select, about, list };
    return make("div", { class: "pick" }, make("label", { for: key }, words), select, about);
  }

  /// A group of controls that opens and closes.
  #group({ title, kind, controls }, index) {
    const own = controls.map((control) => {
      const one = new Control(control, fullTitle(control, this.#store), (text, live) => this.#moved(one, text, live));
      return one;
    });
    this.#all.push(...own);
    const number = make("span", { class: "number" });
    const node = make("details", { class: "group", open: this.#opened.get(title) ?? index === 0 },
      make("summary", {}, make("h3", {}, isolated(title)), " ", number),
      kind === "assumptions" && controls.some(({ drawn }) => drawn)
        ? make("p", { class: "note" }, "“Drawn”: the file does not know the value and says what it may be; each trial takes one by chance.")
        : null,
      make("ul", {}, own.map((one) => one.node)));
    return { title, node, own, number };
  }

  /// A control was moved. A value that is that of the file is no change.
  #moved(one, text, live) {
    this.#store.set(one.control.path, text === one.natural ? null : text, live);
  }

  /// Shows what is set. What would make the page jump waits until a slider is released.
  show(live) {
    const store = this.#store;
    if (!store.scenario || store.mistakes || !this.policy) return;
    for (const one of this.#all) {
      const text = store.textOf(one.control.path);
      if (!live || text !== one.text) one.show(text, blocked(one.control, store.state, store));
    }
    for (const key of ["policy", "world"]) {
      const { select, about, list } = this[key];
      select.value = store.state[key];
      const words = list.find(({ id }) => id === store.state[key])?.about ?? "";
      say(about, words);
    }
    if (live) return;
    this.amount.show();
    for (const { own, number } of this.#groups) {
      const changed = own.filter(({ text }) => text !== null).length;
      say(number, changed ? `${own.length}, ${changed} changed` : String(own.length));
    }
    this.#list();
  }

  /// Lists what has been changed, each with its way back. What has the focus stays where it is on the screen.
  #list() {
    const all = changes(this.#store.state, this.#store);
    const held = this.node.contains(document.activeElement) ? document.activeElement : null;
    const before = held?.getBoundingClientRect().top;
    const rows = all.map(({ key, title, now, was }) => make("li", {},
      make("span", {}, isolated(title), ": ", make("b", {}, now), was === null ? null : make("span", { class: "was" }, ` instead of ${was}`)),
      button("Undo", () => this.#undo(key), { class: "back", "aria-label": `Undo ${title}` })));
    this.changed.replaceChildren(
      make("div", { class: "head" },
        make("h3", { id: "changes-heading", tabindex: "-1" }, all.length ? `Changed (${all.length})` : "Nothing changed yet"),
        all.length ? button("Reset all", () => this.#undo(null), { class: "back" }) : null),
      all.length ? make("ul", {}, rows) : make("p", { class: "note" }, "Move any control: the bars follow at once."));
    const scroller = this.node.scrollHeight > this.node.clientHeight + 1 && getComputedStyle(this.node).overflowY !== "visible"
      ? this.node : document.scrollingElement;
    if (held?.isConnected) scroller.scrollTop += held.getBoundingClientRect().top - before;
  }

  /// Takes one change back, or all of them.
  #undo(key) {
    const { state } = this.#store;
    if (key === null) this.#store.take({ ...PLAIN, n: state.n, seed: state.seed, precision: state.precision });
    else if (key === "policy" || key === "world") this.#store.take({ ...state, [key]: PLAIN[key] });
    else this.#store.set(key, null);
    at("changes-heading").focus({ preventScroll: true });
  }

  /// Shows only what fits the words that are searched for.
  #filter() {
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let hits = 0;
    for (const { node, own, title } of this.#groups) {
      let any = 0;
      for (const one of own) {
        const fits = words.every((word) => one.key.includes(word));
        one.node.hidden = !fits;
        any += fits;
      }
      hits += any;
      node.hidden = any === 0;
      if (words.length) {
        if (!this.#opened.has(title)) this.#opened.set(title, node.open);
        node.open = any > 0;
      } else if (this.#opened.has(title)) {
        node.open = this.#opened.get(title);
        this.#opened.delete(title);
      }
    }
    say(this.found, words.length ? `${hits} of ${this.#all.length} controls` : "");
  }
}

