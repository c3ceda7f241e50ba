// The shelf of pinned variants, by name; one of them, or the file as it stands, is the baseline.
import { announce, at, button, isolated, make } from "./dom.js";
import { count, percent } from "./format.js";
import { inWords, quoted } from "./naming.js";
import { AS_IN_FILE } from "./store.js";
import { sameGame } from "./state.js";

/// The pinned variants of a file, kept in the browser.
export class Shelf {
  #pins = [];

  constructor(store, play, keep) {
    this.store = store;
    this.play = play;
    this.keep = keep;
    this.list = make("ul", { class: "pins" });
    this.holder = make("div");
    at("shelf").append(
      make("h2", { id: "shelf-heading", tabindex: "-1" }, "Pinned variants"),
      make("p", { class: "note" }, "What is set is compared with the baseline, which you choose here. Variants stay in this browser; one can be saved into the file as a policy or a world."),
      this.holder, this.list);
    store.on("scenario", () => this.#load());
    store.on("state", ({ live }) => !live && this.show());
    addEventListener("storage", ({ key }) => key === this.#key && this.#load());
  }

  get #key() {
    return `demarche shelf ${this.store.file}`;
  }

  /// Reads what was pinned, here or in another tab.
  #load() {
    try {
      this.#pins = JSON.parse(localStorage.getItem(this.#key) ?? "[]");
      const chosen = sessionStorage.getItem(`${this.#key} baseline`);
      const own = this.#pins.find(({ id }) => id === chosen) ?? AS_IN_FILE;
      if (own.id !== this.store.baseline.id) this.store.compareWith(own);
    } catch {
      this.#pins = [];
    }
    this.show();
  }

  #save() {
    try {
      localStorage.setItem(this.#key, JSON.stringify(this.#pins));
    } catch {
      announce("The browser does not let this page keep anything: pinned variants are lost when it is closed.");
    }
    this.show();
  }

  /// Shows a field for the name of what is set, to pin it.
  ask() {
    this.#askName({ id: null, name: this.#suggested() });
  }

  #askName(naming) {
    this.naming = naming;
    this.holder.replaceChildren(this.#form());
    at("pin-name").select();
    at("pin-name").scrollIntoView({ block: "nearest" });
  }

  #suggested() {
    const words = inWords(this.store.state, this.store, 1);
    const free = (name) => !this.#pins.some((pin) => pin.name === name);
    return [words, ...Array.from({ length: 99 }, (_, index) => `${words} (${index + 2})`)].find(free) ?? words;
  }

  /// Pins what is set, with the shares it has had, or gives a pin another name.
  #named(name) {
    const { id } = this.naming;
    this.holder.replaceChildren();
    if (id === null) {
      const { counts } = this.play;
      const top = counts && [...counts.outcomes].sort((a, b) => b.share - a.share).slice(0, 3).map((one) => [one.id, one.share]);
      this.#pins.push({ id: crypto.randomUUID(), name, state: this.store.state, top, trials: counts?.trials ?? 0, version: this.store.version });
      announce(`${quoted(name)} is pinned.`);
    } else {
      const own = this.#pins.find((pin) => pin.id === id);
      own.name = name;
      if (this.store.baseline.id === id) this.store.compareWith({ ...own });
    }
    this.#save();
    at("pin").focus();
  }

  #compare(pin) {
    try {
      sessionStorage.setItem(`${this.#key} baseline`, pin.id);
    } catch { /* then it is chosen for now only */ }
    this.store.compareWith(pin);
    this.show();
  }

  #remove(pin) {
    this.#pins = this.#pins.filter((one) => one !== pin);
    if (this.store.baseline.id === pin.id) this.#compare(AS_IN_FILE);
    this.#save();
    at("shelf-heading").focus();
  }

  /// Shows the shelf.
  show() {
    if (!this.store.scenario || this.store.mistakes) return;
    const held = document.activeElement?.closest?.("#shelf [data-pin]")?.dataset.pin;
    const what = document.activeElement?.dataset?.what;
    this.list.replaceChildren(...[AS_IN_FILE, ...this.#pins].map((pin) => this.#row(pin)));
    if (held && what) this.list.querySelector(`[data-pin="${CSS.escape(held)}"] [data-what="${what}"]`)?.focus();
  }

  #form() {
    const field = make("input", { type: "text", id: "pin-name", maxlength: "120", autocomplete: "off" });
    field.value = this.naming.name;
    const cancel = () => {
      this.holder.replaceChildren();
      at("pin").focus();
    };
    const form = make("form", {
      class: "naming",
      onsubmit: (event) => {
        event.preventDefault();
        const name = field.value.trim();
        if (name) this.#named(name);
      },
      onkeydown: ({ key }) => key === "Escape" && cancel(),
    }, make("label", { for: "pin-name" }, this.naming.id === null ? "Name of this variant" : "New name"), field,
    make("button", { type: "submit", class: "push main" }, this.naming.id === null ? "Pin" : "Rename"), button("Cancel", cancel));
    return form;
  }

  #row(pin) {
    const { store } = this;
    const isFile = pin.id === AS_IN_FILE.id;
    const label = isFile ? "As in the file" : pin.name;
    const radio = make("input", {
      type: "radio", name: "baseline", id: `baseline-${pin.id}`, "data-what": "baseline",
      checked: store.baseline.id === pin.id, onchange: () => this.#compare(pin),
    });
    const words = (text, work, what) => button(text, work, { "aria-label": `${text}: ${label}`, "data-what": what });
    const isSet = sameGame(pin.state, store.state);
    const shares = pin.top?.map(([id, share]) => `${store.title("outcomes", id)} ${percent(share)}`).join(", ");
    const old = pin.version && pin.version !== store.version ? ", of an earlier state of the file" : "";
    return make("li", { "data-pin": pin.id, class: store.baseline.id === pin.id ? "chosen" : null },
      make("div", { class: "pin-name" }, radio, make("label", { for: radio.id }, isolated(label)),
        store.baseline.id === pin.id ? make("span", { class: "mark" }, "baseline") : null,
        isSet ? make("span", { class: "mark" }, "is set now") : null),
      isFile || inWords(pin.state, store, 1) === pin.name ? null : make("small", {}, isolated(inWords(pin.state, store, 6))),
      shares ? make("small", {}, isolated(`${shares} (${count(pin.trials)} trials${old})`)) : null,
      make("div", { class: "actions" },
        isSet ? null : words("Set these values", () => store.take({ ...pin.state, n: store.state.n }), "take"),
        isFile ? null : words("Save into the file…", () => this.keep.open(pin), "keep"),
        isFile ? null : words("Rename", () => this.#askName({ id: pin.id, name: pin.name }), "rename"),
        isFile ? null : words("Remove", () => this.#remove(pin), "remove")));
  }
}
