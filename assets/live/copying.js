// Copying a text to the clipboard.
import { announce } from "./dom.js";

/// Copies a text and says so; `node`, if given, holds the text and is selected where copying is not allowed.
export async function copy(text, what, said, node = null) {
  try {
    await navigator.clipboard.writeText(text);
    said.textContent = `${what} is copied.`;
  } catch {
    if (node) getSelection().selectAllChildren(node);
    said.textContent = node ? `${what} is selected: copy it with Ctrl-C.` : text;
  }
  announce(said.textContent);
}
