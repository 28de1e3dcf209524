import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as pause } from "node:timers/promises";

const cli = fileURLToPath(new URL("../packages/cli/dist/proofline.js", import.meta.url));

/** Proofs made at the same time. */
const TOGETHER = 10;
/** Half of them prove the same change, the others one of their own each. */
const CHANGES = 6;

export interface TogetherRound {
  /** Proofs ended with SIGKILL in the middle. */
  readonly killed: number;
  readonly problems: readonly string[];
}

/**
 * Ten proofs at once in one checkout, half of them of the same change. Every test listens on the same port, writes to the same file of its temporary
 * folder and takes its time, so that whatever they share shows. Some are killed in the middle: the others must not notice, and the next start must
 * find nothing of them.
 */
export async function* tenAtOnce(rounds: number, seed: number, kill: number): AsyncGenerator<TogetherRound> {
  const home = mkdtempSync(join(tmpdir(), "proofline-together-"));
  try {
    const temporary = join(home, "tmp");
    mkdirSync(temporary);
    const env = { PATH: process.env["PATH"] ?? "", HOME: home, TMPDIR: temporary, GIT_CONFIG_NOSYSTEM: "1", LC_ALL: "C" };
    const dir = makeRepository(join(home, "repo"));
    for (let round = 0; round < rounds; round += 1) {
      // What an earlier round remembered would be answered without running anything.
      rmSync(join(dir, ".proofline"), { recursive: true, force: true });
      const started = Array.from({ length: TOGETHER }, (_, at) => prove(dir, env, at % 2 === 0 ? 0 : 1 + (((at - 1) / 2) % (CHANGES - 1))));
      const doomed = started.slice(0, kill);
      const times = doomed.map((_, at) => 300 + ((seed * 7919 + round * 104729 + at * 1299709) % 2500));
      await Promise.all(doomed.map((one, at) => pause(times[at]).then(() => one.child.kill("SIGKILL"))));
      const answers = await Promise.all(started.map((one) => one.answer));
      const after = await prove(dir, env, 0).answer;
      yield { killed: doomed.length, problems: [...answers.slice(kill).flatMap(wrong), ...wrong(after), ...records(dir), ...(await leftovers(temporary, home))] };
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

interface Answer {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

function prove(dir: string, env: Readonly<Record<string, string>>, change: number): { readonly child: ChildProcess; readonly answer: Promise<Answer> } {
  const child = spawn(process.execPath, [cli, "prove", "--broken", "main", "--fixed", `fix-${change}`, "--repeat", "1", "--format", "json"], { cwd: dir, env, stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let err = "";
  child.stdout.on("data", (part: Buffer) => (out += part.toString()));
  child.stderr.on("data", (part: Buffer) => (err += part.toString()));
  return { child, answer: new Promise((done) => child.once("close", (status) => done({ status, out, err }))) };
}

function wrong({ status, out, err }: Answer): string[] {
  const record = out === "" ? undefined : (JSON.parse(out) as { readonly outcome: string; readonly because: string; readonly isolation: string });
  // Where no network of its own can be had, tests that listen on one port do disturb each other, and the record says so.
  if (status === 0 && record?.outcome === "proven") return [];
  return [`exit ${status}: ${record === undefined ? err.slice(-500) : `${record.outcome}: ${record.because} (${record.isolation})`}`];
}

/** Every record is called what it holds, and none is half. */
function records(dir: string): string[] {
  const folder = join(dir, ".proofline/proofs");
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return [
    ...(names.length === 0 ? ["no record was kept"] : []),
    ...names.filter((name) => name !== `${createHash("sha256").update(readFileSync(join(folder, name))).digest("hex")}.json` && !/\.json\.\d+-/.test(name)).map((name) => `record ${name} is not called what it holds`),
  ];
}

/** What is left in the temporary folder and still runs, once the guards of killed ones had their time. */
async function leftovers(temporary: string, home: string): Promise<string[]> {
  let left: string[] = [];
  for (let tries = 0; tries < 100; tries += 1) {
    left = [...readdirSync(temporary).flatMap((name) => readdirSync(join(temporary, name)).map((inside) => `left: ${name}/${inside}`)), ...running(home)];
    if (left.length === 0) return [];
    await pause(100);
  }
  return left;
}

function running(home: string): string[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, "utf8").includes(`HOME=${home}`) ? [`still running: ${readFileSync(`/proc/${pid}/comm`, "utf8").trim()}`] : [];
      } catch {
        return [];
      }
    });
}

const TEST = `import assert from "node:assert/strict";
import { createServer } from "node:http";
import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { add } from "../sum.js";
import { one } from "one";
test("answers on its port and keeps its file", async () => {
  const server = createServer((_, response) => response.end(String(add(one, 2))));
  await new Promise((done, fail) => server.on("error", fail).listen(18473, "127.0.0.1", done));
  const file = join(tmpdir(), "mine");
  writeFileSync(file, String(process.pid));
  await new Promise((done) => setTimeout(done, 300));
  try {
    assert.equal(readFileSync(file, "utf8"), String(process.pid));
    assert.equal(await (await fetch("http://127.0.0.1:18473/")).text(), "3");
  } finally {
    server.close();
    server.closeAllConnections();
  }
});
`;

/** A project with a package in its checkout, and fixes on branches. */
function makeRepository(dir: string): string {
  mkdirSync(join(dir, "test"), { recursive: true });
  mkdirSync(join(dir, "node_modules/one"), { recursive: true });
  const git = (...args: string[]): string => execFileSync("git", ["-c", "user.name=Soak", "-c", "user.email=soak@example.com", "-c", "init.defaultBranch=main", ...args], { cwd: dir, encoding: "utf8" });
  const files: Readonly<Record<string, string>> = {
    "package.json": '{ "name": "together", "type": "module", "scripts": { "test": "node --test" }, "dependencies": { "one": "1.0.0" } }\n',
    ".gitignore": "node_modules\n.proofline\n",
    "node_modules/one/package.json": '{ "name": "one", "version": "1.0.0", "type": "module", "exports": "./index.js" }\n',
    "node_modules/one/index.js": "export const one = 1;\n",
    "sum.js": "export const add = (a, b) => a - b;\n",
  };
  for (const [path, text] of Object.entries(files)) writeFileSync(join(dir, path), text);
  git("init", "-q");
  git("add", "-A");
  git("commit", "-qm", "Start");
  for (let change = 0; change < CHANGES; change += 1) {
    git("checkout", "-q", "-b", `fix-${change}`, "main");
    writeFileSync(join(dir, "sum.js"), `export const add = (a, b) => a + b + ${change} - ${change};\n`);
    mkdirSync(join(dir, "test"), { recursive: true });
    writeFileSync(join(dir, "test/sum.test.js"), `${TEST}// ${change}\n`);
    git("add", "-A");
    git("commit", "-qm", "fix: add");
  }
  git("checkout", "-q", "main");
  return dir;
}
