// bundled.mjs DOCUMENT…: documents that referred to our responses by file stand alone, and still have the responses of
// every status, and the codes that the document asked for by name.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, "utf8");
  const { paths, components } = JSON.parse(text);
  const outside = [...text.matchAll(/"\$ref": "([^#"][^"]*)"/g)].map(([, target]) => target);
  assert.deepEqual(outside, [], file);
  for (const [status, response] of Object.entries(paths["/v0/prints"].get.responses)) {
    if (status !== "200") assert.ok(components.responses[response.$ref.split("/").at(-1)], `${file}: ${status}`);
  }
  assert.equal(components.schemas.ErrorObject.properties.code.type, "string", file);
  assert.equal(components.schemas.ErrorObject.properties.code.enum, undefined, file);
  assert.ok(components.schemas.ErrorCode.enum.includes("not_found"), file);
}
console.log(`${process.argv.length - 2} documents stand alone, with open codes and the list of the known ones`);
