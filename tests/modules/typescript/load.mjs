// errors.ts of a folder, as the JavaScript that a bundler makes of it.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

export const work = new URL("../../../target/modules/typescript/", import.meta.url);
export const installed = createRequire(work);
const { transformSync } = installed("esbuild");

export async function load(folder) {
  const source = readFileSync(`${folder}/errors.ts`, "utf8");
  const { code } = transformSync(source, { loader: "ts", target: "es2022" });
  // Several processes load different modules at the same time.
  const file = new URL(`errors-${process.pid}.mjs`, work);
  try {
    writeFileSync(file, code);
    return await import(file);
  } finally {
    rmSync(file);
  }
}
