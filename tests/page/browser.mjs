// What is wrong with a page, as Chromium and axe-core see it. Each fault is one line of text.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

// The packages are in target/, where git does not look.
const require = createRequire(new URL("../../target/page/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export const VARIANTS = [1280, 390].flatMap((width) =>
  ["light", "dark"].map((colorScheme) => ({ width, colorScheme })),
);

// A new profile each time, and no connection of the browser's own.
export const launch = () =>
  chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });

/** What is looked at, in this order: the later checks change the page. */
const CHECKS = {
  structure: (page) => page.evaluate(structure),
  overflow,
  axe: (page, rules) => accessibility(page, rules),
  keyboard,
  anchors,
  print: async (page) => {
    await page.emulateMedia({ media: "print" });
    const contrast = await accessibility(page, ["color-contrast", "color-contrast-enhanced"]);
    return [...contrast, ...(await page.evaluate(paper))].map((fault) => `print: ${fault}`);
  },
  unstyled: (page) => page.evaluate(unstyled),
};

/** Every fault of a page in one window. `only` is one check, and `rules` are those of axe-core. */
export async function faults(browser, file, { width, colorScheme }, { only, rules } = {}) {
  const page = await browser.newPage({
    viewport: { width, height: width === 390 ? 844 : 800 },
    colorScheme,
  });
  const found = [];
  const address = pathToFileURL(file).href;
  page.on("request", (request) => {
    if (request.url() !== address && !request.url().startsWith("data:")) {
      found.push(`request: ${request.url()}`);
    }
  });
  page.on("console", (message) => found.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => found.push(`script: ${error}`));
  try {
    await page.goto(address);
    for (const [name, check] of Object.entries(CHECKS)) {
      if (only === undefined || only === name) found.push(...(await check(page, rules)));
    }
  } finally {
    await page.close();
  }
  return [...new Set(found)];
}

/** All of axe-core's rules, the experimental ones and those for AAA included, or only some. */
async function accessibility(page, only) {
  await page.evaluate(axe);
  const results = await page.evaluate((only) => {
    const rules = only ?? axe.getRules().map((rule) => rule.ruleId);
    return axe.run(document, { runOnly: { type: "rule", values: rules }, resultTypes: ["violations"] });
  }, only);
  const shown = (nodes) => nodes.map((node) => node.target).join(", ").slice(0, 300);
  return results.violations.map(({ id, nodes }) => `axe ${id}: ${shown(nodes)}`);
}

/** Runs in the page: scripts, anchors and links. */
function structure() {
  const found = [];
  const all = [...document.querySelectorAll("*")];
  const ids = all.map((element) => element.id).filter(Boolean);
  for (const id of ids.filter((id, at) => ids.indexOf(id) !== at)) found.push(`id twice: ${id}`);
  for (const element of all) {
    const handler = [...element.attributes].some((attribute) => attribute.name.startsWith("on"));
    if (handler || element.localName === "script") found.push(`script: ${element.outerHTML.slice(0, 80)}`);
  }
  for (const link of document.querySelectorAll("a")) {
    const target = link.getAttribute("href") ?? "";
    const leads = target.startsWith("#")
      ? document.getElementById(target.slice(1)) !== null
      : /^https:\/\/[a-z0-9.-]+\.[a-z]+(\/[\w./-]*)?$/.test(target);
    if (!leads) found.push(`link: ${target}`);
  }
  for (const table of document.querySelectorAll("table")) {
    const unscoped = [...table.querySelectorAll("th")].filter((cell) => !cell.scope);
    if (!table.caption || !table.tHead || unscoped.length > 0) {
      found.push(`table: ${table.outerHTML.slice(0, 80)}`);
    }
  }
  return found;
}

/** Runs in the page, last: what is read without a style sheet. */
function unstyled() {
  document.querySelector("style").remove();
  const entries = [...document.querySelectorAll(".map li li")].map((entry) => entry.textContent);
  const wanted = "refused° (advice) HTTP status 403° (advice) Ask support";
  return entries.includes(wanted) ? [] : [`without a style: ${entries}`];
}

