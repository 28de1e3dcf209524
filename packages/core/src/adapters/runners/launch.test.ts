import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { cleanEnvironment } from "./clean-environment.ts";
import { ordinaryIsolation } from "./isolation.ts";
import { keepOutput } from "./kept-output.ts";
import { launch, type LaunchCommand } from "./launch.ts";

const folder = mkdtempSync(join(tmpdir(), "launch-"));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (script: string, more: Partial<LaunchCommand> = {}) =>
  launch({
    argv: [process.execPath, "-e", script],
    cwd: folder,
    env: { PATH: process.env["PATH"] ?? "" },
    budgetMs: 20_000,
    signal: new AbortController().signal,
    mark: "s-test",
    ...more,
  });

/** A killed process nobody collects stays listed as a zombie. */
function isRunning(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

describe("starting a program", () => {
  it("gives its exit code and output", async () => {
    expect(await run("console.log('out'); console.error('err'); process.exitCode = 3")).toMatchObject({ code: 3, ended: "exit", output: "out\nerr\n" });
  });

  it("is a result with a reason when it can't be started", async () => {
    const result = await run("", { argv: ["/nowhere/program"] });
    expect(result).toMatchObject({ code: 127, ended: "exit" });
    expect(result.output).toContain("could not start /nowhere/program");
  });

  it("ends it when its time is spent, and on an abort", async () => {
    expect(await run("for (;;) {}", { budgetMs: 300 })).toMatchObject({ ended: "budget", code: null });
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 200);
    expect(await run("setInterval(() => {}, 1000)", { signal: abort.signal })).toMatchObject({ ended: "aborted" });
    expect(await run("", { signal: AbortSignal.abort() })).toMatchObject({ ended: "aborted", tookMs: 0 });
  });

  const grandchild = `const { spawn } = require('node:child_process');
    const child = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)'], { detached: true, stdio: 'inherit' });
    console.log(child.pid); child.unref();`;

  it.runIf(process.platform === "linux")("ends a grandchild that left the group when the program ends", async () => {
    const result = await run(grandchild);
    expect(result).toMatchObject({ code: 0, leftRunning: 1 });
    expect(isRunning(Number(result.output))).toBe(false);
    expect(result.tookMs).toBeLessThan(5000);
  });

  it.runIf(process.platform === "linux")("ends a grandchild that left the group when the time is spent", async () => {
    const result = await run(`${grandchild} setInterval(() => {}, 1000)`, { budgetMs: 1000 });
    expect(isRunning(Number(result.output))).toBe(false);
  });

  it("keeps the first and the last of a long output", async () => {
    const result = await run(
      "process.stdout.write('first\\n'); for (let i = 0; i < 300; i++) process.stdout.write('x'.repeat(10000)); process.stdout.write('\\nlast')",
    );
    expect(result.output.length).toBeLessThan(600_000);
    expect(result.output.startsWith("first\n")).toBe(true);
    expect(result.output.endsWith("last")).toBe(true);
    expect(result.output).toContain("bytes left out");
  });
});

it("keeps a short output whole", () => {
  const kept = keepOutput(10);
  for (const part of ["0123456789", "abc", "defghij"]) kept.add(Buffer.from(part));
  expect(kept.text()).toBe("0123456789abcdefghij");
});

describe("the environment of tests", () => {
  it("holds nothing that was not allowed, and what was declared", () => {
    const from = {
      PATH: "/bin",
      HOME: "/home/me",
      GITHUB_TOKEN: "secret",
      AWS_SECRET_ACCESS_KEY: "secret",
      NODE_OPTIONS: "--inspect",
      LANG: "de_DE.UTF-8",
      DB_URL: "x",
      npm_config_registry: "y",
    };
    const env = cleanEnvironment({ scratch: "/s", programs: ["/w/node_modules/.bin"], needs: ["DB_URL", "ABSENT"], variables: { NODE_ENV: "test" } }, from);
    expect(Object.keys(env).sort()).toEqual(["CI", "DB_URL", "HOME", "LANG", "NODE_ENV", "PATH", "TEMP", "TMP", "TMPDIR"]);
    expect(env).toMatchObject({ HOME: "/s/home", CI: "true", LANG: "de_DE.UTF-8" });
    expect(env["PATH"]?.startsWith("/w/node_modules/.bin:")).toBe(true);
  });
});

describe("isolation", () => {
  it("says what it achieved, and what it says is true", async () => {
    const isolation = await ordinaryIsolation(undefined);
    const probe = `const net = require('node:net');
      const server = net.createServer().listen(0, '127.0.0.1', () => net.connect(server.address().port, '127.0.0.1', () => {
        console.log(Object.values(require('node:os').networkInterfaces()).flat().filter((one) => !one.internal).length); process.exit(0);
      }));`;
    const result = await run("", { argv: [...isolation.prefix, process.execPath, "-e", probe] });
    expect(result.code).toBe(0);
    if (isolation.says.includes("limited to loopback")) expect(result.output.trim()).toBe("0");
    else expect(isolation.says).toContain("network open");
  });

  it("leaves the network open for declared ports, and says so", async () => {
    expect(await ordinaryIsolation({ ports: [5432] })).toMatchObject({ prefix: [], says: expect.stringContaining("port 5432") as string });
  });
});
