// Opens the live page of `demarche serve` in Chromium and uses it as a person would. DEMARCHE is the program.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { appendFileSync, copyFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import axe from "axe-core";
import { chromium } from "playwright-core";

const program = process.env.DEMARCHE;
assert.ok(program, "DEMARCHE is the path of the program");
const SCENARIO = resolve(import.meta.dirname, "../../scenarios/border-crisis.toml");
const COST = "assumptions.cost_of_war";
const TENSION = "state.tension.start";
const PATIENCE = 30_000;

let browser;
let folder;
let file;
let server;
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

/// Starts the program on a file and gives its address.
const serve = async (path, port = 0) => {
  const child = spawn(program, ["serve", path, "--port", String(port), "--output", join(folder, "output")], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const address = await new Promise((done, fail) => {
    const hear = (part) => {
      said += part;
      const found = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(said);
      if (found) done(found[0]);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", (part) => { said += part; });
    child.on("exit", (status) => fail(new Error(`ended with ${status}: ${said}`)));
  });
  return { child, address, origin: new URL(address).origin };
};
const stop = async ({ child }) => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => { child.once("exit", done); });
  child.kill();
  await ended;
};

/// Opens a page; `faults` collects console messages, errors and requests to other hosts.
const open = async (address, options = {}, at = null) => {
  const context = at ?? await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const faults = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol !== "data:" && url.origin !== server.origin) faults.push(`requests ${request.url().slice(0, 100)}`);
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(String(error.stack ?? error)));
  page.on("dialog", (dialog) => dialog.accept().catch(() => {}));
  page.setDefaultTimeout(PATIENCE);
  await page.goto(address);
  return { page, faults };
};

/// Waits until all is played; the text says of how many trials.
const played = (page) => page.waitForFunction(() => {
  const results = document.getElementById("results");
  return !results.classList.contains("playing") && /^Played/.test(document.getElementById("amount").textContent);
});
/// Does something that plays anew, and waits until that is done.
const replayed = async (page, work) => {
  const begun = page.waitForResponse((answer) => answer.url().endsWith("/api/play"));
  await work();
  await begun;
  await played(page);
};
const control = (page, path) => page.locator(`[data-path="${path}"]`);
const field = (page, path) => control(page, path).locator(".typed");
const slider = (page, path) => control(page, path).locator("input[type=range]");
const unfold = (page) => page.evaluate(() => {
  for (const group of document.querySelectorAll("details.group")) group.open = true;
});
const type = async (page, path, text) => {
  await unfold(page);
  await field(page, path).fill(text);
  await page.keyboard.press("Enter");
};
const setHere = (page) => page.evaluate(() => new URLSearchParams(location.hash.slice(1)).getAll("set"));
const until = async (said, work) => {
  const end = Date.now() + PATIENCE;
  while (!(await work())) {
    assert.ok(Date.now() < end, `in vain: ${said}`);
    await new Promise((done) => { setTimeout(done, 50); });
  }
};
const serious = async (page) => {
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"], iframes: false }));
  return found.violations
    .filter(({ impact }) => ["serious", "critical"].includes(impact))
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
};

