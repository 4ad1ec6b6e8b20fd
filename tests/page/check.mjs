// Checks pages, then that each broken version of the first page is found: node check.mjs PAGE…

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { VARIANTS, faults, launch } from "./browser.mjs";

const pages = process.argv.slice(2);
const work = fileURLToPath(new URL("../../target/page/", import.meta.url));
const screenshots = `${work}screenshots`;
mkdirSync(screenshots, { recursive: true });
mkdirSync(`${work}broken`, { recursive: true });

const broken = JSON.parse(readFileSync(new URL("broken.json", import.meta.url), "utf8"));
const original = readFileSync(pages[0], "utf8");
for (const [at, version] of broken.entries()) {
  const count = original.split(version.old).length - 1;
  if (count < 1) throw new Error(`${version.name}: the page does not have ${version.old}`);
  version.file = `${work}broken/${at}.html`;
  writeFileSync(version.file, original.replaceAll(version.old, version.new));
}

/** The Nu HTML checker's messages by file. The mark of the command has two hyphens in a comment. */
function markup(files) {
  const report = execFileSync(
    "java",
    ["-jar", `${work}node_modules/vnu-jar/build/dist/vnu.jar`, "--exit-zero-always", "--format", "json",
      "--stdout", "--filterpattern", ".*two consecutive hyphens in a comment.*", ...files],
    { encoding: "utf8", maxBuffer: 1 << 26 },
  );
  const messages = JSON.parse(report).messages;
  return (file) =>
    messages
      .filter(({ url }) => url === `file:${resolve(file)}`)
      .map(({ type, message }) => `vnu ${type}: ${message}`);
}

let failed = 0;
function verdict(name, lines) {
  if (lines.length === 0) return;
  failed += 1;
  console.log(`${name}\n  ${lines.join("\n  ")}`);
}

const messages = markup([...pages, ...broken.map(({ file }) => file)]);
const browser = await launch();
for (const page of pages) {
  verdict(page, messages(page));
  for (const variant of VARIANTS) {
    const name = `${variant.width}-${variant.colorScheme}`;
    verdict(`${page} at ${name}`, await faults(browser, page, variant));
    if (page === pages[0]) await photograph(variant, name);
  }
}
for (const { name, file, check, finds, at = "1280-light" } of broken) {
  const variant = VARIANTS.find(({ width, colorScheme }) => `${width}-${colorScheme}` === at);
  // Only the check that must find it, which is why these take little time.
  const rules = check === "axe" ? [finds.split(" ")[1]] : undefined;
  const found =
    check === "vnu" ? messages(file) : await faults(browser, file, variant, { only: check, rules });
  if (!found.some((fault) => fault.startsWith(finds))) {
    verdict(`a broken version is not found: ${name}`, [`expected: ${finds}`, ...found]);
  }
}

async function photograph({ width, colorScheme }, name) {
  const page = await browser.newPage({
    viewport: { width, height: width === 390 ? 844 : 800 },
    colorScheme,
  });
  const address = pathToFileURL(pages[0]).href;
  await page.goto(address);
  await page.screenshot({ path: `${screenshots}/${name}.png` });
  await page.screenshot({ path: `${screenshots}/${name}-full.png`, fullPage: true });
  await page.goto(`${address}#refused`);
  await page.screenshot({ path: `${screenshots}/${name}-target.png` });
  if (name === "1280-light") await page.pdf({ path: `${screenshots}/print.pdf`, format: "A4" });
  await page.close();
}
await browser.close();

const checked = `${pages.length} pages in ${VARIANTS.length} windows, ${broken.length} broken versions`;
console.log(failed === 0 ? `page: ${checked}: all as expected` : `page: ${failed} failures`);
process.exitCode = failed === 0 ? 0 : 1;
