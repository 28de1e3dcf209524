import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Control, Files } from "./kinds.ts";
import type { Dialect } from "./runners.ts";

const MODULES = fileURLToPath(new URL("../../../node_modules", import.meta.url));

/** A repository with one change in it. */
export interface ControlRepository {
  readonly dir: string;
  readonly broken: string;
  readonly fixed: string;
  readonly testFile: string;
}

/** Writes a control's repository below a folder: the state before, the change, and for a wrong pair one more commit behind it. */
export function makeRepository(control: Control, dialect: Dialect, folder: string): ControlRepository {
  const dir = join(folder, `${dialect.runner.replace(":", "-")}-${control.kind.replaceAll(/\W+/g, "-")}`);
  mkdirSync(join(dir, "node_modules"), { recursive: true });
  for (const name of dialect.packages) symlinkSync(join(dialect.modulesFrom ?? MODULES, name), join(dir, "node_modules", name));
  git(dir, "init", "-q", "-b", "main");
  const { base, head } = control.files(dialect);
  const before = commit(dir, { ".gitignore": "node_modules\n", "package.json": manifest(dialect), ...base }, "chore: start");
  const after = commit(dir, head, control.message ?? "fix: total of two");
  if (control.pair === undefined) return { dir, broken: before, fixed: after, testFile: dialect.testFile };
  const later = commit(dir, { [dialect.testFile]: `${head[dialect.testFile] ?? ""}\n// again\n`, "src/other.js": "\n" }, "fix: again");
  return { dir, broken: after, fixed: later, testFile: dialect.testFile };
}

const manifest = ({ modules, script, packages }: Dialect): string =>
  `${JSON.stringify({ name: "control", private: true, type: modules === "esm" ? "module" : "commonjs", scripts: { test: script }, devDependencies: Object.fromEntries(packages.map((name) => [name, "*"])) }, null, 2)}\n`;

function commit(dir: string, files: Files, message: string): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  git(dir, "add", "-A");
  git(dir, "commit", "-q", "--allow-empty", "-m", message);
  return git(dir, "rev-parse", "HEAD");
}

const git = (cwd: string, ...args: readonly string[]): string => execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.org", ...args], { cwd, encoding: "utf8" }).trim();
