// Opens every page in $PAGES (one run folder each) in Chromium and checks it.
import assert from "node:assert/strict";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { chromium } from "playwright-core";

const folders = process.env.PAGES;
assert.ok(folders, "PAGES names the folder of run folders");
const only = (folder) => {
  const [entry] = readdirSync(folder);
  return join(folder, entry);
};
const pages = readdirSync(folders).sort().map((name) => ({
  name,
  file: join(only(only(join(folders, name))), "report.html"),
}));
const MOST_BYTES = 3 * 1024 * 1024;

let browser;
before(async () => {
  browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ],
  });
});
after(() => browser?.close());

const WIDE = { width: 1280, height: 900 };

// Opens a page, and collects its network requests and its console messages.
const open = async (file) => {
  const context = await browser.newContext({ viewport: WIDE, reducedMotion: "reduce" });
  const page = await context.newPage();
  const faults = [];
  await context.route("**/*", (route) => {
    const url = route.request().url();
    if (url === pathToFileURL(file).href) return route.continue();
    faults.push(`requests ${url.slice(0, 100)}`);
    return route.abort();
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  await page.goto(pathToFileURL(file).href);
  return { page, faults };
};

const serious = async (page, options = {}) => {
  // The page's Content-Security-Policy allows no other script, so this one is injected by the debugger.
  await page.evaluate(axe.source);
  const found = await page.evaluate(
    (options) => globalThis.axe.run(document, { resultTypes: ["violations"], ...options }), options);
  return found.violations
    .filter(({ impact }) => ["serious", "critical"].includes(impact))
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
};

const settle = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

for (const { name, file } of pages) {
  describe(name, () => {
    // All tests use one page, in order; each sets up what it needs.
    let page;
    let faults;
    before(async () => {
      ({ page, faults } = await open(file));
    });
    after(() => page?.context().close());
    // Opens and closes collapsed parts.
    const unfold = (open, shut = ".none") => page.evaluate(([open, shut]) => {
      for (const node of document.querySelectorAll("details")) {
        if (node.matches(open)) node.open = true;
        if (node.matches(shut)) node.open = false;
      }
    }, [open, shut]);

    test("it is small", () => {
      assert.ok(statSync(file).size < MOST_BYTES, `${statSync(file).size} bytes`);
    });

    test("it makes no network requests and reports no errors", async () => {
      await page.evaluate(() => document.fonts.ready);
      assert.deepEqual(faults, []);
      assert.equal(await page.evaluate(() => document.fonts.check("16px Inter")), true);
      assert.equal(await page.evaluate(() => globalThis.hostile), undefined);
    });

    test("headings descend one step at a time and ids are unique", async () => {
      const found = await page.evaluate(() => ({
        levels: [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].map((h) => Number(h.tagName[1])),
        ids: [...document.querySelectorAll("[id]")].map((node) => node.id),
        charts: document.querySelectorAll("figure").length,
        described: [...document.querySelectorAll("figure")].filter(
          (figure) => figure.querySelector("[id$=-alt]").textContent.trim() && figure.querySelector("table tbody tr"),
        ).length,
      }));
      assert.equal(found.levels[0], 1);
      found.levels.reduce((before, level) => {
        assert.ok(level <= before + 1, `h${level} after h${before}`);
        assert.ok(level > 1);
        return level;
      });
      assert.equal(new Set(found.ids).size, found.ids.length);
      assert.ok(found.charts > 0);
      assert.equal(found.described, found.charts, "every chart has a description and a table");
    });

    // Pages with titles of a hundred words have no first screen.
    for (const [width, height] of name.startsWith("hostile") ? [] : [[1400, 900], [390, 844]]) {
      test(`the first screen of ${width} by ${height} px holds the headline and the chart`, async () => {
        await page.setViewportSize({ width, height });
        await page.evaluate(() => scrollTo(0, 0));
        await settle(page);
        const found = await page.evaluate(() => {
          const box = (node) => node && node.getBoundingClientRect();
          const bars = [...document.querySelectorAll(".first .bars li")];
          return {
            title: box(document.querySelector("h1")),
            lead: box(document.querySelector(".lead")),
            chart: box(document.querySelector(".first")),
            bars: bars.map((bar) => box(bar).bottom),
            texts: bars.map((bar) => [...bar.querySelectorAll(".value, .range")].map((node) => ({
              size: parseFloat(getComputedStyle(node).fontSize), cut: node.scrollWidth > node.clientWidth + 1,
            }))).flat(),
            tracks: [...document.querySelectorAll(".first .track")].map((track) => box(track).width),
          };
        });
        assert.ok(found.title.top >= 0);
        assert.ok(found.lead.bottom < height, `the headline ends at ${found.lead.bottom}`);
        // The page of one trial begins with its story in words; its chart of odds stands beneath.
        if (name.endsWith("-trace")) return;
        assert.ok(found.bars.length > 0, "there is a chart");
        assert.ok(found.chart.right <= width && found.chart.left >= 0);
        // On a phone, the last bars and the note beneath them may lie below.
        const seen = found.bars.filter((bottom) => bottom <= height).length;
        const wanted = width > 1000 ? found.bars.length : Math.min(3, found.bars.length);
        assert.ok(seen >= wanted, `${seen} of ${found.bars.length} bars are seen`);
        for (const { size, cut } of found.texts) assert.ok(size >= 12 && !cut, `${size} px, cut: ${cut}`);
        for (const track of found.tracks) assert.ok(track >= 100, `a bar may be ${track} px long`);
      });
    }

    test("most charts and lists wait behind one control each, and a link opens it", async () => {
      await page.setViewportSize(WIDE);
      await unfold(".none", "details");
      const shut = () => page.evaluate(() => [...document.querySelectorAll("details[open]")].length);
      assert.equal(await shut(), 0);
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      assert.ok(height < 16000, `${height} px`);
      const ids = await page.evaluate(() => {
        const waiting = [...document.querySelectorAll("section > .waits")].map((node) => node.parentElement.id);
        const inside = document.querySelector(".waits figure");
        return [...waiting, ...(inside ? [inside.id] : [])];
      });
      // The page of scores is short: nothing waits.
      if (!name.endsWith("-score")) assert.ok(ids.length > 1, `${ids}`);
      for (const id of ids) {
        await unfold(".none", "details");
        await page.evaluate((id) => { location.hash = ""; location.hash = id; }, id);
        await settle(page);
        const seen = await page.evaluate((id) => {
          const target = document.getElementById(id);
          const control = target.closest(".waits") ?? target.querySelector(":scope > .waits");
          return { open: control.open, top: target.getBoundingClientRect().top };
        }, id);
        assert.equal(seen.open, true, id);
        assert.ok(seen.top < 900, `${id} lies at ${seen.top}`);
      }
      await page.evaluate(() => { location.hash = ""; });
      await unfold(".none", "details");
    });

    test("wide charts and tables scroll in their frames on a phone, and show that they do", async () => {
      await page.setViewportSize({ width: 390, height: 844 });
      await unfold("details");
      await settle(page);
      await settle(page);
      const found = await page.evaluate(() => [...document.querySelectorAll(".paper, .scroll")].map((box) => {
        const isPaper = box.matches(".paper");
        const cue = isPaper
          ? Number(getComputedStyle(box.parentElement, "::after").opacity) > 0.9
          : getComputedStyle(box).boxShadow !== "none";
        const text = isPaper ? box.querySelector("svg text") : null;
        return {
          goesOn: box.scrollWidth > box.clientWidth + 1, cue, tab: box.tabIndex === 0,
          text: text ? text.getBoundingClientRect().height : 99,
        };
      }));
      for (const { goesOn, cue, tab, text } of found) {
        assert.equal(cue, goesOn);
        assert.equal(tab, goesOn);
        assert.ok(text >= 9, `text of ${text} px`);
      }
      if (found.some(({ goesOn }) => goesOn)) {
        // At the other end, the cue is at the other side.
        const sides = await page.evaluate(async () => {
          const box = [...document.querySelectorAll(".paper")].find((box) => box.scrollWidth > box.clientWidth + 1);
          if (!box) return null;
          box.scrollLeft = box.scrollWidth;
          await new Promise((done) => setTimeout(done, 100));
          const shown = (side) => Number(getComputedStyle(box.parentElement, side).opacity) > 0.9;
          return [shown("::before"), shown("::after")];
        });
        if (sides) assert.deepEqual(sides, [true, false]);
      }
    });

    for (const width of [360, 390, 800, 1600]) {
      test(`nothing overflows at ${width} px`, async () => {
        await page.setViewportSize({ width, height: 900 });
        await unfold("details");
        await settle(page);
        const found = await page.evaluate(() => {
          const inside = (node) => node.closest(".scroll, .paper, .visually-hidden, .skip, svg");
          const beyond = [...document.body.querySelectorAll("*")].filter((node) => {
            if (inside(node.parentElement) || node.matches(".skip, .visually-hidden")) return false;
            const box = node.getBoundingClientRect();
            return box.width > 0 && (box.right > innerWidth + 0.5 || box.left < -0.5);
          });
          return {
            width: document.scrollingElement.scrollWidth,
            beyond: beyond.slice(0, 5).map((node) => node.outerHTML.slice(0, 120)),
          };
        });
        assert.deepEqual(found.beyond, []);
        assert.ok(found.width <= width, `${found.width}`);
      });
    }

    for (const colorScheme of ["light", "dark"]) {
      test(`axe finds nothing serious in the ${colorScheme} scheme`, async () => {
        await page.setViewportSize(WIDE);
        await page.emulateMedia({ colorScheme });
        // Charts of one kind are alike: checking the first few of them is enough.
        await unfold("details:not(.more)", ".more");
        // In the dark scheme only the colours differ.
        const options = colorScheme === "dark" ? { runOnly: ["color-contrast"] } : {};
        assert.deepEqual(await serious(page, options), []);
      });
    }

    test("tables sort by click and by key", async () => {
      await unfold("details");
      const table = page.locator("#answer table").last();
      const count = await table.locator("th[aria-sort]").count();
      for (let column = 0; column < count; column += 1) {
        const heading = table.locator("th[aria-sort]").nth(column);
        const states = [];
        for (const press of ["click", "key"]) {
          if (press === "click") await heading.locator("button").click();
          else {
            await heading.locator("button").focus();
            await page.keyboard.press("Enter");
          }
          const state = await heading.getAttribute("aria-sort");
          states.push(state);
          const keys = await table.evaluate((node, at) => [...node.tBodies[0].rows].map(
            (row) => row.cells[at].dataset.sort ?? row.cells[at].textContent.trim()), column);
          const numeric = keys.every((key) => key !== "" && !Number.isNaN(Number(key)));
          const collator = new Intl.Collator("en", { numeric: true });
          const sign = state === "ascending" ? 1 : -1;
          for (let at = 1; at < keys.length; at += 1) {
            const order = numeric ? keys[at - 1] - keys[at] : collator.compare(keys[at - 1], keys[at]);
            assert.ok(sign * order <= 0, `${keys[at - 1]} before ${keys[at]}, ${state}`);
          }
        }
        assert.deepEqual([...states].sort(), ["ascending", "descending"]);
        assert.equal(await table.locator("th[aria-sort]:not([aria-sort=none])").count(), 1);
      }
    });

    test("a selected outcome is highlighted in all charts, by click and by key", async () => {
      // An outcome that hardly occurs may have a row in tables and no mark in a chart.
      const outcome = await page.evaluate(() => [...document.querySelectorAll(".chip")]
        .map((chip) => chip.dataset.pick)
        .find((id) => document.querySelector(`.paper [data-outcome="${CSS.escape(id)}"]`)));
      // Where no chart of the page shows outcomes, there is no legend.
      if (outcome === undefined) return assert.equal(await page.locator(".chip").count(), 0);
      const chip = page.locator(`.chip[data-pick="${outcome}"]`);
      const seen = () => page.evaluate((id) => {
        const groups = [...document.querySelectorAll(".paper [data-outcome]")];
        const faint = (node) => Number(getComputedStyle(node).opacity) < 0.5;
        const own = groups.filter((group) => group.dataset.outcome === id);
        const others = groups.filter((group) => group.dataset.outcome !== id && !group.querySelector(".on") && !group.closest(".on"));
        return {
          own: own.length, others: others.length,
          ownFaint: own.filter(faint).length, othersFaint: others.filter(faint).length,
          pressed: document.querySelector(`.chip[data-pick="${CSS.escape(id)}"]`).getAttribute("aria-pressed"),
        };
      }, outcome);
      const clear = (now) => {
        assert.equal(now.ownFaint + now.othersFaint, 0);
        assert.equal(now.pressed, "false");
      };
      const picked = (now) => {
        assert.ok(now.own > 0);
        assert.equal(now.ownFaint, 0);
        assert.equal(now.othersFaint, now.others);
        assert.equal(now.pressed, "true");
      };
      clear(await seen());
      await chip.click();
      picked(await seen());
      await chip.click();
      clear(await seen());
      await chip.focus();
      await page.keyboard.press("Enter");
      picked(await seen());
      await page.keyboard.press("Escape");
      clear(await seen());
      // A mark within a chart does the same.
      const stop = page.locator(".paper [data-outcome][tabindex='0']").first();
      await stop.focus();
      assert.equal(await stop.getAttribute("role"), "button");
      await page.keyboard.press("Enter");
      assert.equal(await page.locator(".picked").isVisible(), true);
      await page.keyboard.press("Escape");
      assert.equal(await page.locator(".picked").isVisible(), false);
    });

    test("a mark shows its value when the pointer rests on it", async () => {
      const mark = page.locator(".paper svg .mark").first();
      await mark.scrollIntoViewIfNeeded();
      await settle(page);
      await mark.dispatchEvent("pointermove", { clientX: 200, clientY: 200, bubbles: true });
      assert.equal(await page.locator(".tip").isVisible(), true);
      assert.match(await page.locator(".tip").textContent(), /\d/);
    });

    test("charts hold text that can be selected", async () => {
      const selected = await page.evaluate(() => {
        const text = document.querySelector(".paper svg text");
        getSelection().selectAllChildren(text);
        return [getSelection().toString().trim(), getComputedStyle(text).userSelect];
      });
      assert.ok(selected[0].length > 0);
      assert.notEqual(selected[1], "none");
    });

    test("no chart is cut by the end of a printed page", async () => {
      await page.setViewportSize({ width: 688, height: 1000 });
      await unfold(".none", "details");
      await page.emulateMedia({ media: "print", colorScheme: "light" });
      // What waits behind controls is shown in print, though the controls are shut.
      const hidden = await page.evaluate(() => [...document.querySelectorAll(".waits, .more")]
        .filter((node) => node.children[1].getBoundingClientRect().height === 0)
        .map((node) => node.outerHTML.slice(0, 100)));
      assert.deepEqual(hidden, []);
      await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
      assert.equal(await page.evaluate(() => document.querySelectorAll(".waits:not([open]), .more:not([open])").length), 0);
      await page.evaluate(() => dispatchEvent(new Event("afterprint")));
      assert.equal(await page.evaluate(() => document.querySelectorAll("details[open]").length), 0);
      const pdf = await page.pdf({ format: "A4", printBackground: true });
      assert.ok(pdf.length > 1000);
      await unfold(".more, .waits");
      // A chart is not split between pages, and is lower than a page.
      const found = await page.evaluate(() => [...document.querySelectorAll("figure")].map((figure) => ({
        inside: getComputedStyle(figure).breakInside,
        height: figure.getBoundingClientRect().height,
      })));
      for (const { inside, height } of found) {
        assert.equal(inside, "avoid");
        assert.ok(height < (297 - 32) / 25.4 * 96, `${height} px`);
      }
    });
  });
}
