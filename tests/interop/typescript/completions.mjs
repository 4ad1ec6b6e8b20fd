// An editor completes every code of this version where open.ts has an empty string.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const file = here("open.ts");
const service = ts.createLanguageService({
  ...ts.sys,
  useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
  getCompilationSettings: () => ({ strict: true, moduleResolution: ts.ModuleResolutionKind.Bundler, types: [] }),
  getScriptFileNames: () => [file],
  getScriptVersion: () => "0",
  getScriptSnapshot: (path) => ts.sys.fileExists(path) && ts.ScriptSnapshot.fromString(ts.sys.readFile(path)),
  getDefaultLibFileName: ts.getDefaultLibFilePath,
});

const before = 'typed: OpenErrorCode = "';
const position = readFileSync(file, "utf8").indexOf(before) + before.length;
const offered = service.getCompletionsAtPosition(file, position, {})?.entries.map((entry) => entry.name) ?? [];
const codes = JSON.parse(readFileSync(here("../../../schema/errors.json"), "utf8")).codes.map((code) => code.name);
const missing = codes.filter((code) => !offered.includes(code));
if (missing.length > 0) {
  console.log(`not completed: ${missing.join(", ")}`);
  process.exit(1);
}
