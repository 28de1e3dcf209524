import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Tool } from "./find-tool.ts";

/** Where a checkout keeps its own interpreter. */
const ENVIRONMENTS = [".venv", "venv", "env", ".env"];
const ASK = "import sys, pytest; print(sys.executable); print(pytest.__version__)";
const PATIENCE_MS = 20_000;

/**
 * The first interpreter that has pytest: the environment of the user's checkout, the active one, else the system's. They are asked in isolated mode and
 * away from the tree, so nothing of the tree runs. `script` of what is given is the interpreter.
 */
export function findPytest(checkouts: readonly string[], env: Readonly<Record<string, string | undefined>> = process.env): Promise<Tool | undefined> {
  const key = JSON.stringify([checkouts, env["VIRTUAL_ENV"], env["PATH"]]);
  const known = asked.get(key) ?? lookFor(checkouts, env);
  asked.set(key, known);
  return known;
}

/** Starting an interpreter costs as much as a test: each is asked once. */
const asked = new Map<string, Promise<Tool | undefined>>();

async function lookFor(checkouts: readonly string[], env: Readonly<Record<string, string | undefined>>): Promise<Tool | undefined> {
  const bin = process.platform === "win32" ? join("Scripts", "python.exe") : join("bin", "python");
  const homes = [...checkouts.flatMap((folder) => ENVIRONMENTS.map((name) => join(folder, name))), ...(env["VIRTUAL_ENV"] === undefined ? [] : [env["VIRTUAL_ENV"]])];
  for (const python of [...homes.map((home) => join(home, bin)).filter((path) => existsSync(path)), "python3", "python"]) {
    const found = await ask(python);
    if (found) return found;
  }
  return undefined;
}

function ask(python: string): Promise<Tool | undefined> {
  return new Promise((done) => {
    execFile(python, ["-I", "-c", ASK], { cwd: "/", timeout: PATIENCE_MS }, (error, stdout) => {
      const [script, version] = stdout.split("\n").map((line) => line.trim());
      done(error || !script ? undefined : { script, folder: script, version: version ?? "" });
    });
  });
}
