// Runs a bundle with what browsers have, and nothing of node's: browser-like.mjs BUNDLE.
import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";

const document = { body: { textContent: "" } };
const globals = { document, TextDecoder, TextEncoder, Headers, atob };
runInNewContext(readFileSync(process.argv[2], "utf8"), globals);
console.log(`${document.body.textContent} in a bundle`);
process.exitCode = / cases pass$/.test(document.body.textContent) ? 0 : 1;
