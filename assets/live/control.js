// One control: a slider with a field for its number, or a list to choose from; and its way back to the file.
import { button, isolated, make, mark, say } from "./dom.js";
import { naturalText, labelFormula, valueText } from "./naming.js";
import { Scale, decimal } from "./scale.js";

let made = 0;

/// A control of the scenario on the page. `send(text or null, live)` is called when it is moved.
export class Control {
  constructor(control, title, send) {
    this.control = control;
    this.send = send;
    this.key = `${title} ${control.title} ${control.path} ${control.about ?? ""}`.toLowerCase();
    this.id = `control-${made += 1}`;
    this.reset = button(`Back to ${naturalText(control)}`, () => this.#back(), { class: "back" });
    this.reset.setAttribute("aria-label", `${title}: back to ${naturalText(control)}`);
    this.now = make("span", { class: "now" });
    this.fault = make("small", { class: "fault", id: `${this.id}-fault`, hidden: true });
    this.blocked = make("small", { class: "blocked", hidden: true });
    const about = control.about ? make("small", { id: `${this.id}-about` }, isolated(control.about)) : null;
    this.described = [about && `${this.id}-about`, `${this.id}-fault`].filter(Boolean).join(" ");
    const inputs = control.kind === "number" || control.kind === "whole" ? this.#slider(title) : this.#choice();
    this.node = make("li", { class: "control", "data-path": control.path },
      make("div", { class: "head" }, make("label", { for: this.id }, isolated(control.title)), this.now, this.reset),
      inputs, this.fault, this.blocked, about);
  }

  /// A slider and a field in which a number may be typed, also beyond the slider's ends.
  #slider(title) {
    const { control } = this;
    this.scale = new Scale(control);
    this.range = make("input", {
      type: "range", id: this.id, min: "0", max: String(this.scale.places), step: "1", "aria-describedby": this.described,
      oninput: () => this.send(this.#slid(), true), onchange: () => this.send(this.#slid(), false),
    });
    this.field = make("input", {
      type: "text", inputmode: "decimal", autocomplete: "off", spellcheck: "false", class: "typed",
      placeholder: control.drawn ? "drawn" : "", "aria-label": `${title}: number`, "aria-describedby": `${this.id}-fault`,
      onchange: () => this.#typed(),
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.#typed();
      if (event.key === "Escape") this.show(this.text, this.active);
    });
    return make("div", { class: "slide" }, this.range, this.field);
  }

  #slid() {
    return decimal(this.scale.value(Number(this.range.value)));
  }

  /// Takes the number that was typed; an empty field is the way back to the file.
  #typed() {
    const typed = this.field.value.trim().replace(/^[−–]/, "-").replace(/^(-?\d+),(\d+)$/, "$1.$2");
    if (typed === "" || typed === "drawn") return this.send(null, false);
    const value = Number(typed);
    const wrong = !Number.isFinite(value) ? `“${typed}” is not a number.`
      : this.control.kind === "whole" && !Number.isInteger(value) ? "Only whole numbers are possible here." : null;
    this.#complain(wrong);
    if (!wrong) this.send(decimal(value), false);
  }

  #complain(wrong) {
    this.fault.hidden = wrong === null;
    say(this.fault, wrong ?? "");
    mark(this.field, "aria-invalid", wrong === null ? null : true);
  }

  /// A list of the values that are possible.
  #choice() {
    const { control } = this;
    const values = control.kind === "flag" ? ["true", "false"] : control.labels.map((label) => labelFormula(label));
    const options = values.map((value) => make("option", { value }, valueText(control, value)));
    if (control.drawn) options.unshift(make("option", { value: "" }, "drawn"));
    this.choice = make("select", {
      id: this.id, "aria-describedby": this.described, onchange: () => this.send(this.choice.value || null, false),
    }, options);
    return make("div", { class: "slide" }, this.choice);
  }

  /// The text of what the file says.
  get natural() {
    const { kind, drawn, value } = this.control;
    if (drawn || value === null) return null;
    return kind === "label" ? labelFormula(value) : kind === "flag" ? String(value) : decimal(value);
  }

  #back() {
    this.send(null, false);
    (this.range ?? this.choice).focus();
  }

  /// Shows what is set (null: as in the file). `active` says what else sets this value at the moment, or is null.
  show(text, active) {
    const { control } = this;
    this.text = text;
    this.active = active;
    const changed = text !== null;
    const shown = text ?? this.natural;
    this.node.classList.toggle("changed", changed);
    this.node.classList.toggle("drawn", !changed && control.drawn);
    this.reset.classList.toggle("unused", !changed);
    this.reset.disabled = !changed;
    this.blocked.hidden = active === null;
    say(this.blocked, active ?? "");
    const words = shown === null ? `drawn: ${control.text}` : valueText(control, shown);
    say(this.now, words);
    this.now.title = words;
    if (this.choice) {
      this.choice.value = shown ?? "";
      this.choice.disabled = active !== null;
      return;
    }
    const value = shown === null ? control.value : Number(shown);
    const place = String(Math.round(value === null ? this.scale.places / 2 : this.scale.place(value)));
    if (this.range.value !== place) this.range.value = place;
    mark(this.range, "aria-valuetext", words);
    if (document.activeElement !== this.field || shown !== null) this.field.value = shown ?? "";
    this.#complain(null);
    this.range.disabled = this.field.disabled = active !== null;
  }
}
