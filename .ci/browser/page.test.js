// The review's page as a reader meets it: opened from a file, without a network.
//
// Pages: `cargo run -p xtask --example sample_review -- target/browser` writes them; run.sh does both.

import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const folder = path.resolve(import.meta.dirname, "../../target/browser");
const url = (name) => pathToFileURL(path.join(folder, name)).href;
const SAMPLE = url("sample.html");
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser;
before(async () => {
  mkdirSync(path.join(folder, "screenshots"), { recursive: true });
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
});
after(() => browser?.close());

// Every page of every test: nothing is asked of a network, and nothing is complained of.
const open = async (t, address, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1200, height: 800 }, ...options });
  t.after(() => context.close());
  const page = await context.newPage();
  const asked = [];
  const said = [];
  page.on("request", (request) => request.url().split("#")[0] !== address.split("#")[0] && asked.push(request.url()));
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  await page.goto(address);
  return { page, context, quiet: () => assert.deepEqual({ asked, said }, { asked: [], said: [] }) };
};

const shown = (page) => page.locator(".finding:not([hidden])").evaluateAll((all) => all.filter((one) => one.offsetParent !== null).map((one) => one.id));
const every = (page, attribute) => page.locator(".finding").evaluateAll((all, name) => all.map((one) => [one.id, one.dataset[name]]), attribute);

test("the page opens from a file, asks no network and reports no error", async (t) => {
  const { page, quiet } = await open(t, SAMPLE);
  assert.equal(await page.locator("h1").textContent(), "Spec review");
  assert.ok((await shown(page)).length > 3);
  quiet();
});

for (const [control, attribute] of [["vendor", "vendor"], ["wire", "wire"], ["rust", "rust"], ["facade", "facade"]]) {
  test(`filtering by ${control} leaves exactly the findings that have it`, async (t) => {
    const { page, quiet } = await open(t, SAMPLE);
    const facts = await every(page, attribute);
    const values = [...new Set(facts.map(([, value]) => value))];
    assert.ok(values.length > 1, `the sample has one ${control} only: ${values}`);
    for (const value of values) {
      await page.selectOption(`#${control}`, value);
      const fitting = facts.filter(([, found]) => found === value).map(([id]) => id);
      assert.deepEqual(await shown(page), fitting, value);
      assert.equal(await page.locator(".count").textContent(), `${fitting.length} of ${facts.length} findings`);
    }
    quiet();
  });
}

test("filtering by operation leaves the findings that reach it", async (t) => {
  const { page } = await open(t, SAMPLE);
  const facts = await every(page, "operations");
  const operations = [...new Set(facts.flatMap(([, list]) => list.split("\n")))].filter(Boolean);
  assert.ok(operations.length > 1);
  for (const operation of operations) {
    await page.selectOption("#operation", operation);
    const fitting = facts.filter(([, list]) => list.split("\n").includes(operation)).map(([id]) => id);
    assert.deepEqual(await shown(page), fitting, operation);
  }
});

test("filters work together with the text, and clearing shows everything again", async (t) => {
  const { page } = await open(t, SAMPLE);
  const total = (await shown(page)).length;
  await page.fill("#text", "no finding says this");
  assert.deepEqual(await shown(page), []);
  assert.ok(await page.locator("#nothing-left").isVisible());
  await page.click("button[type=reset]");
  await page.waitForFunction((count) => document.querySelectorAll(".finding:not([hidden])").length === count, total);
  assert.ok(!(await page.locator("#nothing-left").isVisible()));
  const subject = await page.locator(".finding[data-wire=break] .what code").first().textContent();
  await page.fill("#text", subject);
  await page.selectOption("#wire", "break");
  const left = await page.locator(".finding:not([hidden])").evaluateAll((all) => all.map((one) => [one.textContent, one.dataset.wire]));
  assert.ok(left.length > 0);
  for (const [text, wire] of left) assert.ok(text.includes(subject) && wire === "break");
});

test("a link keeps the filters and the finding", async (t) => {
  const { page } = await open(t, SAMPLE);
  await page.selectOption("#wire", "break");
  await page.locator("body").press("n");
  const before = await shown(page);
  const address = page.url();
  const { page: again } = await open(t, address);
  assert.deepEqual(await shown(again), before);
  assert.equal(await again.locator("#wire").inputValue(), "break");
  assert.equal(await again.evaluate(() => document.activeElement.id), before[0]);
});

test("a link to a finding opens it", async (t) => {
  const { page: first } = await open(t, SAMPLE);
  const id = (await shown(first)).at(-1);
  const { page } = await open(t, `${SAMPLE}#${id}`);
  assert.ok(await page.locator(`[id="${id}"] details`).first().evaluate((details) => details.open));
  assert.equal(await page.evaluate(() => document.activeElement.id), id);
  await page.waitForFunction((at) => {
    const { top, bottom } = document.getElementById(at).querySelector("summary").getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  }, id);
});

