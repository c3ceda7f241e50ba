// The strip at the top of a narrow screen that shows the result while the bars are out of view.
import { at, isolated, make, say } from "./dom.js";
import { brief } from "./told.js";

/// A stacked bar of all outcomes and a few words.
export class Strip {
  constructor(store) {
    this.store = store;
    this.root = at("summary");
    this.stack = make("div", { class: "stack" });
    this.words = isolated("");
    this.root.append(this.stack, make("p", {}, this.words));
    new IntersectionObserver(([{ isIntersecting }]) => {
      this.root.classList.toggle("out", !isIntersecting);
    }, { rootMargin: "-40px 0px 0px" }).observe(at("bars"));
  }

  show(counts, view) {
    const { outcomes } = this.store.scenario;
    if (this.stack.children.length !== outcomes.length) {
      this.stack.replaceChildren(...outcomes.map(() => make("i", { class: "length" })));
    }
    const shares = new Map(counts.outcomes.map(({ id, share }) => [id, share]));
    outcomes.forEach(({ id, colour }, index) => {
      const part = this.stack.children[index];
      part.style.width = `${100 * (shares.get(id) ?? 0)}%`;
      part.style.background = colour;
    });
    say(this.words, brief(counts, view));
  }
}
