// Every example and every body of the corpus, in ajv's strict mode, with the line of schema/README.md.
import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020.js";

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
const schemas = { strict: "error.schema.json", open: "error.open.schema.json" };
const examples = read("../../../schema/errors.json").codes.map((code) => code.example.value);
const corpus = read("../corpus.json");
const faults = [];

function expect(what, actual, expected) {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) {
    faults.push(`${what}: ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`);
  }
}

function reasons(validate, body) {
  validate(body);
  return (validate.errors ?? []).map((error) => `${error.instancePath}: ${reason(error)}`).sort();
}

function reason({ keyword, params }) {
  return keyword === "required" ? `required ${params.missingProperty}` : keyword;
}

for (const [kind, file] of Object.entries(schemas)) {
  const schema = read(`../../../schema/${file}`);
  // `strict: true` turns warnings into errors, and `allErrors` makes ajv report every reason.
  const ajv = new Ajv({ strict: true, strictRequired: true, allErrors: true });
  ajv.addVocabulary(["x-enum-descriptions"]);
  const validate = ajv.compile(schema);
  const shown = Object.values(schema.$defs).flatMap((definition) => definition.examples ?? []);
  expect(`${kind}: examples in the schema`, shown.length, 1);
  for (const body of [...examples, ...shown]) expect(`${kind}: ${body.error.code}`, reasons(validate, body), []);
  for (const { name, body, ...expected } of corpus) expect(`${kind}: ${name}`, reasons(validate, body), expected[kind]);
}

if (faults.length > 0) {
  console.log(faults.join("\n"));
  process.exit(1);
}
const differ = corpus.filter(({ strict, open }) => strict.length !== open.length).length;
console.log(`${examples.length} examples and ${corpus.length} bodies, strict and open, which differ in ${differ}`);
