// Runs the cases against errors.ts under node: conformance.mjs SCHEMA_DIR CASES.
import { readFileSync } from "node:fs";
import { failures } from "./cases.mjs";
import { load } from "./load.mjs";

const [, , folder, file] = process.argv;
const { cases } = JSON.parse(readFileSync(file, "utf8"));
if (cases.length < 150) throw new Error(`only ${cases.length} cases`);
const failed = failures(await load(folder), cases);
console.log(failed.join("\n") || `${cases.length} cases pass`);
process.exitCode = failed.length > 0 ? 1 : 0;
