// Under the bars: pin, copy the link or the command, save the report.
import { announce, at, button, isolated, make } from "./dom.js";
import { copy } from "./copying.js";
import { TAB } from "./play.js";
import { count } from "./format.js";
import { Turn } from "./stream.js";

/// The row of actions.
export class Sharing {
  #turn = new Turn();

  constructor(store, play, shelf) {
    this.store = store;
    this.said = at("shared");
    this.save = button("Save report", () => this.#report(), { id: "save-report" });
    at("actions").append(
      button("Pin this variant", () => shelf.ask(), { id: "pin", class: "push main" }),
      button("Copy link", () => {
        store.flush();
        copy(store.link, "The link to this state", this.said);
      }, { id: "copy-link" }),
      button("Copy command", () => copy(play.command, "The command", this.said), { id: "copy-command-too" }),
      this.save,
    );
    at("copy-command").addEventListener("click", () => copy(play.command, "The command", this.said, at("command")));
  }

  /// Plays what is set in full and writes the ordinary run folder; pressed again, it stops.
  async #report() {
    if (this.#turn.busy) {
      this.#turn.cancel();
      return this.#end("The report was not written.");
    }
    this.save.textContent = "Stop writing";
    this.#say("Playing for the report…");
    let ended = false;
    try {
      const body = { tab: `${TAB}-report`, look: { verb: "run" }, variant: this.store.state, save: true };
      const whole = await this.#turn.start("/api/answer", body, (name, data) => {
        if (name === "progress") this.#say(`Playing for the report: ${count(data.done)}${data.of ? ` of ${count(data.of)}` : ""} trials…`);
        else ended = true;
        if (name === "page") this.#written(data);
        else if (name === "mistakes" || name === "failed") this.#end(data.message);
      });
      if (whole && !ended) this.#end("The report was not written: the program stopped answering.");
    } catch (error) {
      this.#end(error.message);
    }
  }

  #say(text) {
    this.said.replaceChildren(text);
  }

  #end(text) {
    this.save.textContent = "Save report";
    this.#say(text);
  }

  #written({ url, folder }) {
    this.#end("");
    const link = make("a", { href: url, target: "_blank", rel: "noopener" }, "open it");
    this.said.replaceChildren("The report with its tables and charts is in ", isolated(folder ?? "", { class: "path" }), " (", link, ").");
    announce(`The report is in ${folder}.`);
  }
}
