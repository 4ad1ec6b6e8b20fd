// Runs the lines that schema/errors.md gives for each code, in Rust, TypeScript and Python: each must
// catch its own example and no other, and do what the code's retry rule permits.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const schema = resolve(process.argv[2]);
const work = fileURLToPath(new URL("../../target/page/snippets/", import.meta.url));
const require = createRequire(new URL("../../target/page/package.json", import.meta.url));
mkdirSync(work, { recursive: true });

const page = readFileSync(`${schema}/errors.md`, "utf8");
const fences = (text, language) =>
  [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
    .filter((fence) => fence[1] === language)
    .map((fence) => fence[2]);
const codes = page.split("\n### `").slice(1).map((text) => ({
  name: text.slice(0, text.indexOf("`")),
  section: text.split("\n## ")[0],
}));
if (codes.length !== 14) throw new Error(`${codes.length} codes`);
const setup = page.split("\n## Catch an error\n")[1].split("\n## ")[0];

/** What each language has for a code: the example, and the lines, after those that make the error. */
function lines(language) {
  const [imports, error] = fences(setup, language)[0].split("\n\n");
  const bodies = codes.map(({ name, section }) => {
    const [snippet, ...more] = fences(section, language);
    if (snippet === undefined || more.length > 0) throw new Error(`${name}: ${language}`);
    return { name, snippet: error + snippet, example: fences(section, "json")[0] };
  });
  return { imports, bodies };
}

const indented = (text, width) => text.replaceAll(/^(?=.)/gm, " ".repeat(width));
const text = (value) => JSON.stringify(value);

// By hand, from the retry rules.
function expected() {
  const does = (code, isIdempotent) => {
    if (code === "rate_limited") return "wait resend";
    if (code === "internal_error" || code === "network_error") return isIdempotent ? "resend" : "report";
    return "report";
  };
  const rows = codes.flatMap(({ name }) =>
    codes.flatMap((example) =>
      [false, true].map((isIdempotent) =>
        `${name} ${example.name} ${isIdempotent}: ${name === example.name ? does(name, isIdempotent) : ""}`.trim(),
      ),
    ),
  );
  return `${rows.join("\n")}\n`;
}

function rust() {
  const { imports, bodies } = lines("rust");
  const functions = bodies.map(
    ({ name, snippet }) =>
      `fn ${name}(status: u16, request_id: Option<&str>, body: &str, is_idempotent: bool) {\n` +
      `    let _ = is_idempotent;\n${indented(snippet, 4)}}\n`,
  );
  const names = bodies.map(({ name }) => `(${text(name)}, ${name} as Catch)`);
  const examples = bodies.map(({ name, example }) => `(${text(name)}, r####"${example}"####)`);
  writeFileSync(
    `${work}snippets.rs`,
    `${imports}
use intelliprint_error::RetryAfter;

type Catch = fn(u16, Option<&str>, &str, bool);

fn report(_: &ApiError) { print!(" report"); }
fn wait(_: Option<&RetryAfter>) { print!(" wait"); }
fn resend() { print!(" resend"); }

${functions.join("\n")}
fn main() {
    for (name, catch) in [${names.join(", ")}] {
        for (example, body) in [${examples.join(", ")}] {
            for is_idempotent in [false, true] {
                print!("{name} {example} {is_idempotent}:");
                catch(400, Some("req_1"), body, is_idempotent);
                println!();
            }
        }
    }
}
`,
  );
  const target = process.env.CARGO_TARGET_DIR ?? "target";
  execFileSync("cargo", ["build", "--locked", "--quiet", "--lib"], { stdio: "inherit" });
  execFileSync(
    "rustc",
    ["--edition=2024", "-Dwarnings", "--extern", `intelliprint_error=${target}/debug/libintelliprint_error.rlib`,
      "-L", `dependency=${target}/debug/deps`, "-o", `${work}snippets`, `${work}snippets.rs`],
    { stdio: "inherit" },
  );
  return execFileSync(`${work}snippets`, { encoding: "utf8" });
}

function python() {
  const { imports, bodies } = lines("python");
  const functions = bodies.map(
    ({ name, snippet }) => `def ${name}(status, headers, body, is_idempotent):\n${indented(snippet, 4)}`,
  );
  const pairs = (key) => bodies.map((row) => `(${text(row.name)}, ${key(row)})`).join(", ");
  writeFileSync(
    `${work}snippets.py`,
    `import sys

sys.path.insert(0, ${text(schema)})
${imports}


def report(_):
    print(" report", end="")


def wait(_):
    print(" wait", end="")


def resend():
    print(" resend", end="")


${functions.join("\n\n")}

for name, catch in [${pairs(({ name }) => name)}]:
    for example, body in [${pairs(({ example }) => text(example))}]:
        for is_idempotent in [False, True]:
            print(name, example, str(is_idempotent).lower() + ":", end="")
            catch(400, {"Request-Id": "req_1"}, body, is_idempotent)
            print()
`,
  );
  const environment = { ...process.env, PYTHONDONTWRITEBYTECODE: "1" };
  return execFileSync("python3", [`${work}snippets.py`], { encoding: "utf8", env: environment });
}

/** Checked by the compiler in its strictest mode, then run. */
function typescript() {
  const { imports, bodies } = lines("ts");
  const functions = bodies.map(
    ({ name, snippet }) =>
      `async function ${name}(status: number, headers: Record<string, string>, body: string, isIdempotent: boolean) {\n` +
      `  void isIdempotent;\n${indented(snippet, 2)}}\n`,
  );
  const pairs = (key) => bodies.map((row) => `[${text(row.name)}, ${key(row)}] as const`).join(", ");
  writeFileSync(`${work}errors.ts`, readFileSync(`${schema}/errors.ts`));
  writeFileSync(`${work}package.json`, '{ "type": "module" }\n');
  writeFileSync(
    `${work}snippets.ts`,
    `${imports}

let line = "";
function report(_: ApiError) { line += " report"; }
async function wait(_: ApiError["retryAfter"]) { line += " wait"; }
function resend() { line += " resend"; }

${functions.join("\n")}
for (const [name, handle] of [${pairs(({ name }) => name)}]) {
  for (const [example, body] of [${pairs(({ example }) => text(example))}]) {
    for (const isIdempotent of [false, true]) {
      line = \`\${name} \${example} \${isIdempotent}:\`;
      await handle(400, { "Request-Id": "req_1" }, body, isIdempotent);
      console.log(line);
    }
  }
}
`,
  );
  execFileSync(
    "node",
    [require.resolve("typescript/bin/tsc"), "--strict", "--target", "es2022", "--module", "nodenext",
      "--lib", "es2022,dom", "--outDir", `${work}js`, `${work}snippets.ts`],
    { stdio: "inherit" },
  );
  return execFileSync("node", [`${work}js/snippets.js`], { encoding: "utf8" });
}

const languages = { rust, typescript, python };
for (const [language, run] of Object.entries(languages)) {
  const printed = run().replaceAll(/: *$/gm, ":");
  const wanted = expected();
  if (printed !== wanted) {
    const at = printed.split("\n").findIndex((line, at) => line !== wanted.split("\n")[at]);
    console.log(`${language}: ${printed.split("\n")[at]}\nexpected: ${wanted.split("\n")[at]}`);
    process.exitCode = 1;
  }
}
console.log(`snippets: ${codes.length} codes in ${Object.keys(languages).join(", ")}`);