describe("the live page", () => {
  let page;
  let faults;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "demarche-live-"));
    file = join(folder, "border-crisis.toml");
    copyFileSync(SCENARIO, file);
    server = await serve(file);
    ({ page, faults } = await open(server.address));
    await played(page);
  });
  afterEach(async () => {
    await page.context().close();
    await stop(server);
    rmSync(folder, { recursive: true, force: true });
  });
  const clean = () => assert.deepEqual(faults, []);

  test("bars fill while trials stream, and the token leaves the address", async () => {
    assert.equal(new URL(page.url()).search, "");
    assert.match(await page.locator("#amount").textContent(), /Played 10,000 trials/);
    const lengths = await page.locator("#bars .share .length").evaluateAll((all) => all.map((one) => parseFloat(one.style.width)));
    assert.ok(Math.max(...lengths) > 30, `${lengths}`);
    await page.evaluate(() => {
      globalThis.seen = new Set();
      new MutationObserver(() => globalThis.seen.add(document.getElementById("amount").textContent))
        .observe(document.getElementById("amount"), { childList: true, characterData: true, subtree: true });
    });
    await unfold(page);
    await page.locator("#trials").fill("400000");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => /Played 400,000/.test(document.getElementById("amount").textContent));
    const seen = await page.evaluate(() => [...globalThis.seen]);
    assert.ok(seen.filter((text) => /Still playing: [\d,]+ of 400,000/.test(text)).length >= 2, seen.join("\n"));
    for (const text of await page.locator("#bars .range").allTextContents()) {
      if (text) assert.match(text, / to /);
    }
    clean();
  });

  test("sliders move by key and by mouse, fields take numbers, and all goes back", async () => {
    assert.equal(await slider(page, COST).getAttribute("aria-valuetext").then((text) => /^drawn/.test(text)), true);
    await slider(page, COST).focus();
    await replayed(page, () => page.keyboard.press("End"));
    const high = await field(page, COST).inputValue();
    await until("the address holds it", async () => (await setHere(page)).includes(`${COST}=${high}`));
    await replayed(page, () => page.keyboard.press("Home"));
    const low = await field(page, COST).inputValue();
    assert.ok(Number(low) < 0.3 && Number(high) > 0.9, `${low} to ${high}`);
    // By mouse: pressed in the middle and dragged to the right.
    const box = await slider(page, COST).boundingBox();
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width / 2, y);
    await page.mouse.down();
    for (let step = 1; step <= 10; step += 1) {
      await page.mouse.move(box.x + box.width * (0.5 + 0.03 * step), y);
      await page.waitForTimeout(20);
    }
    await page.mouse.up();
    await until("it is released and played", async () => (await setHere(page)).includes(`${COST}=${await field(page, COST).inputValue()}`));
    await played(page);
    const value = Number(await field(page, COST).inputValue());
    const part = (value - low) / (high - low);
    assert.ok(part > 0.7 && part < 0.9, `${value}`);
    assert.match(await page.locator("#doing").textContent(), /instead of drawn/);
    // A number beyond the slider's end, and what is no number.
    await type(page, COST, "many");
    assert.equal(await field(page, COST).getAttribute("aria-invalid"), "true");
    await replayed(page, () => type(page, COST, "0,5"));
    assert.equal(await field(page, COST).getAttribute("aria-invalid"), null);
    await until("0.5 is set", async () => (await setHere(page)).includes(`${COST}=0.5`));
    await replayed(page, () => control(page, COST).locator(".back").click());
    await until("nothing is set", async () => (await setHere(page)).length === 0);
    assert.equal(await field(page, COST).inputValue(), "");
    clean();
  });

  test("lists, policy and world are picked by key; what a world sets is said", async () => {
    await unfold(page);
    const choice = control(page, "state.phase.start").locator("select");
    await choice.focus();
    await replayed(page, () => page.keyboard.press("t"));
    await until("the label is set", async () => (await setHere(page)).includes(`state.phase.start="'talks'"`));
    await replayed(page, () => page.locator("#policy").selectOption("restraint"));
    assert.match(await page.locator(".changes").textContent(), /Policy: A does not threaten/);
    await replayed(page, () => page.locator("#world").selectOption("hawkish_b"));
    assert.equal(await slider(page, COST).isDisabled(), true);
    assert.match(await control(page, COST).locator(".blocked").textContent(), /no effect/);
    await replayed(page, () => page.locator(".changes .back", { hasText: "Reset all" }).click());
    assert.match(await page.locator(".changes").textContent(), /Nothing changed/);
    assert.equal(await slider(page, COST).isDisabled(), false);
    clean();
  });

  test("whole numbers, luck, the number of trials and precision", async () => {
    await unfold(page);
    await replayed(page, () => type(page, "actors.a.foresight", "1"));
    await type(page, "actors.a.foresight", "1.5");
    assert.match(await control(page, "actors.a.foresight").locator(".fault").textContent(), /whole/);
    await replayed(page, () => control(page, "actors.a.foresight").locator(".back").click());
    await replayed(page, () => page.getByRole("button", { name: "Other luck" }).click());
    await until("the seed is in the address", () => /seed=2/.test(page.url()));
    await page.locator("#trials").fill("0");
    await page.keyboard.press("Enter");
    assert.equal(await page.locator("#trials").getAttribute("aria-invalid"), "true");
    await page.locator("#trials").fill("2,000");
    await replayed(page, () => page.keyboard.press("Enter"));
    assert.match(await page.locator("#amount").textContent(), /Played 2,000 trials/);
    await page.locator("#precision").fill("5");
    await replayed(page, () => page.keyboard.press("Enter"));
    await until("the precision is in the address", () => /precision=5/.test(page.url()));
    clean();
  });

  test("searching shows only what fits", async () => {
    await page.locator("#search").fill("rational");
    await until("few are shown", async () => (await page.locator(".control[data-path]:visible").count()) === 2);
    assert.match(await page.locator(".search .note").textContent(), /2 of \d+ controls/);
    await page.locator("#search").fill("");
    await until("the first group is shown again", () => slider(page, COST).isVisible());
    assert.equal(await control(page, "actors.a.rationality").isVisible(), false);
    clean();
  });

  test("a further change cancels what is running", async () => {
    const ended = [];
    page.on("requestfailed", (request) => request.url().endsWith("/api/play") && ended.push(request.failure().errorText));
    await unfold(page);
    await page.locator("#trials").fill("1,000,000");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => /Still playing: [\d,]+ of 1,000,000/.test(document.getElementById("amount").textContent));
    await type(page, TENSION, "0.9");
    await page.waitForFunction(() => /1,000,000/.test(document.getElementById("amount").textContent)
      && document.getElementById("bars").classList.contains("paired"));
    assert.ok(ended.some((why) => /ABORTED/.test(why)), `${ended}`);
    await page.locator("#trials").fill("500");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => /Played 500 trials/.test(document.getElementById("amount").textContent));
    clean();
  });

  test("differences from the file, with intervals, as soon as something is changed", async () => {
    assert.equal(await page.locator("#bars").evaluate((bars) => bars.classList.contains("paired")), false);
    await replayed(page, () => type(page, TENSION, "0.9"));
    const lead = await page.locator("#lead").textContent();
    assert.match(lead, /^Compared with ‘as in the file’: “.+” [+−][\d.]+ points \(95 %: [+−][\d.]+ to [+−][\d.]+\)/);
    const rows = await page.locator("#bars li").evaluateAll((all) => all.filter((row) => !row.hidden).map((row) => ({
      even: row.classList.contains("even"),
      cells: [...row.querySelectorAll(".cell")].map((cell) => [...cell.children].map((part) => part.textContent)),
    })));
    for (const { even, cells } of rows) {
      const [value, between] = cells[1];
      if (even) assert.equal(value, "not told apart");
      else {
        assert.match(value, /^[+−]/);
        const [low, high] = between.split(" to ").map((text) => Number(text.replace("−", "-").replace("<", "")));
        assert.ok(low * high > 0, `${between} holds zero`);
      }
    }
    assert.ok(rows.some(({ even }) => !even));
    await page.locator("#flips summary").click();
    assert.ok((await page.locator("#flips tbody tr").count()) > 0);
    clean();
  });

  test("variants are pinned by name, compared, renamed, kept and removed", async () => {
    await replayed(page, () => type(page, TENSION, "0.9"));
    await page.locator("#pin").click();
    await page.locator("#pin-name").fill("A tense start");
    await page.keyboard.press("Enter");
    const pin = page.locator("#shelf li", { hasText: "A tense start" });
    await replayed(page, () => page.locator(".changes .back", { hasText: "Reset all" }).click());
    await replayed(page, () => pin.locator("input[type=radio]").check());
    assert.match(await page.locator("#lead").textContent(), /^Compared with ‘A tense start’/);
    await page.reload();
    await played(page);
    assert.match(await page.locator("#lead").textContent(), /^Compared with ‘A tense start’/);
    await pin.getByRole("button", { name: "Rename" }).click();
    await page.locator("#pin-name").fill("<b>tense</b>");
    await page.keyboard.press("Enter");
    const renamed = page.locator("#shelf li", { hasText: "<b>tense</b>" });
    assert.equal(await renamed.count(), 1);
    await until("it is named so", async () => /‘<b>tense<\/b>’/.test(await page.locator("#lead").textContent()));
    await replayed(page, () => renamed.getByRole("button", { name: "Set these values" }).click());
    assert.equal(await field(page, TENSION).inputValue(), "0.9");
    await replayed(page, () => renamed.getByRole("button", { name: "Remove" }).click());
    assert.equal(await page.locator("#shelf li").count(), 1);
    assert.match(await page.locator("#lead").textContent(), /as in the file/);
    clean();
  });

  const pinned = async (name) => {
    await replayed(page, () => type(page, COST, "0.9"));
    await page.locator("#pin").click();
    await page.locator("#pin-name").fill(name);
    await page.keyboard.press("Enter");
    await page.locator("#shelf li", { hasText: name }).getByRole("button", { name: "Save into the file" }).click();
    await page.locator("dialog .preview .added").first().waitFor();
  };

  test("a variant is saved as a policy; comments stay as they are", async () => {
    const before = readFileSync(file, "utf8");
    await pinned("War is dear");
    assert.match(await page.locator("dialog .preview").textContent(), /\[policies\.war_is_dear\]/);
    assert.equal(readFileSync(file, "utf8"), before, "the preview writes nothing");
    await replayed(page, () => page.getByRole("button", { name: "Write it into the file" }).click());
    const now = readFileSync(file, "utf8");
    assert.match(now, /\[policies\.war_is_dear\]/);
    for (const line of before.split("\n")) assert.ok(now.includes(line), line);
    await until("it can be picked", async () => (await page.locator("#policy option").allTextContents()).includes("War is dear"));
    await replayed(page, () => page.getByRole("button", { name: "Pick this policy" }).click());
    assert.equal(await page.locator("#policy").inputValue(), "war_is_dear");
    assert.match(await page.locator("#lead").textContent(), /‘as in the file’/);
    assert.deepEqual(faults, []);
  });

  test("a name that is taken, or a file that has changed meanwhile, is not written over", async () => {
    await pinned("Dear war");
    const before = readFileSync(file, "utf8");
    await page.locator("#keep-name").fill("restraint");
    await page.locator("dialog .fault p").first().waitFor();
    await page.locator("#keep-name").fill("dear_war");
    await page.locator("dialog .preview .added").first().waitFor();
    appendFileSync(file, "\n# a later thought\n");
    await page.locator("[data-notice=changed]").waitFor();
    await page.getByRole("button", { name: "Write it into the file" }).click();
    await page.getByRole("button", { name: /Look at it again/ }).waitFor();
    assert.equal(readFileSync(file, "utf8"), `${before}\n# a later thought\n`);
    await page.getByRole("button", { name: /Look at it again/ }).click();
    await until("it may be written", () => page.getByRole("button", { name: "Write it into the file" }).isEnabled());
    await page.getByRole("button", { name: "Write it into the file" }).click();
    await until("it is written", () => readFileSync(file, "utf8").includes("[policies.dear_war]"));
    assert.match(readFileSync(file, "utf8"), /# a later thought/);
    // The refusals are answers with status 422 and 409, of which a browser writes a line.
    assert.deepEqual(faults.filter((text) => !/status of (409|422)/.test(text)), []);
  });

  const edit = async () => {
    await page.locator("#tab-edit").click();
    await page.locator(".cm-content").waitFor();
    await page.locator("#found h3").waitFor();
  };
  const writeAtEnd = async (text) => {
    await page.locator(".cm-content").focus();
    await page.keyboard.press("Control+End");
    await page.keyboard.insertText(text);
  };

  test("mistakes are marked while typing, keys are completed, and saving plays", async () => {
    await edit();
    await page.locator(".cm-content").focus();
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("Control+f");
    await page.keyboard.type('title = "Border crisis"');
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await page.keyboard.press("End");
    await page.keyboard.type("\nunse");
    await page.locator(".cm-tooltip-autocomplete li", { hasText: "unseen_end" }).waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.type("tru");
    await page.locator(".cm-lintRange-error").first().waitFor({ state: "attached" });
    await until("the mistake is listed", async () => (await page.locator("#found .mistakes li").count()) > 0);
    await page.locator("#found .link").first().click();
    await page.keyboard.press("End");
    await page.keyboard.type("e");
    await until("no mistake is left", async () => /finds no mistakes/.test(await page.locator("#found h3").textContent()));
    const begun = page.waitForResponse((answer) => answer.url().endsWith("/api/play"));
    await page.keyboard.press("Control+s");
    await begun;
    await until("it is on disk", () => /unseen_end = true/.test(readFileSync(file, "utf8")));
    assert.match(await page.locator("#edit-state").textContent(), /Saved/);
    // The page's own writing is no change by others.
    await page.waitForTimeout(1500);
    assert.equal(await page.locator("[data-notice=changed]").count(), 0);
    await page.keyboard.press("Control+z");
    assert.match(await page.locator("#edit-state").textContent(), /Not saved/);
    clean();
  });

  test("keys are completed in tables of actors, in headers and in inline tables", async () => {
    await edit();
    const offered = async (text, key) => {
      await writeAtEnd(text);
      await page.keyboard.press("Control+Space");
      await page.locator(".cm-tooltip-autocomplete li", { hasText: key }).first().waitFor();
      await page.keyboard.press("Escape");
    };
    await offered("\n[actors.a.wants.face]\nwei", "weight");
    await offered("\n[actors.a.act", "actions");
    await offered("]\n\n[actors.b.wants]\nface = { of = \"share\", wei", "weight");
    await offered(" = 1 }\n[policies.more]\nforc", "force");
    clean();
  });

  test("what changed on disk is never written over from the editor", async () => {
    await edit();
    await writeAtEnd("\n# mine\n");
    const other = `${readFileSync(file, "utf8")}\n# theirs\n`;
    writeFileSync(file, other);
    await page.locator("#edit .notice").waitFor();
    await page.keyboard.press("Control+s");
    await page.waitForTimeout(300);
    assert.equal(readFileSync(file, "utf8"), other);
    await page.getByRole("button", { name: /Load the file from disk/ }).click();
    await until("it is loaded", async () => /as .* is on disk/i.test(await page.locator("#edit-state").textContent()));
    await page.locator(".cm-content").focus();
    await page.keyboard.press("Control+End");
    await until("theirs is shown", async () => /# theirs/.test(await page.locator(".cm-content").textContent()));
    assert.doesNotMatch(await page.locator(".cm-content").textContent(), /# mine/);
    assert.deepEqual(faults.filter((text) => !/status of 409/.test(text)), []);
  });

  test("a file with mistakes shows them, and plays again when they are mended", async () => {
    await replayed(page, () => type(page, COST, "0.9"));
    const sound = readFileSync(file, "utf8");
    writeFileSync(file, sound.replace("tension = { start", "tensin = { start"));
    await page.locator("#broken").waitFor();
    await until("the mistake is named", async () => /tension/.test(await page.locator("#broken").textContent()));
    assert.equal(await page.locator("#sides").isVisible(), false);
    await page.locator("#broken").getByRole("button", { name: "Open the editor" }).click();
    await page.locator(".cm-lintRange-error").first().waitFor({ state: "attached" });
    await page.locator("#tab-play").click();
    await replayed(page, () => writeFileSync(file, sound));
    assert.equal(await field(page, COST).inputValue(), "0.9");
    assert.deepEqual(faults.filter((text) => !/status of 422/.test(text)), []);
  });

  test("a change on disk reloads the controls, keeps what is set and names what is gone", async () => {
    await replayed(page, () => type(page, COST, "0.9"));
    await replayed(page, () => type(page, "assumptions.baseline_trade", "12"));
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replaceAll("baseline_trade", "trade_at_peace"));
    await page.locator("[data-notice=changed]", { hasText: /baseline trade/i }).waitFor();
    await until("the new control is there", async () => (await control(page, "assumptions.trade_at_peace").count()) === 1);
    assert.equal(await field(page, COST).inputValue(), "0.9");
    await until("the address holds what is left", async () => (await setHere(page)).join() === `${COST}=0.9`);
    await page.locator("[data-notice=changed]").getByRole("button", { name: "Close" }).click();
    assert.equal(await page.locator("[data-notice=changed]").count(), 0);
    clean();
  });

  test("reports and single trials are looked at in a frame", async () => {
    await replayed(page, () => type(page, TENSION, "0.9"));
    await page.locator("#flips summary").click();
    await page.locator("#flips .link").first().click();
    const framed = page.frameLocator("#shown iframe");
    await framed.locator("#story").waitFor();
    assert.match(await page.locator("#shown code").textContent(), /^demarche trace .*--set state\.tension\.start=0\.9/);
    await page.locator("#look-verb").selectOption("run");
    await page.locator("#look-go").click();
    await framed.locator("#charts").waitFor();
    assert.match(await framed.locator("h1").textContent(), /Border crisis/);
    assert.equal(await page.locator("#shown iframe").getAttribute("sandbox"), "allow-scripts");
    // A column of the report sorts: its own script runs in the frame.
    await framed.locator(".sort").first().click();
    assert.equal(await framed.locator("th[aria-sort]:not([aria-sort=none])").count() > 0, true);
    await page.locator("#look-verb").selectOption("trace");
    await page.locator("#look-which").selectOption("war");
    await page.locator("#look-go").click();
    await framed.locator("#story").waitFor();
    clean();
  });

  test("the ordinary report is saved", async () => {
    await page.locator("#save-report").click();
    await until("it is said where", async () => /is in/.test(await page.locator("#shared").textContent()));
    const found = readdirSync(join(folder, "output"), { recursive: true }).map(String);
    assert.ok(found.some((name) => name.endsWith("report.html")), found.slice(0, 9).join());
    const [other] = await Promise.all([page.context().waitForEvent("page"), page.locator("#shared a").click()]);
    await other.locator("#charts").waitFor();
    clean();
  });

  test("the link and the command are copied; the link opens the same state; back and forward work", async () => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin: server.origin });
    await replayed(page, () => page.locator("#policy").selectOption("restraint"));
    await page.waitForTimeout(400);
    await replayed(page, () => type(page, COST, "0.9"));
    await page.locator("#copy-link").click();
    await until("it is said", async () => /copied/.test(await page.locator("#shared").textContent()));
    const link = await page.evaluate(() => navigator.clipboard.readText());
    assert.doesNotMatch(link, /token/);
    await page.locator("#copy-command-too").click();
    await until("it is said", async () => /command is copied/i.test(await page.locator("#shared").textContent()));
    const command = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(command, /^demarche run .*border-crisis\.toml/);
    assert.match(command, /--policy restraint/);
    assert.match(command, /--set ['"]?assumptions\.cost_of_war=0\.9/);
    const other = await open(link, {}, page.context());
    await played(other.page);
    assert.equal(await field(other.page, COST).inputValue(), "0.9");
    assert.equal(await other.page.locator("#policy").inputValue(), "restraint");
    await other.page.close();
    await replayed(page, () => page.goBack());
    assert.equal(await field(page, COST).inputValue(), "");
    assert.equal(await page.locator("#policy").inputValue(), "restraint");
    await replayed(page, () => page.goForward());
    assert.equal(await field(page, COST).inputValue(), "0.9");
    assert.deepEqual([...faults, ...other.faults], []);
  });

  test("two tabs do not disturb each other, and both hear of a change", async () => {
    const other = await open(server.origin, {}, page.context());
    await played(other.page);
    await Promise.all([
      replayed(page, () => type(page, COST, "0.9")),
      replayed(other.page, () => type(other.page, TENSION, "0.9")),
    ]);
    assert.equal(await field(page, TENSION).inputValue(), "0.5");
    await other.page.locator("#tab-edit").click();
    await other.page.locator(".cm-content").waitFor();
    await other.page.locator(".cm-content").focus();
    await other.page.keyboard.press("Control+End");
    await other.page.keyboard.insertText("\n# from the other tab\n");
    await other.page.keyboard.press("Control+s");
    await page.locator("[data-notice=changed]").waitFor();
    assert.deepEqual([...faults, ...other.faults], []);
  });

  test("the page finds the program again after it was stopped", async () => {
    await replayed(page, () => type(page, COST, "0.9"));
    const { port } = new URL(server.origin);
    await stop(server);
    await page.locator("[data-notice=connection]", { hasText: "Not connected" }).waitFor();
    server = await serve(file, port);
    await page.locator("[data-notice=connection]", { hasText: "Open the address that the server prints" }).waitFor();
    const other = await open(server.address, {}, page.context());
    await played(other.page);
    await page.bringToFront();
    await until("the notice is gone", async () => (await page.locator("[data-notice=connection]").count()) === 0);
    await replayed(page, () => type(page, COST, "0.8"));
    assert.match(await page.locator("#doing").textContent(), /cost of war 0\.8/i);
    assert.deepEqual(other.faults, []);
  });

  test("what cannot be played is said, and the page goes on", async () => {
    await type(page, "actors.a.rationality", "-5");
    await until("it is said", async () => /cannot be played/.test(await page.locator("#lead").textContent()));
    assert.ok((await page.locator("#warnings").textContent()).length > 5);
    await replayed(page, () => control(page, "actors.a.rationality").locator(".back").click());
    assert.doesNotMatch(await page.locator("#lead").textContent(), /cannot/);
    clean();
  });

  test("tabs move by arrow keys, and the first key leads past the controls", async () => {
    await page.locator("#tab-play").focus();
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.locator("#tab-look").getAttribute("aria-selected"), "true");
    assert.equal(await page.locator("#look").isVisible(), true);
    await page.keyboard.press("End");
    assert.equal(await page.locator("#edit").isVisible(), true);
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.locator("#play").isVisible(), true);
    await page.reload();
    await played(page);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.id), "skip");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "results");
    clean();
  });

  test("every control can be reached by the Tab key", async () => {
    await unfold(page);
    const wanted = await page.evaluate(() => [...document.querySelectorAll("#play input, #play select, #play button")]
      .filter((node) => node.offsetParent && !node.disabled && node.type !== "radio").length);
    await page.evaluate(() => document.activeElement.blur());
    const seen = new Set();
    for (let press = 0; press < wanted + 60; press += 1) {
      await page.keyboard.press("Tab");
      const name = await page.evaluate(() => {
        const node = document.activeElement;
        if (!node.closest("#play") || !node.matches("input, select, button")) return null;
        globalThis.numbered ??= new Map();
        if (!globalThis.numbered.has(node)) globalThis.numbered.set(node, globalThis.numbered.size);
        const box = node.getBoundingClientRect();
        return box.bottom > 0 && box.top < innerHeight ? globalThis.numbered.get(node) : "out of view";
      });
      if (name !== null) seen.add(name);
    }
    assert.equal(seen.has("out of view"), false);
    assert.ok(seen.size >= wanted, `${seen.size} of ${wanted}`);
    clean();
  });

  for (const width of [360, 390, 800, 1280, 1600]) {
    test(`nothing overflows at ${width} px`, async () => {
      await page.setViewportSize({ width, height: 900 });
      await replayed(page, () => type(page, TENSION, "0.9"));
      await page.locator("#flips summary").click();
      await page.locator("#command-line summary").click();
      for (const tab of ["play", "look", "edit"]) {
        await page.locator(`#tab-${tab}`).click();
        if (tab === "edit") await page.locator(".cm-content").waitFor();
        const found = await page.evaluate(() => {
          const inside = (node) => node.closest(".scroll, .cm-editor, .visually-hidden, .skip");
          const beyond = [...document.body.querySelectorAll("*")].filter((node) => {
            if (inside(node)) return false;
            const box = node.getBoundingClientRect();
            return box.width > 0 && (box.right > innerWidth + 0.5 || box.left < -0.5);
          });
          return { width: document.scrollingElement.scrollWidth, beyond: beyond.slice(0, 5).map((node) => node.outerHTML.slice(0, 120)) };
        });
        assert.deepEqual(found.beyond, [], tab);
        assert.ok(found.width <= width, `${tab}: ${found.width}`);
      }
      await page.locator("#tab-play").click();
      const cut = await page.locator("#bars .value, #bars .range").evaluateAll((all) => all
        .filter((node) => node.scrollWidth > node.clientWidth + 1).map((node) => node.textContent));
      assert.deepEqual(cut, []);
      // On a narrow screen the result stays in view over the controls.
      if (width < 1000) {
        await slider(page, COST).scrollIntoViewIfNeeded();
        await page.evaluate(() => document.querySelector("[data-path='assumptions.baseline_trade']").scrollIntoView());
        await until("the strip is seen", () => page.locator("#summary").isVisible());
        assert.match(await page.locator("#summary").textContent(), /%/);
      }
      clean();
    });
  }

  for (const colorScheme of ["light", "dark"]) {
    test(`axe finds nothing serious in the ${colorScheme} scheme`, async () => {
      await page.emulateMedia({ colorScheme });
      await replayed(page, () => type(page, TENSION, "0.9"));
      await page.locator("#flips summary").click();
      await page.locator("#pin").click();
      await page.keyboard.press("Enter");
      assert.deepEqual(await serious(page), []);
      await page.locator("#shelf [data-what=keep]").click();
      await page.locator("dialog .preview .added").first().waitFor();
      assert.deepEqual(await serious(page), []);
      await page.keyboard.press("Escape");
      await page.locator("#tab-look").click();
      await page.locator("#look-verb").selectOption("trace");
      assert.deepEqual(await serious(page), []);
      await edit();
      await writeAtEnd("\nwrong\n");
      await page.locator("#found .mistakes li").first().waitFor();
      assert.deepEqual(await serious(page), []);
      clean();
    });
  }

  test("with reduced motion nothing moves by itself", async () => {
    const moving = await page.locator("#bars .length").first().evaluate((node) => getComputedStyle(node).transitionDuration);
    assert.match(moving, /^0s/);
    assert.equal(await page.evaluate(() => document.fonts.check("16px Inter")), true);
    assert.ok(existsSync(file));
    clean();
  });
});
