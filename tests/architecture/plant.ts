import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));

export interface Planted {
  readonly file: string;
  /** Put in front of what the file holds; a file that does not exist is made. */
  readonly line: string;
}

/** A copy of the sources in which violations can be planted without touching the checkout. */
export async function copyOfSources(): Promise<{ plant(planted: readonly Planted[]): Promise<void>; rulesBroken(): Promise<Map<string, string[]>>; remove(): Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), "proofline-rules-"));
  for (const part of ["packages", "architecture.mjs", ".dependency-cruiser.mjs", "tsconfig.json", "package.json"]) {
    await cp(join(root, part), join(dir, part), { recursive: true, filter: (path) => !/\/(node_modules|dist)(\/|$)/.test(path) });
  }
  await symlink(join(root, "node_modules"), join(dir, "node_modules"));
  return {
    plant: async (planted) => {
      for (const { file, line } of planted) {
        const path = join(dir, file);
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, `${line}\n${await readFile(path, "utf8").catch(() => "")}`);
      }
    },
    rulesBroken: () => cruise(dir),
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}

interface CruiseReport {
  readonly summary: { readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[] };
}

/** Rule name -> files that break it. */
async function cruise(dir: string): Promise<Map<string, string[]>> {
  const binary = join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const args = [binary, "packages", "--config", ".dependency-cruiser.mjs", "--output-type", "json"];
  const { stdout } = await run(process.execPath, args, { cwd: dir, maxBuffer: 1 << 28 }).catch((error: { stdout: string }) => error);
  const { violations } = (JSON.parse(stdout) as CruiseReport).summary;
  const broken = new Map<string, string[]>();
  for (const { rule, from } of violations) broken.set(rule.name, [...(broken.get(rule.name) ?? []), from]);
  return broken;
}
