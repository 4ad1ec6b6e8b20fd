// What an editor shows of errors.ts, by the TypeScript language service: editor.mjs SCHEMA_DIR.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { installed } from "./load.mjs";

const ts = installed("typescript");
const folder = resolve(process.argv[2]);
const catalogue = JSON.parse(readFileSync(`${folder}/errors.json`, "utf8"));
const file = `${folder}/typed-in-an-editor.ts`;
const typed = `import { ErrorCode, ErrorType, type ErrorObject } from "./errors.js";
const code: ErrorCode = "";
const type: ErrorType = "";
const lookup = [ErrorCode.NotFound, ErrorType.RateLimited];
const fields = (object: ErrorObject) => object.message;
`;
const read = (path) => (path === file ? typed : ts.sys.readFile(path));
const service = ts.createLanguageService({
  ...ts.sys,
  useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
  fileExists: (path) => path === file || ts.sys.fileExists(path),
  readFile: read,
  getCompilationSettings: () => ({ strict: true, moduleResolution: ts.ModuleResolutionKind.Bundler, types: [] }),
  getScriptFileNames: () => [file],
  getScriptVersion: () => "0",
  getScriptSnapshot: (path) => {
    const text = read(path);
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
  },
  getDefaultLibFileName: ts.getDefaultLibFilePath,
});
assert.deepEqual(service.getSemanticDiagnostics(file), []);

/** What is offered after this text. */
function offered(before) {
  const position = typed.indexOf(before) + before.length;
  const { entries } = service.getCompletionsAtPosition(file, position, {});
  return entries.map(({ name, kindModifiers }) => {
    const details = service.getCompletionEntryDetails(file, position, name, {}, undefined, {}, undefined);
    const documentation = ts.displayPartsToString(details?.documentation);
    return { name, documentation, deprecated: kindModifiers.includes("deprecated") };
  });
}

const pascal = (name) => name.replace(/(?:^|_)([a-z0-9])/g, (_, letter) => letter.toUpperCase());
// A comment cannot hold its own end, and shows what nobody could see as an escape.
const shown = (text) =>
  text.replace("*/", "*\\/").replace(/[\u202e\u200b\u{e0041}]/gu, (char) => `\\u{${char.codePointAt(0).toString(16)}}`);

for (const [literal, member, rows] of [
  ['code: ErrorCode = "', "ErrorCode.", catalogue.codes],
  ['type: ErrorType = "', "ErrorType.", catalogue.types],
]) {
  assert.deepEqual(offered(literal).map(({ name }) => name).sort(), rows.map(({ name }) => name).sort());
  const wanted = rows.map(({ name, description, withdrawn }) => ({
    name: pascal(name),
    documentation: shown(description),
    deprecated: withdrawn !== null,
  }));
  const byName = (a, b) => (a.name < b.name ? -1 : 1);
  assert.deepEqual(offered(member).sort(byName), wanted.sort(byName));
}
const fields = new Map(offered("object.").map(({ name, documentation }) => [name, documentation]));
for (const { name, description } of catalogue.fields) assert.equal(fields.get(name), description);
console.log("an editor completes each name and shows its description");
