// described.mjs DOCUMENT CATALOGUE: a user's own document describes every type and code of the catalogue, every operation
// refers to a response for each status, and no schema of ours has an example, which a mock server would prefer.
import { readFileSync } from "node:fs";
import assert from "node:assert/strict";

const [document, catalogue] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, "utf8")));

const { schemas, responses } = document.components;
for (const [name, rows] of [["ErrorType", catalogue.types], ["ErrorCode", catalogue.codes]]) {
  const schema = schemas[name];
  assert.deepEqual(schema.enum, rows.map((row) => row.name));
  assert.deepEqual(schema["x-enum-descriptions"], rows.map((row) => row.description));
  for (const row of rows) assert.ok(schema.description.includes(`- \`${row.name}\`: ${row.description}`), row.name);
}
for (const row of catalogue.fields) {
  const property = schemas.ErrorObject.properties[row.name];
  assert.ok(property.$ref ?? property.description === row.description, row.name);
}
for (const name of ["ErrorType", "ErrorCode", "ErrorObject", "ErrorResponse"]) {
  assert.doesNotMatch(JSON.stringify(schemas[name]), /"examples?":/, name);
}
const statuses = new Set(catalogue.codes.map((code) => code.status.value).filter((status) => status !== null));
for (const status of statuses) {
  for (const code of catalogue.codes.filter((code) => code.status.value === status)) {
    const response = responses[`Error${status}`];
    assert.ok(response.description.includes(code.description), code.name);
    assert.deepEqual(response.content["application/json"].examples[code.name].value, code.example.value);
  }
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path)) {
      assert.equal(operation.responses[status].$ref, `#/components/responses/Error${status}`);
    }
  }
}
console.log(`a user's document passes redocly, and has ${catalogue.codes.length} codes described and ${statuses.size} responses`);
