import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(js.configs.recommended, tseslint.configs.strictTypeChecked, {
  languageOptions: { parserOptions: { project: ["tsconfig.json", "tsconfig.usage.json"] } },
  linterOptions: { reportUnusedDisableDirectives: "error" },
});
