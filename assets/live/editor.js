// The view Edit: the file in an editor, with the checker's marks, hints, completion from the schema, and saving.
import { announce, at, button, make, say, settled } from "./dom.js";
import { completionOf } from "./completion.js";
import { counts, mistakesList } from "./mistakes.js";
import { ask, Refusal } from "./stream.js";

/// The editor; CodeMirror is loaded when the view is opened for the first time.
export class Editor {
  #view = null;
  #opening = null;
  #schema = null;
  #marks = [];
  #checked = 0;

  constructor(store, file) {
    this.store = store;
    this.file = file;
    this.root = at("edit");
    this.saved = { text: "", version: null };
    this.state = make("p", { class: "note", id: "edit-state", role: "status" });
    this.save = button("Save", () => this.write(), { id: "save", class: "push main" });
    this.notice = make("div", { class: "notice", hidden: true, role: "alert" });
    this.holder = make("div", { class: "editor", id: "editor" });
    this.list = make("div", { id: "found" });
    this.check = settled(() => this.#check(), 250);
    this.root.append(
      make("h2", { class: "visually-hidden" }, "The file"),
      make("div", { class: "actions" }, this.save, button("Save and show the bars", async () => (await this.write()) && store.open("play"), { id: "save-and-show" }), this.state),
      this.notice, make("div", { class: "panes" }, this.holder, this.list),
      make("p", { class: "note keys" }, "Ctrl-S saves, Ctrl-Space completes, Ctrl-F searches, Ctrl-Z undoes, F8 goes to the next mistake. Escape and then Tab leaves the editor."));
    store.on("tab", () => this.#opened());
    store.on("scenario", () => this.#elsewhere());
    addEventListener("beforeunload", (event) => this.dirty && event.preventDefault());
    addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key === "s" && store.tab === "edit") {
        event.preventDefault();
        this.write();
      }
    });
    this.#opened();
  }

  get text() {
    return this.#view?.state.doc.toString() ?? this.saved.text;
  }

  get dirty() {
    return this.#view !== null && this.text !== this.saved.text;
  }

