// The view Look: an ordinary report of what is set, as the command makes it, or the course of one trial.
import { announce, at, button, make, say } from "./dom.js";
import { copy } from "./copying.js";
import { count } from "./format.js";
import { inWords } from "./naming.js";
import { mistakesList } from "./mistakes.js";
import { TAB } from "./play.js";
import { same } from "./state.js";
import { Turn } from "./stream.js";

/// What can be looked at; `long` ones play much more than a run.
const LOOKS = [
  { verb: "run", title: "How may it end?", about: "All charts, what the result rests on, and the tables of a run." },
  { verb: "trace", title: "How does one trial go?", about: "One course of events, step by step: who could do what, and chose what." },
  { verb: "compare", title: "What would each policy change?", about: "All policies of the file, on the same luck." },
  { verb: "levers", title: "Which single move matters most?", about: "Every move forced, and forbidden, in turn.", long: true },
  { verb: "sensitivity", title: "What does it rest on?", about: "Varies the assumptions to see which matter.", long: true },
  { verb: "why", title: "Whose surprises settle it?", about: "And at which moment.", long: true },
  { verb: "update", title: "And now, given what has happened?", about: "Weighs the trials by the record in the file.", record: true },
];

/// The form and the page that is shown.
export class Look {
  #turn = new Turn();

  constructor(store) {
    this.store = store;
    this.root = at("look");
    store.on("scenario", () => this.#build());
    store.on("state", ({ live }) => !live && this.#stale());
    store.addEventListener("look", ({ detail }) => {
      this.choice.value = detail.verb;
      this.trial.value = String(detail.trial);
      this.which.value = "";
      this.#chosen();
      store.open("look");
      this.ask();
    });
  }

  /// Makes the form.
  #build() {
    const { scenario, mistakes } = this.store;
    this.go ??= this.#fields();
    this.broken.hidden = mistakes === null;
    this.form.hidden = mistakes !== null || !scenario;
    if (!scenario || mistakes) return;
    const chosen = this.choice.value || "run";
    const looks = LOOKS.filter(({ record }) => !record || scenario.has_record);
    this.choice.replaceChildren(...looks.map(({ verb, title, long }) => make("option", { value: verb }, title + (long ? " (takes long)" : ""))));
    this.choice.value = looks.some(({ verb }) => verb === chosen) ? chosen : "run";
    const which = this.which.value;
    this.which.replaceChildren(make("option", { value: "" }, "of a number:"),
      ...scenario.outcomes.map(({ id, title }) => make("option", { value: id }, `a typical one that ends so: ${title}`)));
    this.which.value = scenario.outcomes.some(({ id }) => id === which) ? which : "";
    this.#chosen();
    this.#stale();
  }

  #fields() {
    this.choice = make("select", { id: "look-verb", onchange: () => this.#chosen(), "aria-describedby": "look-about" });
    this.about = make("small", { id: "look-about" });
    this.which = make("select", { id: "look-which", onchange: () => this.#chosen() });
    this.trial = make("input", { type: "number", id: "look-trial", min: "0", step: "1", value: "0", class: "typed", "aria-label": "Number of the trial" });
    this.odds = make("input", { type: "checkbox", id: "look-odds" });
    this.extra = make("div", { class: "row trace" },
      make("label", { for: "look-which" }, "A trial"), this.which, this.trial,
      make("label", { class: "check" }, this.odds, "with the odds after each step (takes longer)"));
    this.of = make("p", { class: "note" });
    this.doing = make("p", { class: "note", role: "status" });
    this.meter = make("div", { class: "meter", "aria-hidden": "true", hidden: true }, make("i"));
    this.shown = make("div", { id: "shown" });
    this.broken = make("p", { class: "note" }, "The file has mistakes: it can be looked at once they are mended.");
    const go = make("button", { type: "submit", class: "push main", id: "look-go" }, "Show");
    this.form = make("form", {
      onsubmit: (event) => {
        event.preventDefault();
        if (this.#turn.busy) this.#stop();
        else this.ask();
      },
    },
    make("div", { class: "row" }, make("label", { for: "look-verb" }, "Look at"), this.choice, go), this.about, this.extra, this.of);
    this.root.append(make("h2", { class: "visually-hidden" }, "Look"), this.broken, this.form, this.doing, this.meter, this.shown);
    return go;
  }

  /// Shows the fields of what is chosen.
  #chosen() {
    const look = LOOKS.find(({ verb }) => verb === this.choice.value);
    say(this.about, (look?.about ?? "") + (look?.long ? " This plays many times as much as a run; it can be stopped." : ""));
    this.extra.hidden = look?.verb !== "trace";
    this.trial.hidden = this.which.value !== "";
  }

  /// Says of which settings the page is, and whether others are set now.
  #stale() {
    const { store } = this;
    if (!store.scenario || store.mistakes || !this.of) return;
    const other = this.asked && !same(this.asked, store.state);
    say(this.of, `Of what is set: ${inWords(store.state, store)}.${other ? " The page below is of what was set before." : ""}`);
  }

  #what() {
    const verb = this.choice.value;
    if (verb !== "trace") return { verb };
    const odds = this.odds.checked ? 50 : null;
    return this.which.value ? { verb, outcome: this.which.value, odds } : { verb, trial: Math.max(0, Number(this.trial.value) || 0), odds };
  }

  #stop() {
    this.#turn.cancel();
    this.#end("Stopped.");
  }

  /// Asks for the page of what is chosen.
  async ask() {
    const variant = this.store.state;
    this.asking = variant;
    this.go.textContent = "Stop";
    this.meter.hidden = false;
    this.meter.firstElementChild.style.width = "0";
    say(this.doing, "Playing…");
    let ended = false;
    try {
      const whole = await this.#turn.start("/api/answer", { tab: `${TAB}-look`, look: this.#what(), variant, save: false }, (name, data) => {
        if (name === "progress") return this.#progress(data);
        ended = true;
        if (name === "page") this.#show(data);
        else this.#end(data.message, data.mistakes);
      });
      if (whole && !ended) this.#end("The program stopped answering.");
    } catch (error) {
      this.#end(error.message);
    }
  }

  #progress({ done, of }) {
    this.meter.firstElementChild.style.width = of ? `${100 * done / of}%` : "100%";
    this.meter.classList.toggle("unknown", !of);
    this.doing.textContent = `Playing: ${count(done)}${of ? ` of ${count(of)}` : ""} trials…`;
  }

  #end(text, mistakes = null) {
    this.go.textContent = "Show";
    this.meter.hidden = true;
    this.doing.textContent = text;
    if (mistakes?.length) this.shown.replaceChildren(mistakesList(mistakes, null));
  }

  /// Shows a page in a frame of its own, which can reach nothing of this one.
  #show({ url, command }) {
    this.#end("");
    this.asked = this.asking;
    const title = this.choice.selectedOptions[0].textContent.replace(" (takes long)", "");
    const said = make("span", { role: "status" });
    const code = make("code", {}, command);
    this.shown.replaceChildren(
      make("div", { class: "actions" },
        make("a", { href: url, target: "_blank", rel: "noopener" }, "Open alone"),
        button("Copy command", () => copy(command, "The command", said, code)), said),
      make("pre", { class: "scroll", tabindex: "0", role: "group", "aria-label": "Command of this page" }, code),
      make("iframe", { sandbox: "allow-scripts", src: url, title: `Report: ${title}` }));
    this.#stale();
    announce(`The report is shown: ${title}`);
  }
}
