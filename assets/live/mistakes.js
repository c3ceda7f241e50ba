// The checker's findings as a list.
import { isolated, make } from "./dom.js";

/// A list of mistakes; where `go` is given, a place is a button that goes there.
export function mistakesList(mistakes, go) {
  return make("ul", { class: "mistakes" }, mistakes.map((one) => {
    const { code, severity, message, label, hints, line, column } = one;
    const place = line === null || line === undefined ? null : `line ${line}${column ? `:${column}` : ""}`;
    const where = place === null ? null
      : go ? make("button", { type: "button", class: "link", onclick: () => go(one) }, place) : make("span", {}, place);
    return make("li", { class: severity },
      make("p", {}, make("b", {}, severity === "warning" ? "Warning: " : "", isolated(message)), where ? [" (", where, ")"] : null),
      label ? make("small", {}, isolated(label)) : null,
      (hints ?? []).map((hint) => make("small", {}, "Help: ", isolated(hint))),
      code ? make("small", { class: "code" }, code) : null);
  }));
}

/// How many errors and warnings there are, in words.
export function counts(mistakes) {
  const errors = mistakes.filter(({ severity }) => severity !== "warning").length;
  const warnings = mistakes.length - errors;
  const said = (n, what) => (n ? `${n} ${what}${n === 1 ? "" : "s"}` : null);
  return [said(errors, "mistake"), said(warnings, "warning")].filter(Boolean).join(" and ") || "no mistakes";
}