  /// Makes the editor when its view is opened for the first time.
  #opened() {
    if (this.store.tab !== "edit") return;
    this.#opening ??= this.#make().catch((error) => {
      this.#opening = null;
      say(this.state, `The editor could not be opened: ${error.message}`);
    });
  }

  async #make() {
    const [mirror, file] = await Promise.all([import("./codemirror.js"), ask("/api/file")]);
    this.saved = file;
    this.mirror = mirror;
    const { EditorState, EditorView, keymap } = mirror;
    const nonce = document.querySelector("meta[name=csp-nonce]").content;
    this.#view = new EditorView({
      parent: this.holder,
      state: EditorState.create({ doc: file.text, extensions: [
        EditorView.cspNonce.of(nonce),
        mirror.lineNumbers(), mirror.highlightActiveLine(), mirror.highlightActiveLineGutter(), mirror.highlightSpecialChars(),
        mirror.history(), mirror.drawSelection(), mirror.bracketMatching(), mirror.closeBrackets(), mirror.highlightSelectionMatches(),
        mirror.search({ top: true }), mirror.lintGutter(),
        mirror.StreamLanguage.define(mirror.toml), mirror.syntaxHighlighting(this.#colours()),
        mirror.autocompletion({ override: [completionOf(() => this.#schemaOnce())] }),
        keymap.of([
          ...mirror.closeBracketsKeymap, ...mirror.defaultKeymap, ...mirror.searchKeymap, ...mirror.historyKeymap,
          ...mirror.completionKeymap, ...mirror.lintKeymap,
        ]),
        EditorView.contentAttributes.of({ "aria-label": `Text of ${file.file}`, spellcheck: "false", tabindex: "0" }),
        EditorView.lineWrapping,
        EditorView.updateListener.of(({ docChanged }) => {
          if (!docChanged) return;
          this.#told();
          this.check();
        }),
      ] }),
    });
    this.#told();
    this.#check();
  }

  /// The colours of the text, as variables of the stylesheet.
  #colours() {
    const { HighlightStyle, tags } = this.mirror;
    const colour = (name) => `var(--text-${name})`;
    return HighlightStyle.define([
      { tag: tags.comment, color: colour("comment") },
      { tag: tags.string, color: colour("string") },
      { tag: [tags.number, tags.bool, tags.atom], color: colour("number") },
      { tag: tags.propertyName, color: colour("key") },
      { tag: tags.invalid, color: colour("wrong") },
    ]);
  }

  #schemaOnce() {
    this.#schema ??= ask("/api/schema").catch(() => {
      this.#schema = null;
      return null;
    });
    return this.#schema;
  }

  /// Has the text checked, and shows what was found.
  async #check() {
    const text = this.text;
    const own = this.#checked += 1;
    try {
      const { mistakes } = await ask("/api/check", { text });
      if (own === this.#checked && text === this.text) this.#show(mistakes);
    } catch { /* the notice of the connection says it */ }
  }

  #show(mistakes) {
    const { doc } = this.#view.state;
    this.#marks = mistakes;
    const marks = mistakes.filter(({ line }) => line).map((one) => {
      const line = doc.line(Math.min(one.line, doc.lines));
      const from = Math.min(line.to, line.from + Math.max(0, (one.column ?? 1) - 1));
      const word = /^[\p{L}\p{N}_.-]+/u.exec(line.text.slice(from - line.from))?.[0].length ?? 1;
      return { from, to: Math.min(line.to, from + word), severity: one.severity === "warning" ? "warning" : "error", message: messageOf(one) };
    });
    this.#view.dispatch(this.mirror.setDiagnostics(this.#view.state, marks));
    this.list.replaceChildren(
      make("h3", { id: "found-heading" }, `The checker finds ${counts(mistakes)}`),
      mistakes.length ? mistakesList(mistakes, (one) => this.#goTo(one)) : "");
    this.#told();
  }

  /// Puts the cursor where a mistake is.
  #goTo({ line, column }) {
    const own = this.#view.state.doc.line(Math.min(line, this.#view.state.doc.lines));
    const anchor = Math.min(own.to, own.from + Math.max(0, (column ?? 1) - 1));
    this.#view.dispatch({ selection: { anchor }, scrollIntoView: true });
    this.#view.focus();
  }

  /// Says whether the text is that of the disk, and what the checker found.
  #told() {
    const { file } = this.store;
    const found = this.#marks.length ? ` The checker finds ${counts(this.#marks)}.` : "";
    say(this.state, (this.dirty ? `Not saved yet.` : `As ${file} is on disk.`) + found);
    at("tab-edit").classList.toggle("unsaved", this.dirty);
    this.save.disabled = !this.dirty;
  }

  /// Saves, unless the file has changed on disk meanwhile. What is sound is played at once.
  async write() {
    if (!this.#view || !this.dirty) return this.#view !== null;
    const text = this.text;
    try {
      const { version, mistakes } = await this.file.writing(() => ask("/api/save", { text, version: this.saved.version }));
      this.saved = { text, version };
      this.notice.hidden = true;
      this.#show(mistakes);
      announce(this.store.mistakes ? `Saved, with ${counts(mistakes)}: it cannot be played yet.` : "Saved, and played.");
      say(this.state, this.store.mistakes ? `Saved, with ${counts(mistakes)}: it cannot be played yet.` : "Saved; the bars are played anew.");
      return true;
    } catch (error) {
      if (error instanceof Refusal && error.status === 409) this.#conflict(error.message);
      else say(this.state, `Not saved: ${error.message}`);
      return false;
    }
  }

  /// The file changed on disk: without own changes it is read again, else the author decides.
  #elsewhere() {
    if (!this.#view || this.store.version === this.saved.version) return;
    if (this.dirty) this.#conflict(`${this.store.file} was changed on disk meanwhile, and your text is not saved.`);
    else this.#load();
  }

  #conflict(words) {
    this.notice.hidden = false;
    this.notice.replaceChildren(
      make("p", {}, `${words.replace(/\.?$/, ".")} Nothing is lost: your text is still here, and nothing was written over.`),
      button("Load the file from disk, and drop my text", () => this.#load()),
      button("Keep my text, and write it over the file at the next save", async () => {
        const { version } = await ask("/api/file");
        this.saved = { ...this.saved, version, text: null };
        this.notice.hidden = true;
        this.#told();
      }));
  }

  /// Puts the text of the disk into the editor; it can be undone.
  async #load() {
    const file = await ask("/api/file");
    this.saved = file;
    this.notice.hidden = true;
    const { doc, selection } = this.#view.state;
    const anchor = Math.min(selection.main.head, file.text.length);
    if (doc.toString() !== file.text) {
      this.#view.dispatch({ changes: { from: 0, to: doc.length, insert: file.text }, selection: { anchor } });
    }
    this.#told();
    this.#check();
  }
}

/// What a mistake says, with its hints.
function messageOf({ code, message, label, hints }) {
  const own = [code ? `${message} (${code})` : message, label, ...(hints ?? []).map((hint) => `Help: ${hint}`)];
  return own.filter(Boolean).join("\n");
}
