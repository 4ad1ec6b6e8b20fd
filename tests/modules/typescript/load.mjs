// errors.ts of a folder, as JavaScript: by a bundler if tests/modules/run has installed it, else by
// erased(), so that `cargo test` runs the module wherever there is node.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export const work = new URL("../../../target/modules/typescript/", import.meta.url);
export const installed = createRequire(work);

/** The package, or undefined: `cargo test` installs none. */
export function ifInstalled(name) {
  try {
    return installed(name);
  } catch {
    return undefined;
  }
}

export async function load(folder) {
  const source = readFileSync(`${folder}/errors.ts`, "utf8");
  const code = bundled(source, "ts") ?? erased(source);
  // Several processes load different modules at the same time.
  const place = mkdtempSync(join(tmpdir(), "errors-"));
  try {
    const file = join(place, "errors.mjs");
    writeFileSync(file, code);
    return await import(pathToFileURL(file));
  } finally {
    rmSync(place, { recursive: true });
  }
}

/** The source as the bundler prints it, or undefined if there is no bundler. */
export function bundled(source, loader) {
  return ifInstalled("esbuild")?.transformSync(source, { loader, target: "es2022" }).code;
}

/** The source without its types. Knows the forms that errors.ts has, as prettier formats them. */
export function erased(source) {
  return (
    source
      // type A = …; and interface A { … } and declare const a: A;
      .replace(/^(export )?(type|interface|declare) [^]*?(;\n(?![ }])|\n\}\n)/gm, "")
      // … as const; and … as A;
      .replace(/ as [\w<>|{}:, ]+;$/gm, ";")
      // readonly field: A;
      .replace(/^  readonly (\w+)\??: .*;$/gm, "  $1;")
      .replace(/^  protected constructor/m, "  constructor")
      // const a: A = …
      .replace(/^(\s*(export )?const \w+): [^=]* =/gm, "$1 =")
      // f(a: A, b?: B): C { and (_, a: A) =>
      .replace(/^(export function|function|  \w+( \w+)?\(|\s+\(_, ).*$/gm, (line) =>
        line.replace(/\??: (value is )?[\w<>| ]+?(?=, \w+\??: |\)| \{$)/g, ""),
      )
  );
}
