// fetch and axios over real sockets, and the lines of schema/typescript.md.
// live.mjs SCHEMA_DIR EXAMPLE_SERVER_URL LOCAL_SERVER_URL. The example server must be fresh.
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { readFileSync } from "node:fs";
import { installed, work } from "./load.mjs";

const [, , schema, example, local] = process.argv;
const page = readFileSync(`${schema}/typescript.md`, "utf8").split("```ts\n")[1].split("```")[0];
// The lines call this setTimeout, so that nobody waits.
const waiting = "const setTimeout = (_: unknown, waited: number) => { throw { waited }; };\n";
const outfile = new URL("page.mjs", work);
installed("esbuild").buildSync({
  stdin: { contents: `${page}${waiting}export * from "./errors.js";`, loader: "ts", resolveDir: resolve(schema) },
  bundle: true,
  format: "esm",
  outfile: outfile.pathname,
});
const { ApiError, ErrorCode, listPrints } = await import(outfile);
const printed = [];
console.log = (...words) => printed.push(words.join(" "));

/** What is thrown, and what is printed. */
async function failure(url, key = "key_full") {
  printed.length = 0;
  const error = await listPrints(url, key).then(
    () => assert.fail("no failure"),
    (thrown) => thrown,
  );
  return { error, lines: [...printed] };
}

assert.deepEqual(await listPrints(example, "key_full"), []);
let { error, lines } = await failure(example, "key_wrong");
assert.deepEqual([error.status, error.code, lines], [401, ErrorCode.InvalidApiKey, []]);
assert.match(error.requestId, /^req_/);
({ error, lines } = await failure(`${local}/proxy`));
const html = "<html><h1>502 Bad Gateway</h1></html>";
assert.deepEqual([error.code, error.body, error.retry], [undefined, html, "if_idempotent"]);
assert.deepEqual(lines, [`Not from the API, but a proxy: ${html}`]);
({ error, lines } = await failure(`${local}/unknown`));
assert.deepEqual(lines, ["A newer code: quota_exhausted Too many prints"]);
assert.deepEqual([error.requestId, error.retryAfter], ["req_1, req_2", 7]);
({ error } = await failure("http://127.0.0.1:9"));
assert.ok(error instanceof ApiError && error.cause instanceof TypeError);
assert.equal(error.code, ErrorCode.NetworkError);

// axios's own headers. node joins equal names for it.
const axios = installed("axios");
const options = { responseType: "text", transformResponse: [], validateStatus: () => true };
const response = await axios.get(`${local}/unknown/v0/prints`, options);
error = ApiError.fromResponse(response.status, response.headers, response.data);
assert.deepEqual([error.requestId, error.retryAfter], ["req_1, req_2", 7]);
assert.equal(error.object.code, "quota_exhausted");

// The rate limit, last.
const headers = { Authorization: "Bearer key_full" };
for (let count = 0; count < 61; count++) await fetch(`${example}/v0/prints`, { headers });
({ error } = await failure(example));
assert.ok(error.waited >= 1_000 && error.waited <= 60_000, error);
console.info("fetch, axios and the page's lines pass");