/** What does not fit the window, and other widths in between. */
async function overflow(page) {
  const window = page.viewportSize();
  const found = await page.evaluate(misfits);
  for (const width of [320, 360, 600, 768, 959, 960, 1100, 1247, 1248, 1600]) {
    await page.setViewportSize({ ...window, width });
    found.push(...(await page.evaluate(misfits)).map((fault) => `${fault} at ${width}`));
  }
  await page.setViewportSize(window);
  return found;
}

/** Runs in the page: what is wider than the window, cut off, or broken in the middle of a name. */
function misfits() {
  const { scrollWidth, clientWidth } = document.documentElement;
  const found = scrollWidth > clientWidth ? [`horizontal scroll: ${scrollWidth} pixels`] : [];
  for (const element of document.querySelectorAll("main *, header *")) {
    const { left, right, width } = element.getBoundingClientRect();
    if (width > 1 && (right > clientWidth || left < 0)) {
      found.push(`out of the window: ${element.outerHTML.slice(0, 80)}`);
    }
  }
  // The longest name of the specification has 21 letters.
  for (const name of clientWidth < 390 ? [] : document.querySelectorAll("nav code, th code, h3 code")) {
    if (name.textContent.length <= 21 && name.getClientRects().length > 1) {
      found.push(`broken name: ${name.textContent}`);
    }
  }
  return found;
}

/** The first stop of the keyboard is the link past the map, and it is seen. */
async function keyboard(page) {
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => {
    const { width, height } = document.activeElement.getBoundingClientRect();
    return { target: document.activeElement.getAttribute("href"), seen: width > 20 && height > 10 };
  });
  return first.target === "#main" && first.seen ? [] : [`skip link: ${JSON.stringify(first)}`];
}

/** The link of a section shows on hover and on focus, and the section that it leads to stands out. */
async function anchors(page) {
  const found = [];
  const links = page.locator("h2 a, h3 a, tr[id] th a");
  const shown = (link) => link.evaluate((link) => getComputedStyle(link, "::before").opacity);
  for (const link of [links.first(), page.locator("h3 a").last(), page.locator("tr[id] th a").last()]) {
    const id = (await link.getAttribute("href")).slice(1);
    await page.mouse.move(0, 0);
    const rest = await shown(link);
    await link.hover();
    const hovered = await shown(link);
    await page.mouse.move(0, 0);
    await page.keyboard.press("Tab");
    await link.focus();
    if (`${rest} ${hovered} ${await shown(link)}` !== "0 1 1") found.push(`link of a section: #${id}`);
  }
  return [...found, ...(await page.evaluate(targets))];
}

/** Runs in the page: each code and each type stands out once a link leads to it. */
function targets() {
  const all = [...document.querySelectorAll("section section, tr[id]")];
  const found = all.length < 20 ? [`target: only ${all.length}`] : [];
  const look = (element) => {
    const { boxShadow, backgroundColor } = getComputedStyle(element);
    return `${boxShadow} ${backgroundColor}`;
  };
  for (const element of all) {
    const before = look(element);
    location.hash = element.id;
    const { top } = element.getBoundingClientRect();
    if (look(element) === before || top < 0 || top > innerHeight) found.push(`target: #${element.id}`);
  }
  return found;
}

/** Runs in the page as it is printed: black on white, and nothing is missing but navigation. */
function paper() {
  const found = [];
  const { color, backgroundColor } = getComputedStyle(document.body);
  if (`${color} ${backgroundColor}` !== "rgb(0, 0, 0) rgb(255, 255, 255)") found.push(`colour: ${color} on ${backgroundColor}`);
  for (const element of document.querySelectorAll("section, table, pre, dd, .map li")) {
    if (element.getClientRects().length === 0) found.push(`hidden: ${element.outerHTML.slice(0, 80)}`);
  }
  return found;
}
