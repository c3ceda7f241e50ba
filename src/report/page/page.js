"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector) => document.querySelector(selector);

  // Tables sort by the column whose heading is pressed.
  const collator = new Intl.Collator("en", { numeric: true });
  const keyOf = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.sort ?? cell.textContent.trim();
  };
  const compare = (a, b) => {
    const [x, y] = [Number(a), Number(b)];
    return Number.isNaN(x) || Number.isNaN(y) ? collator.compare(a, b) : x - y;
  };
  const sort = (heading) => {
    const table = heading.closest("table");
    const column = heading.cellIndex;
    const before = heading.getAttribute("aria-sort");
    const first = heading.classList.contains("num") ? "descending" : "ascending";
    const other = first === "ascending" ? "descending" : "ascending";
    const now = before === first ? other : first;
    const sign = now === "ascending" ? 1 : -1;
    for (const each of all("th[aria-sort]", table)) each.setAttribute("aria-sort", "none");
    heading.setAttribute("aria-sort", now);
    const body = table.tBodies[0];
    body.append(...[...body.rows].sort((a, b) => sign * compare(keyOf(a, column), keyOf(b, column))));
  };

  // An outcome that is picked stands out in all charts.
  const titles = new Map(all(".chip").map((chip) => [chip.dataset.pick, chip.textContent.trim()]));
  const bar = one(".picked");
  let picked = null;
  const pick = (outcome) => {
    picked = outcome === picked ? null : outcome;
    for (const svg of all(".paper svg")) {
      svg.classList.toggle("picking", picked !== null);
      for (const group of all("[data-outcome]", svg)) {
        const own = group.dataset.outcome === picked;
        group.classList.toggle("on", own);
        if (group.hasAttribute("role")) group.setAttribute("aria-pressed", own);
      }
    }
    for (const row of all("[data-outcome-row]")) {
      row.classList.toggle("on", row.dataset.outcomeRow === picked);
    }
    for (const button of all("[data-pick]")) {
      button.setAttribute("aria-pressed", button.dataset.pick === picked);
    }
    bar.hidden = picked === null;
    bar.firstElementChild.textContent =
      picked === null ? "" : `Highlighted in all charts: ${titles.get(picked) ?? picked}`;
  };

  // What goes on beyond an edge shows it.
  const edge = (box) => {
    box.classList.toggle("goes-on", box.scrollLeft + box.clientWidth < box.scrollWidth - 1);
    box.classList.toggle("came-from", box.scrollLeft > 1);
  };
  const watch = new ResizeObserver((seen) => seen.forEach(({ target }) => edge(target)));
  for (const box of all(".scroll, .paper")) {
    watch.observe(box);
    box.addEventListener("scroll", () => edge(box), { passive: true });
  }

  // Long tables show their first rows until more are asked for.
  for (const button of all("button.whole")) {
    const table = button.previousElementSibling.querySelector("table");
    const words = button.textContent;
    const shorten = (short) => {
      table.classList.toggle("short", short);
      button.setAttribute("aria-expanded", !short);
      button.textContent = short ? words : "Show the first rows only";
    };
    shorten(true);
    button.hidden = false;
    button.addEventListener("click", () => shorten(!table.classList.contains("short")));
  }

  // A link to a part opens the control behind which the part waits.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let at = target; at; at = at.parentElement) {
      if (at.localName === "details") at.open = true;
    }
    const own = target.matches("section") ? target.querySelector(":scope > .waits") : null;
    if (own) own.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  if (location.hash) reveal();

  // What waits behind a control is printed all the same.
  const folded = () => all("details.waits:not([open]), details.more:not([open])");
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = folded();
    for (const each of opened) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of opened) each.open = false;
  });

  // What a mark says is shown beside the pointer, or beside the mark that has the focus.
  const tip = one(".tip");
  const words = new WeakMap();
  for (const title of all(".paper svg title")) {
    words.set(title.parentNode, title.textContent);
    title.remove();
  }
  const said = (node) => {
    for (let at = node; at && at.nodeName !== "svg"; at = at.parentNode) {
      if (words.has(at)) return words.get(at);
    }
    return null;
  };
  const show = (text, x, y) => {
    tip.textContent = text;
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    const left = Math.min(Math.max(8, x + 14), innerWidth - box.width - 8);
    const below = y + 18 + box.height < innerHeight;
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${Math.max(8, below ? y + 18 : y - box.height - 12)}px`;
  };
  const hide = () => {
    tip.hidden = true;
  };

  // Outcomes of a chart can be reached by keyboard: one stop, and arrows within.
  for (const svg of all(".paper svg")) {
    const stops = [];
    const seen = new Set();
    for (const group of all("[data-outcome]", svg)) {
      if (seen.has(group.dataset.outcome)) continue;
      seen.add(group.dataset.outcome);
      group.setAttribute("role", "button");
      group.setAttribute("aria-pressed", "false");
      const texts = all("text", group).map((text) => text.textContent.trim()).join(" ");
      const title = titles.get(group.dataset.outcome) ?? group.dataset.outcome;
      group.setAttribute("aria-label", texts ? `${title}: ${texts}` : title);
      group.setAttribute("tabindex", stops.length ? "-1" : "0");
      stops.push(group);
    }
    svg.addEventListener("keydown", (event) => {
      const at = stops.indexOf(event.target);
      if (at < 0) return;
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      if (step) {
        const next = stops[(at + step + stops.length) % stops.length];
        stops[at].setAttribute("tabindex", "-1");
        next.setAttribute("tabindex", "0");
        next.focus();
      } else if (event.key === "Enter" || event.key === " ") {
        pick(event.target.dataset.outcome);
      } else {
        return;
      }
      event.preventDefault();
    });
    for (const group of stops) {
      group.addEventListener("focus", () => {
        const own = [group, ...all("*", group)].map((node) => words.get(node)).filter(Boolean);
        if (!own.length || !group.matches(":focus-visible")) return;
        const box = group.getBoundingClientRect();
        show(own.slice(0, 6).join("\n"), box.left + box.width / 2, box.bottom - 8);
      });
      group.addEventListener("blur", hide);
    }
  }

  document.addEventListener("click", (event) => {
    const target = event.target;
    const heading = target.closest(".sort")?.closest("th");
    if (heading) return sort(heading);
    if (target.closest(".clear")) return pick(picked);
    const button = target.closest("[data-pick]");
    if (button) return pick(button.dataset.pick);
    const group = target.closest(".paper svg [data-outcome]");
    // A press that ends a selection of text picks nothing.
    if (group && getSelection().isCollapsed) pick(group.dataset.outcome);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    hide();
    if (picked !== null) pick(picked);
  });
  document.addEventListener("pointermove", (event) => {
    const text = event.target.closest?.(".paper svg") ? said(event.target) : null;
    if (text) show(text, event.clientX, event.clientY);
    else hide();
  });
  document.addEventListener("scroll", hide, { passive: true, capture: true });

  // What scrolls sideways can be reached and scrolled by keyboard.
  const reach = () => {
    for (const box of all(".scroll, .paper")) {
      if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  };
  addEventListener("resize", reach);
  document.addEventListener("toggle", reach, true);
  reach();
})();
