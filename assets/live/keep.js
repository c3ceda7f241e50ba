// Saves a pinned variant into the file as a policy or a world, after a look at the change.
import { announce, button, isolated, make, mark, say, settled } from "./dom.js";
import { inWords } from "./naming.js";
import { mistakesList } from "./mistakes.js";
import { notice } from "./notices.js";
import { ask, Refusal } from "./stream.js";

/// A name for the file, made of words.
export function nameOf(words) {
  const name = words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{Alphabetic}\p{N}]+/gu, "_").replace(/^_+|_+$/g, "").slice(0, 40);
  return /^\p{N}/u.test(name) ? `v_${name}` : name || "variant";
}

/// The dialog.
export class Keep {
  constructor(store, file) {
    this.store = store;
    this.file = file;
    this.kind = make("select", { id: "keep-kind" },
      make("option", { value: "policy" }, "a policy: what someone can choose"),
      make("option", { value: "world" }, "a world: what may be true"));
    this.title = make("input", { type: "text", id: "keep-title", maxlength: "200", autocomplete: "off" });
    this.name = make("input", { type: "text", id: "keep-name", maxlength: "60", autocomplete: "off", spellcheck: "false", "aria-describedby": "keep-about" });
    this.what = make("p", { class: "note" });
    this.fault = make("div", { class: "fault", role: "alert" });
    this.preview = make("pre", { class: "preview scroll", tabindex: "0", role: "group", "aria-label": "The change of the file" });
    this.write = make("button", { type: "submit", class: "push main" }, "Write it into the file");
    const look = settled(() => this.#ask(false), 200);
    for (const field of [this.kind, this.title, this.name]) field.addEventListener("input", look);
    this.title.addEventListener("input", () => {
      if (!this.own) this.name.value = this.#free(this.title.value);
    });
    this.name.addEventListener("input", () => { this.own = true; });
    const row = (field, words, about = null) => make("p", { class: "row" }, make("label", { for: field.id }, words), field, about);
    this.node = make("dialog", { "aria-labelledby": "keep-heading" },
      make("form", {
        onsubmit: (event) => {
          event.preventDefault();
          this.#ask(true);
        },
      },
      make("h2", { id: "keep-heading" }, "Save a variant into the file"), this.what,
      row(this.kind, "Save as"), row(this.title, "Title"),
      row(this.name, "Name in the file", make("small", { id: "keep-about" }, "By this name the command knows it: letters, digits and _.")),
      make("h3", {}, "What changes in the file"), this.preview, this.fault,
      make("div", { class: "actions" }, this.write, button("Cancel", () => this.node.close()))));
    document.body.append(this.node);
  }

  /// A name made of words that the file does not have yet.
  #free(words) {
    const list = this.store.scenario[this.kind.value === "policy" ? "policies" : "worlds"];
    const taken = (name) => list.some(({ id }) => id === name);
    const name = nameOf(words);
    return [name, ...Array.from({ length: 98 }, (_, index) => `${name}_${index + 2}`)].find((one) => !taken(one)) ?? name;
  }

  /// Opens the dialog for a pinned variant.
  open(pin) {
    this.pin = pin;
    this.own = false;
    this.title.value = pin.name;
    this.name.value = this.#free(pin.name);
    say(this.what, inWords(pin.state, this.store, 8));
    this.preview.replaceChildren();
    this.fault.replaceChildren();
    this.node.showModal();
    this.title.focus();
    this.#ask(false);
  }

  /// Asks for the change, or has it written.
  async #ask(write) {
    const { store, pin } = this;
    // What is written is what was looked at: the file must be as it was then.
    if (!write) this.version = store.version;
    const body = { kind: this.kind.value, name: this.name.value.trim(), title: this.title.value.trim(), variant: pin.state, version: this.version, write };
    this.write.disabled = true;
    try {
      const answer = write ? await this.file.writing(() => ask("/api/variant", body)) : await ask("/api/variant", body);
      this.fault.replaceChildren();
      mark(this.name, "aria-invalid", null);
      if (write) return this.#written(body);
      this.#show(answer.lines);
      this.write.disabled = false;
    } catch (error) {
      this.#refused(error);
    }
  }

  #show(lines) {
    this.preview.replaceChildren(...lines.map(({ line, text, is }) => make("span", { class: `line ${is}` },
      make("span", { class: "number" }, String(line)), isolated(`${is === "added" ? "+" : " "} ${text}`))));
  }

  #refused(error) {
    const body = error instanceof Refusal ? error.body : {};
    const changed = error instanceof Refusal && error.status === 409;
    this.fault.replaceChildren(
      make("p", {}, isolated(error.message)),
      body.mistakes?.length ? mistakesList(body.mistakes, null) : "",
      changed ? button("Look at it again with the file as it is now", async () => {
        await this.file.reload();
        this.#ask(false);
      }) : "");
    if (error.status === 422) {
      mark(this.name, "aria-invalid", true);
      this.preview.replaceChildren();
    }
  }

  #written({ kind, name, title }) {
    this.node.close();
    const set = () => this.store.take({ ...this.store.state, ...this.#asWritten(kind, name) });
    notice("kept", `“${title}” is now a ${kind} in ${this.store.file}.`, { actions: [[`Pick this ${kind}`, set]] });
    announce(`Written into ${this.store.file}.`);
  }

  /// The state in which the policy or world that was written is picked; what it holds is no setting any more.
  #asWritten(kind, name) {
    return { [kind]: name, set: [] };
  }
}
