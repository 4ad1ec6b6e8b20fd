// jsdoc.mjs GENERATED.ts: every description of the catalogue is JSDoc on its type or field.
import { readFileSync } from "node:fs";
import ts from "typescript";

const file = process.argv[2];
const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
const catalogue = JSON.parse(readFileSync(new URL("../../../schema/errors.json", import.meta.url), "utf8"));

// By name, and by owner and name: `ErrorObject`, `ErrorObject.param`.
const docs = new Map();
function collect(node, owner) {
  const name = node.name?.text;
  if (name !== undefined) {
    const text = (node.jsDoc ?? []).map((doc) => doc.getText()).join("\n");
    for (const key of [name, `${owner}.${name}`]) docs.set(key, (docs.get(key) ?? "") + text);
  }
  ts.forEachChild(node, (child) => collect(child, name ?? owner));
}
collect(source);

const description = (field) => catalogue.fields.find(({ name }) => name === field).description;
const wanted = [
  ["ErrorObject.message", description("message")],
  ["ErrorObject.param", description("param")],
  ["ErrorType", description("type")],
  ["ErrorCode", description("code")],
  ...catalogue.types.map((type) => ["ErrorType", `\`${type.name}\`: ${type.description}`]),
  ...catalogue.codes.map((code) => ["ErrorCode", `\`${code.name}\`: ${code.description}`]),
];
// In a list, a description is Markdown: some of its characters may be escaped.
const plain = (text) => text?.replaceAll("\\", "");
const missing = wanted.filter(([where, text]) => !plain(docs.get(where))?.includes(plain(text)));
if (missing.length > 0) {
  console.log(missing.map(([where, text]) => `no JSDoc on ${where}: ${text}`).join("\n"));
  process.exit(1);
}
