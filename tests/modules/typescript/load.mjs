// errors.ts of a folder, as the JavaScript that a bundler makes of it.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

export const work = new URL("../../../target/modules/typescript/", import.meta.url);
export const installed = createRequire(work);
const { transformSync } = installed("esbuild");

export function load(folder) {
  const source = readFileSync(`${folder}/errors.ts`, "utf8");
  const module = new URL("errors.mjs", work);
  writeFileSync(module, transformSync(source, { loader: "ts", target: "es2022" }).code);
  return import(module);
}
