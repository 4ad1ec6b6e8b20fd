// What the cases do not show of errors.ts: unit.mjs SCHEMA_DIR.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { inspect } from "node:util";
import { bundled, erased, ifInstalled, load } from "./load.mjs";

const folder = process.argv[2];
const { ApiError, ERROR_CODES, ErrorCode, ErrorType, parseErrorResponse } = await load(folder);
const catalogue = JSON.parse(readFileSync(`${folder}/errors.json`, "utf8"));
const axios = ifInstalled("axios");

const text = '{"error":{"message":"m","type":"rate_limited","code":"rate_limited","param":"p"}}';
const bytes = new TextEncoder().encode(text);
const object = { message: "m", type: "rate_limited", code: "rate_limited", param: "p" };
const requestId = (headers) => ApiError.fromResponse(400, headers, "").requestId;
const retryAfter = (value) => ApiError.fromResponse(429, { "Retry-After": value }, "").retryAfter;
const pascal = (name) => name.replace(/(?:^|_)([a-z0-9])/g, (_, letter) => letter.toUpperCase());

test("types and codes have the facts of the catalogue", () => {
  const entries = (rows) => rows.map(({ name }) => [pascal(name), name]);
  assert.deepEqual(Object.entries(ErrorType), entries(catalogue.types));
  assert.deepEqual(Object.entries(ErrorCode), entries(catalogue.codes));
  const facts = catalogue.codes.map(({ name, type, status, retry, origin, description, remedy }) => [
    name,
    {
      type: type.value,
      status: status.value ?? undefined,
      retry: retry.value,
      origin: origin.value,
      description,
      remedy: remedy.value,
    },
  ]);
  assert.deepEqual(Object.entries(ERROR_CODES), facts);
});

test("it is an error with a name and a stack, whose body no logger prints", () => {
  const error = ApiError.fromResponse(404, {}, "x".repeat(1 << 20));
  assert.ok(error instanceof Error && error instanceof ApiError);
  assert.match(String(error), /^ApiError: HTTP 404: not an Intelliprint error, but a body of 1048576 /);
  assert.match(error.stack, /^ApiError: HTTP 404: .*\n +at /);
  assert.ok(JSON.stringify(error).length < 100 && inspect(error).length < 3_000);
  assert.equal(error.body.length, 1 << 20);
  assert.equal("cause" in error, false);
  class Own extends ApiError {}
  assert.ok(Object.getPrototypeOf(Own) === ApiError);
});

test("no response is a network error with its cause", () => {
  const cause = new TypeError("fetch failed");
  const error = ApiError.network(cause);
  assert.equal(error.cause, cause);
  assert.equal(error.code, ErrorCode.NetworkError);
  const { status, body, requestId, retryAfter } = error;
  assert.deepEqual([status, body, requestId, retryAfter], [undefined, undefined, undefined, undefined]);
  assert.equal(
    error.message,
    "network_error (network_error): No response came from the Intelliprint API",
  );
  assert.deepEqual([error.mayRetry(true), error.mayRetry(false)], [true, false]);
  assert.equal(ApiError.network().cause, undefined);
});

test("a letter is posted again only if the first was turned away", () => {
  for (const [status, ...may] of [[429, true, true], [500, true, false], [403, false, false]]) {
    const error = ApiError.fromResponse(status, {}, "");
    assert.deepEqual([error.mayRetry(true), error.mayRetry(false)], may);
  }
});

test("bodies of any size and depth", () => {
  const large = `{"error":{"message":"${"m".repeat(1 << 20)}","type":"t","code":"c"}}`;
  assert.equal(parseErrorResponse(large).message.length, 1 << 20);
  for (const deep of ["[".repeat(1e6), '{"a":'.repeat(1e6), `{"x":${"[".repeat(1e5)}${"]".repeat(1e5)}}`]) {
    assert.equal(ApiError.fromResponse(500, {}, deep).object, undefined);
  }
  assert.deepEqual(parseErrorResponse(`{"x":${"9".repeat(1e6)},${text.slice(1)}`), object);
});

test("every cut and every changed byte keeps the bytes", () => {
  for (let at = 0; at < bytes.length; at++) {
    for (const byte of ["", "\0", '"', "\\", "{", "\x80", "\xff"]) {
      const changed = Buffer.concat([bytes.subarray(0, at), Buffer.from(byte, "latin1"), bytes.subarray(at + 1)]);
      const error = ApiError.fromResponse(400, {}, changed);
      assert.equal(error.body, changed);
      assert.ok(error.message.length < 500);
      assert.deepEqual(ApiError.fromResponse(400, {}, bytes).object, object);
    }
    assert.equal(parseErrorResponse(bytes.subarray(0, at)), undefined);
  }
});

test("bytes of every kind, and text that is no text", () => {
  const padded = new Uint8Array([1, 2, ...bytes, 3]);
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  for (const body of [Buffer.from(bytes), padded.subarray(2, -1), shared]) {
    assert.deepEqual(parseErrorResponse(body), object);
  }
  const lone = ApiError.fromResponse(400, {}, "\ud800x");
  assert.equal(lone.body, "\ud800x");
  assert.match(lone.message, /: a body of 4 bytes: \ufffdx$|, but a body of 4 bytes: \ufffdx$/);
  for (const field of ["message", "type", "code", "param"]) {
    const raw = JSON.stringify({ error: { ...object, [field]: "?" } }).replace("?", "\\udc00");
    assert.equal(parseErrorResponse(raw), undefined, field);
  }
  assert.deepEqual(parseErrorResponse(text.replace("{", '{"x":"\\ud800",')), object);
});

