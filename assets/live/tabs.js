// The three views as tabs: arrows move between them, as usual for tabs.
import { at } from "./dom.js";

const NAMES = ["play", "look", "edit"];

/// Connects the tabs with the store.
export class Tabs {
  constructor(store) {
    this.store = store;
    for (const [index, name] of NAMES.entries()) {
      const tab = at(`tab-${name}`);
      tab.addEventListener("click", () => store.open(name));
      tab.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        const next = step ? NAMES.at((index + step) % NAMES.length)
          : event.key === "Home" ? NAMES[0] : event.key === "End" ? NAMES.at(-1) : null;
        if (next === null) return;
        event.preventDefault();
        store.open(next);
        at(`tab-${next}`).focus();
      });
    }
    store.on("tab", () => this.show());
    this.show();
  }

  /// Shows the view that is open.
  show() {
    const open = NAMES.includes(this.store.tab) ? this.store.tab : "play";
    for (const name of NAMES) {
      const own = name === open;
      at(`tab-${name}`).setAttribute("aria-selected", own);
      at(`tab-${name}`).tabIndex = own ? 0 : -1;
      at(name).hidden = !own;
    }
    document.body.dataset.view = open;
  }
}
