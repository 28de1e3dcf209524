import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Runs `act` in a throw-away repository whose working tree holds a planted secret. The repository is removed afterwards. */
export async function inScratchRepository<T>(act: (dir: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), "proofline-canary-"));
  const git = (...args: string[]) =>
    run("git", ["-c", "user.name=Canary", "-c", "user.email=canary@localhost", "-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false", "-c", "core.hooksPath=", ...args], { cwd: dir });
  try {
    await git("init", "-q");
    await writeFile(join(dir, "mailer.js"), "export const mailer = {};\n");
    await git("add", "-A");
    await git("commit", "-qm", "Start");
    await writeFile(join(dir, "mailer.js"), `export const mailer = { key: "${plantedKey()}" };\n`);
    return await act(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Of a real format, never valid, and put together here so that this source holds no key itself. */
const plantedKey = (): string => ["sk", "live", "4eC39HqLyjW7arjtT1zd8Qb2"].join("_");
