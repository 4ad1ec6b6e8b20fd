// The cases in a browser: the bundle of this file writes the result into the page.
import document_ from "./conformance.json";
import * as module from "./errors";
import { failures } from "./cases.mjs";

const { cases } = document_;
document.body.textContent = failures(module, cases).join("\n") || `${cases.length} cases pass`;