test("an object has its own fields only", () => {
  for (const body of ['{"__proto__":{"error":{}}}', '{"error":{"__proto__":{"message":"m"}}}', "[]", '"x"']) {
    assert.equal(parseErrorResponse(body), undefined);
  }
  assert.equal(ApiError.fromResponse(400, {}, text.replaceAll("rate_limited", "toString")).code, undefined);
  assert.deepEqual(Object.keys(parseErrorResponse(text)), ["message", "type", "code", "param"]);
});

test("headers of fetch, axios and node, and a Map", () => {
  for (const headers of [
    new Headers([["Request-ID", " a "]]),
    ...(axios ? [new axios.AxiosHeaders({ "Request-Id": "a" })] : []),
    { "request-id": "a" },
    { "REQUEST-ID": ["a", "b"] },
    { Host: undefined, "Request-Id": " a\t", "request-id": "b" },
    new Map([["request-id", "a"]]),
    { get: "of this name", "Request-Id": "a" },
  ]) {
    assert.equal(requestId(headers), "a", inspect(headers));
  }
  assert.equal(requestId(new Headers([["Request-Id", "a"], ["Request-Id", "b"]])), "a, b");
  assert.deepEqual([retryAfter(7), retryAfter(["7"]), retryAfter(0)], [7, 7, 0]);
});

test("hostile headers count as absent", () => {
  const thrown = () => {
    throw new Error("hostile");
  };
  const values = [undefined, null, "", " ", [], [[]], [null], {}, Symbol("x"), true, 1n, NaN, { toString: thrown }, thrown];
  for (const value of values) {
    const error = ApiError.fromResponse(400, { "Request-Id": value, "Retry-After": value }, "");
    assert.equal(error.retryAfter, undefined, inspect(value));
    assert.ok(error.requestId === undefined || Number.isNaN(value), inspect(value));
    assert.equal(requestId({ get: () => (Number.isNaN(value) ? null : value) }), undefined);
  }
  const trap = new Proxy({}, { get: thrown, ownKeys: thrown });
  const getter = Object.defineProperty({}, "request-id", { get: thrown, enumerable: true });
  for (const headers of [null, undefined, "", "text", 7, [], trap, getter, { get: thrown }, Object.create(null), () => {}]) {
    assert.equal(requestId(headers), undefined);
  }
});

test("a date of another kind than HTTP's is none", () => {
  const date = new Date("1994-11-06T08:49:37Z");
  assert.deepEqual(retryAfter("Sunday, 06-Nov-94 08:49:37 GMT"), date);
  assert.deepEqual(retryAfter("Thursday, 01-Jan-70 00:00:00 GMT"), new Date(0));
  assert.deepEqual(retryAfter("Tuesday, 31-Dec-69 00:00:00 GMT"), new Date("2069-12-31T00:00:00Z"));
  for (const value of [
    "Invalid Date",
    "Sun, 06 Nov 1994 08:49:37 GMT\0",
    "Sun,  6 Nov 1994 08:49:37 GMT",
    "Sun, 6 Nov 1994 08:49:37 GMT",
    "Sunsday, 06-Nov-94 08:49:37 GMT",
    "Sund, 06-Nov-94 08:49:37 GMT",
    "Monday, 06-Nov-94 08:49:37 GMT",
    "Sunday, 06-Nov-1994 08:49:37 GMT",
    "Sun Nov  6 08:49:37 1994 GMT",
    "Sun, 06 Nov 199994 08:49:37 GMT",
    "7\n8",
    "٧",
  ]) {
    assert.equal(retryAfter(value), undefined, value);
  }
});

test("statuses of other kinds", () => {
  for (const status of [-1, 0, NaN, Infinity, 1e21]) {
    const error = ApiError.fromResponse(status, {}, "");
    assert.equal(error.retry, "never");
    assert.ok(error.message.startsWith(`HTTP ${status}: `));
  }
});

test("what shows nothing or reorders text is escaped, and its neighbours are not", () => {
  // The ranges of src/text/one_line.rs.
  const hidden = `0-1f 7f-9f ad-ad 34f-34f 61c-61c 115f-1160 17b4-17b5 180b-180f 200b-200f 2028-202e
    2060-206f 3164-3164 feff-feff ffa0-ffa0 fff0-fffb 1bca0-1bca3 1d173-1d17a e0000-e0fff`;
  const line = (point) => ApiError.fromResponse(400, {}, String.fromCodePoint(point, 0x78)).message;
  for (const range of hidden.split(/\s+/)) {
    const [first, last] = range.split("-").map((point) => parseInt(point, 16));
    for (const point of [first, last]) {
      const escape = { 9: "\\t" }[point] ?? `\\u{${point.toString(16)}}`;
      assert.ok(line(point).endsWith(`: ${escape}x`), line(point));
    }
    for (const point of [Math.max(first - 1, 0x20), last + 1]) {
      assert.ok(line(point).endsWith(`: ${String.fromCodePoint(point)}x`), line(point));
    }
  }
  for (const point of [0xfe00, 0xfe0f, 0x2019, 0x1f600]) assert.ok(!line(point).includes("\\u"));
});

test("it runs without a bundler as it does with one", { skip: !ifInstalled("esbuild") }, () => {
  const source = readFileSync(`${folder}/errors.ts`, "utf8");
  assert.equal(bundled(erased(source), "js"), bundled(source, "ts"));
});
