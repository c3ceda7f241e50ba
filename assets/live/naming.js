// What settings are called in sentences: `cost of war 0.8 instead of drawn`.
import { number } from "./format.js";
import { PLAIN, parts } from "./state.js";

/// The title of a control, with its actor where it belongs to one.
export function fullTitle(control, store) {
  const own = store.control(control.path);
  const group = store.scenario.groups.find(({ title }) => title === own?.group);
  return group?.kind === "actor" ? `${group.title}: ${control.title}` : control.title;
}

/// A label as it is set: a formula that is the label, which can stand wherever a value can.
export function labelFormula(label) {
  return `"'${label}'"`;
}

/// A value as it is read, with its unit.
export function valueText(control, text) {
  if (control.kind === "label") return text.replace(/^"'(.*)'"$/, "$1");
  if (control.kind === "flag") return text === "true" ? "yes" : "no";
  const value = Number(text);
  const own = Number.isFinite(value) ? number(value) : text;
  return control.unit ? `${own} ${control.unit}` : own;
}

/// What the file says of a control: `drawn`, or its value.
export function naturalText(control) {
  if (control.drawn) return "drawn";
  if (control.value === null) return control.text;
  return valueText(control, String(control.value));
}

/// Each change of a state from the file: what it is called, what it is now, and what it was.
export function changes(state, store) {
  const out = [];
  if (state.policy !== PLAIN.policy) {
    out.push({ key: "policy", title: "Policy", now: store.title("policies", state.policy), was: null });
  }
  if (state.world !== PLAIN.world) {
    out.push({ key: "world", title: "World", now: store.title("worlds", state.world), was: null });
  }
  for (const setting of state.set) {
    const [path, text] = parts(setting);
    const control = store.control(path);
    if (!control) {
      out.push({ key: path, title: path, now: text, was: null });
      continue;
    }
    out.push({ key: path, title: fullTitle(control, store), now: valueText(control, text), was: naturalText(control) });
  }
  return out;
}

/// The changes of a state in one line; at most `most` of them by name.
export function inWords(state, store, most = 4) {
  const all = changes(state, store);
  if (!all.length) return "as in the file";
  const said = all.slice(0, most).map(({ title, now, was }) => (was === null ? `${title}: ${now}` : `${title} ${now} instead of ${was}`));
  const more = all.length - said.length;
  return said.join("; ") + (more ? `; and ${more} more` : "");
}

/// Why a control has no effect in a state, as its policy or world sets the value; null if it has.
export function blocked({ set_by: by }, state, store) {
  if (by.policies.includes(state.policy)) return `The policy “${store.title("policies", state.policy)}” sets this value; the control has no effect under it.`;
  if (by.worlds.includes(state.world)) return `The world “${store.title("worlds", state.world)}” sets this value; the control has no effect in it.`;
  return null;
}

/// A name in single quotation marks.
export function quoted(name) {
  return `‘${name}’`;
}
