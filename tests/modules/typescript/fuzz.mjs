// Random responses, of which none may throw: fuzz.mjs SCHEMA_DIR FILE. Reads what fuzz.py wrote, and
// compares errors.ts with errors.py.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { seen } from "./cases.mjs";
import { load } from "./load.mjs";

const [, , folder, file] = process.argv;
const module = await load(folder);
const lines = readFileSync(file, "utf8").trimEnd().split("\n");
for (const line of lines) {
  const { status, headers, body, seen: expected } = JSON.parse(line);
  const { type, ...got } = seen(module, status, headers, Buffer.from(body, "base64"));
  assert.deepEqual(got, expected, line);
}
console.log(`${lines.length} random responses pass`);
