// prism.mjs COMMAND FOLDER: COMMAND, run in FOLDER, starts a mock server of a document that refers to our responses by
// file. Each status must have its own codes: one of them by itself, and each one that a request asks for.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const [command, folder] = process.argv.slice(2);
const codes = JSON.parse(readFileSync(`${folder}/errors.json`, "utf8")).codes.filter((code) => code.status.value !== null);
const statuses = [...new Set(codes.map((code) => code.status.value))];

// Port 0: any free port, which Prism then prints. Its own process group, so that all that npx started ends.
const server = spawn(`${command} --port 0`, {
  cwd: folder,
  shell: true,
  detached: true,
  stdio: ["ignore", "pipe", "inherit"],
});
process.on("exit", () => process.kill(-server.pid));
const base = await address(server);

async function address({ stdout }) {
  const seen = [];
  for await (const line of createInterface({ input: stdout })) {
    seen.push(line);
    const [, url] = line.match(/listening on (http:\S+)/) ?? [];
    if (url) return url;
  }
  throw new Error(`Prism did not start:\n${seen.join("\n")}`);
}

async function ask(prefer) {
  const response = await fetch(`${base}/v0/prints`, { headers: { Prefer: prefer }, signal: AbortSignal.timeout(10_000) });
  assert.ok(response.headers.has("request-id"), `${prefer}: no Request-Id`);
  return [response.status, (await response.json()).error];
}

for (const status of statuses) {
  const own = codes.filter((code) => code.status.value === status);
  const [answered, error] = await ask(`code=${status}`);
  assert.equal(answered, status);
  assert.ok(own.some(({ name }) => name === error.code), `${status} has ${error.code}`);
  for (const { name, example } of own) {
    assert.deepEqual(await ask(`code=${status}, example=${name}`), [status, example.value.error], name);
  }
}
console.log(`${statuses.length} statuses answer with their own codes, and with each of ${codes.length} that is asked for`);
process.exit(0);
