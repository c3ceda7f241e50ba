// Takes the pictures of the live page that the README shows: `DEMARCHE=… node pictures.mjs FOLDER`.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";

const { DEMARCHE: program } = process.env;
const [, , folder] = process.argv;
assert.ok(program && folder, "DEMARCHE names the program, and the argument the folder for the pictures");
const output = mkdtempSync(join(tmpdir(), "pictures-"));
const root = resolve(import.meta.dirname, "../..");
const server = spawn(program, ["serve", join(root, "scenarios/border-crisis.toml"), "--port", "0", "-o", output], {
  stdio: ["ignore", "pipe", "ignore"],
});
const address = await new Promise((found, failed) => {
  server.once("exit", failed);
  server.stdout.once("data", (text) => found(String(text).trim()));
});
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 820 }, deviceScaleFactor: 1.5 });
  const played = () => page.waitForFunction(() => /^Played/.test(document.getElementById("amount").textContent));
  await page.goto(address);
  await played();
  // Tension at the start, moved up: the control with the plainest effect.
  await page.getByLabel(/^Search/).fill("tension");
  await page.getByText("1 of ").waitFor();
  const slider = page.locator('[data-path="state.tension.start"] input[type=range]');
  await slider.focus();
  for (let times = 0; times < 40; times += 1) await page.keyboard.press("ArrowRight");
  await page.waitForTimeout(600);
  await played();
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: join(folder, "live.png") });
} finally {
  await browser.close();
  server.kill();
  rmSync(output, { recursive: true });
}
