// Notices at the top of the page: each has a name, and a newer one of the same name takes its place.
import { at, button, isolated, make } from "./dom.js";

const shown = new Map();

/// Shows a notice. `actions` are pairs of words and work; `lasting` notices cannot be closed by hand.
export function notice(name, text, { actions = [], lasting = false, kind = "" } = {}) {
  const own = make("div", { class: `notice ${kind}`, role: kind === "bad" ? "alert" : "status", "data-notice": name },
    make("p", {}, isolated(text)),
    actions.map(([words, work]) => button(words, () => {
      withdraw(name);
      work();
    })),
    lasting ? null : button("Close", () => withdraw(name)));
  if (shown.get(name)?.textContent === own.textContent) return;
  withdraw(name);
  shown.set(name, own);
  at("notices").append(own);
}

/// Takes a notice away.
export function withdraw(name) {
  shown.get(name)?.remove();
  shown.delete(name);
}