test("keys step through the shown findings in order, both ways and around", async (t) => {
  const { page, quiet } = await open(t, SAMPLE);
  const order = await shown(page);
  const at = () => page.evaluate(() => document.activeElement.id);
  for (const id of order) {
    await page.keyboard.press("n");
    assert.equal(await at(), id);
  }
  await page.keyboard.press("j");
  assert.equal(await at(), order[0]);
  await page.keyboard.press("p");
  assert.equal(await at(), order.at(-1));
  await page.keyboard.press("k");
  assert.equal(await at(), order.at(-2));
  await page.selectOption("#wire", "break");
  const breaks = await shown(page);
  await page.locator("h1").click();
  for (let step = 0; step <= breaks.length; step += 1) {
    await page.keyboard.press("n");
    assert.ok(breaks.includes(await at()));
  }
  quiet();
});

test("Enter opens the finding in focus and closes it; keys in a field are text", async (t) => {
  const { page } = await open(t, SAMPLE);
  const [first] = await shown(page);
  const details = page.locator(`[id="${first}"] details`).first();
  await page.keyboard.press("n");
  for (const expected of [true, false]) {
    await page.keyboard.press("Enter");
    assert.equal(await details.evaluate((element) => element.open), expected);
  }
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "text");
  await page.keyboard.type("n?");
  assert.equal(await page.locator("#text").inputValue(), "n?");
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  assert.ok(await page.locator("#keys").isVisible());
});

test("an opened finding shows both sides with their lines", async (t) => {
  const { page } = await open(t, SAMPLE);
  const finding = page.locator(".finding:has(.side pre)").first();
  await finding.locator("summary").first().click();
  assert.equal(await finding.locator(".side").count(), 2);
  assert.ok(await finding.locator(".line.changed").first().isVisible());
  assert.match(await finding.locator(".line.changed").first().getAttribute("data-line"), /^\d+ [ −+]$/);
});

test("texts of a spec stay texts", async (t) => {
  const { page, quiet } = await open(t, SAMPLE);
  assert.equal(await page.evaluate(() => document.querySelectorAll("main script, main img, main iframe").length), 0);
  assert.ok((await page.locator("main").textContent()).includes("</script>"), "the sample has a nasty text");
  quiet();
});

test("without scripts everything can be read, and no control stands idle", async (t) => {
  const { page } = await open(t, SAMPLE, { javaScriptEnabled: false });
  assert.ok(!(await page.locator(".controls").isVisible()));
  const summary = page.locator(".finding summary").first();
  await summary.click();
  assert.ok(await page.locator(".finding .behind").first().isVisible());
});

test("what is folded is printed, and controls are not", async (t) => {
  const { page } = await open(t, SAMPLE);
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  const hidden = await page.locator(".finding .behind").evaluateAll((all) => all.filter((one) => one.offsetHeight === 0).length);
  assert.equal(hidden, 0);
  assert.ok(!(await page.locator(".controls").isVisible()));
  const pdf = await page.pdf({ path: path.join(folder, "screenshots/print.pdf"), format: "A4" });
  assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
  await page.screenshot({ path: path.join(folder, "screenshots/print.png"), fullPage: true });
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  assert.equal(await page.locator(".finding details[open]").count(), 0);
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1200, 400]) {
    test(`axe finds nothing in ${colorScheme} at ${width} pixels, and nothing overflows`, async (t) => {
      const { page } = await open(t, SAMPLE, { colorScheme, viewport: { width, height: 900 }, reducedMotion: "reduce" });
      for (const open of [false, true]) {
        await page.evaluate((to) => document.querySelectorAll("details").forEach((details) => (details.open = to)), open);
        await page.screenshot({ path: path.join(folder, `screenshots/${colorScheme}-${width}${open ? "-open" : ""}.png`), fullPage: open });
        // The page's own policy lets no script in but its own: axe is run as the browser's, not the page's.
        const result = await page.evaluate(`${axeSource}; axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })`);
        const told = result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join("\n")}`);
        assert.deepEqual(told, []);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, "the page is wider than the window");
      }
    });
  }
}

test("five thousand findings: filtering costs less than opening the page did", async (t) => {
  const { page } = await open(t, url("large.html"));
  const facts = await page.evaluate(() => {
    const timing = performance.getEntriesByType("navigation")[0];
    const form = document.querySelector(".controls");
    const begun = performance.now();
    form.elements.wire.value = "break";
    form.dispatchEvent(new Event("input"));
    document.body.offsetHeight;
    return { opened: timing.domComplete, filtered: performance.now() - begun, findings: document.querySelectorAll(".finding").length };
  });
  console.log(`# ${facts.findings} findings: opened in ${facts.opened.toFixed(0)} ms, filtered in ${facts.filtered.toFixed(0)} ms`);
  assert.equal(facts.findings, 5000);
  assert.ok(facts.filtered < facts.opened);
});
