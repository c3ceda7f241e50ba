// The connection to the program: hears of changes of the file, notices when the program is gone, and finds it again.
import { notice, withdraw } from "./notices.js";
import { onLost } from "./stream.js";

const PAUSE = 1000;

/// Calls `changed(version)` for each version of the file on disk, and `back()` when the program answers again.
export class Connection {
  #source = null;
  #timer = null;
  #lost = false;

  constructor(changed, back) {
    this.changed = changed;
    this.back = back;
    onLost((why, message) => this.#gone(why, message));
    // A tab that is not seen holds no connection: a browser has only six to one program.
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#close() : this.open()));
    addEventListener("pagehide", () => this.#close());
    addEventListener("pageshow", ({ persisted }) => persisted && this.open());
  }

  /// Starts to listen.
  open() {
    if (this.#source || this.#lost || document.hidden) return;
    const source = new EventSource("/api/changes");
    this.#source = source;
    source.addEventListener("file", ({ data }) => this.changed(JSON.parse(data).version));
    source.addEventListener("error", () => {
      if (this.#source === source) this.#gone("unreachable");
    });
  }

  #close() {
    this.#source?.close();
    this.#source = null;
  }

  /// Says that there is no connection, and tries again until there is one.
  #gone(why, message) {
    this.#close();
    this.#lost = true;
    if (why === "forbidden") {
      notice("connection", `${message ? `${message.replace(/\.?$/, ".")} ` : ""}Not connected: the program was started anew. Open the address that the server prints; this page then goes on by itself.`, { lasting: true, kind: "bad" });
    } else {
      notice("connection", "Not connected: the program does not answer. Start it again with the same port; this page then goes on by itself, and what is set here is kept.", { lasting: true, kind: "bad" });
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#try(), PAUSE);
  }

  /// Asks whether the program answers.
  async #try() {
    let answer = null;
    try {
      answer = await fetch("/api/scenario", { cache: "no-store" });
    } catch {
      return this.#gone("unreachable");
    }
    if (answer.status === 403) return this.#gone("forbidden");
    await answer.body?.cancel();
    this.#lost = false;
    withdraw("connection");
    this.open();
    this.back();
  }
}
