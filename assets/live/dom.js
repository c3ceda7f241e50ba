// Elements made in one line. Text is always put in as text, never as HTML.

/// Makes an element: attributes (`class`, `aria-…`, …), handlers (`onclick`, …), then children.
export function make(name, given = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key in node && typeof value !== "string") node[key] = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/// A button as this page has them.
export function button(words, onclick, given = {}) {
  return make("button", { type: "button", class: "push", onclick, ...given }, words);
}

/// The element with an id.
export function at(id) {
  return document.getElementById(id);
}

/// Puts a text into an element, if it is not there yet.
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/// Puts an attribute on an element, if it is not there yet; takes it away if the value is null.
export function mark(node, name, value) {
  if (value === null) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
}

/// Tells a reader of the screen what has happened.
export function announce(text) {
  const status = at("status");
  status.textContent = "";
  setTimeout(() => { status.textContent = text; }, 50);
}

/// A text in its own direction, for texts of the file that may run from right to left.
export function isolated(text, given = {}) {
  return make("bdi", given, text);
}

/// Calls `work` at most once in `pause` milliseconds, the last call always.
export function throttled(work, pause) {
  let timer = null;
  let last = -Infinity;
  return () => {
    if (timer !== null) return;
    const wait = Math.max(0, last + pause - performance.now());
    timer = setTimeout(() => {
      timer = null;
      last = performance.now();
      work();
    }, wait);
  };
}

/// Calls `work` at once, and again after more has come and nothing came for `pause` milliseconds.
export function atOnceAndSettled(work, pause) {
  let timer = null;
  return () => {
    if (timer === null) work();
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      work();
    }, pause);
  };
}

/// Calls `work` when nothing more has come for `pause` milliseconds.
export function settled(work, pause) {
  let timer = null;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...given), pause);
  };
}
