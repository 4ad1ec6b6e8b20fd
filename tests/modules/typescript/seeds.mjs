// Compares errors.ts with the crate on each seed: seeds.mjs SCHEMA_DIR VERDICTS SEEDS_DIR.
import { deepStrictEqual } from "node:assert";
import { readFileSync, readdirSync } from "node:fs";
import { load } from "./load.mjs";

// Where JSON.parse rightly differs: the last of two equal members counts.
const DIFFERENCES = [
  "member-duplicate-escaped.json",
  "member-duplicate-message.json",
  "member-duplicate-param-null.json",
];

const [, , folder, file, seeds] = process.argv;
const { ApiError } = await load(folder);
const verdicts = JSON.parse(readFileSync(file, "utf8"));
const names = Object.keys(verdicts).sort();
deepStrictEqual(names, readdirSync(seeds).sort());
if (names.length < 163) throw new Error(`only ${names.length} seeds`);
const differing = names.filter((name) => {
  const { object } = ApiError.fromResponse(400, {}, readFileSync(`${seeds}/${name}`));
  const got = object ? { ...object, param: object.param ?? null } : null;
  try {
    deepStrictEqual(got, verdicts[name]);
    return false;
  } catch {
    return true;
  }
});
console.log(`${names.length} seeds, ${differing.length} verdicts differ: ${differing.join(", ")}`);
deepStrictEqual(differing, DIFFERENCES);
