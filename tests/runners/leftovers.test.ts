import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { openSessionFolder } from "../../packages/core/src/adapters/workspaces/session-folder.ts";

const base = realpathSync(mkdtempSync(join(tmpdir(), "leftovers-")));
const children: ReturnType<typeof spawn>[] = [];
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(base, { recursive: true, force: true });
});

/** A session's folder and a process of it, as they stay behind when the session and its guard were killed at once. */
function session(pid: number, started: string): { readonly folder: string; readonly child: ReturnType<typeof spawn> } {
  const host = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
  const name = `s-${pid}-${started}-${host}-abcdef012345`;
  const folder = join(base, `proofline-${process.getuid?.() ?? "user"}`, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "file"), "x");
  const child = spawn("sleep", ["300"], { stdio: "ignore", env: { PATH: process.env["PATH"], PROOFLINE_SESSION: name } });
  children.push(child);
  return { folder, child };
}

it.runIf(process.platform === "linux")(
  "the next start ends the processes of a dead session and removes its folder, and leaves a living one alone",
  async () => {
    const gone = spawnSync(process.execPath, ["-e", ""]);
    const stat = readFileSync("/proc/self/stat", "latin1");
    const started = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "0";
    const dead = session(gone.pid, "1");
    const living = session(process.pid, started);
    const opened = await openSessionFolder(base);
    try {
      await expect.poll(() => dead.child.signalCode).toBe("SIGKILL");
      expect([existsSync(dead.folder), existsSync(living.folder), living.child.signalCode]).toEqual([false, true, null]);
    } finally {
      await opened.remove();
    }
  },
);
