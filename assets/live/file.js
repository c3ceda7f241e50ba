// The file on disk: hears that it has changed, and keeps the page's own writing apart from that of others.
import { notice, withdraw } from "./notices.js";
import { listed } from "./format.js";

/// What the page knows of the file.
export class File {
  #busy = 0;
  #pending = null;

  constructor(store) {
    this.store = store;
    store.addEventListener("elsewhere", ({ detail }) => this.heard(detail.version));
  }

  /// The file has this version on disk; if it is another one than the page has, everything is read again.
  async heard(version) {
    if (this.#busy) {
      this.#pending = version;
      return;
    }
    if (version === this.store.version) return;
    await this.reload();
    const { file, mistakes } = this.store;
    if (mistakes) {
      notice("changed", `${file} was changed on disk and now has mistakes.`, { actions: [["Open the editor", () => this.store.open("edit")]] });
    } else {
      notice("changed", `${file} was changed on disk. The controls are those of the file as it is now${this.#lostWords()}.`);
    }
  }

  /// What is no longer there, in words.
  #lostWords() {
    const { gone } = this;
    return gone.length ? `; what you had set is kept, but for what the file no longer has: ${listed(gone)}` : ", and what you had set is kept";
  }

  /// Reads the scenario again.
  async reload() {
    this.#busy += 1;
    const titles = new Map((this.store.scenario?.groups ?? []).flatMap(({ controls }) => controls.map(({ path, title }) => [path, title])));
    try {
      const gone = await this.store.load();
      this.gone = gone.map((path) => (titles.has(path) ? `“${titles.get(path)}”` : path));
    } finally {
      this.#busy -= 1;
      this.#late();
    }
  }

  /// Does `work`, which writes the file and answers with its new version; then reads the scenario again.
  async writing(work) {
    this.#busy += 1;
    try {
      const answer = await work();
      this.store.version = answer.version;
      withdraw("changed");
      await this.store.load();
      return answer;
    } finally {
      this.#busy -= 1;
      this.#late();
    }
  }

  /// What was heard while the page was busy itself.
  #late() {
    if (this.#busy || this.#pending === null) return;
    const version = this.#pending;
    this.#pending = null;
    this.heard(version);
  }
}
