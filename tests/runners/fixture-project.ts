import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { ReportReader, RunRequest, TestCase, TestExecutor, TestRun, TestSetup } from "../../packages/core/src/evidence/index.ts";
import { launch } from "../../packages/core/src/adapters/runners/launch.ts";
import { projectTestExecutor, type ExecutorParts } from "../../packages/core/src/adapters/runners/project-test-executor.ts";
import { openWorkspaces } from "../../packages/core/src/adapters/workspaces/git-workspaces.ts";

const MODULES = fileURLToPath(new URL("../../node_modules", import.meta.url));

/** A small project of its own with real runners linked in, and an executor over it. */
export interface FixtureProject {
  readonly root: string;
  readonly temporary: string;
  readonly executor: TestExecutor;
  /** Commits these files and gives the commit. */
  commit(files: Readonly<Record<string, string>>): string;
  /** Detects and runs, and gives the one run there is. */
  run(tree: string, more?: Partial<RunRequest>, setups?: readonly TestSetup[]): Promise<TestRun>;
  remove(): Promise<void>;
}

export const noReports: ReportReader = { read: () => Promise.resolve([]) };

export function makeProject(packages: readonly string[], reports: ReportReader = noReports, more: Pick<ExecutorParts, "limits"> & { readonly copied?: boolean; readonly cached?: boolean } = {}): FixtureProject {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "runner-test-")));
  const root = join(folder, "project");
  const temporary = join(folder, "tmp");
  mkdirSync(join(root, "node_modules"), { recursive: true });
  mkdirSync(temporary);
  if (more.copied) copyPackages(packages, join(root, "node_modules"));
  else for (const name of packages) symlinkSync(join(MODULES, name), join(root, "node_modules", name));
  git(root, "init", "-q", "-b", "main");
  const cache = more.cached ? { cacheFolder: join(folder, "cache") } : {};
  const workspaces = openWorkspaces({ repository: root, checkout: root, temporaryFolder: temporary, launch, ...cache });
  const executor = projectTestExecutor({ repository: readFrom(root), workspaces, reports, hidden: [root], ...(more.limits && { limits: more.limits }) });
  return {
    root,
    temporary,
    executor,
    commit: (files) => commit(root, { ".gitignore": "node_modules\n", ...files }),
    run: async (tree, more = {}, setups) => {
      const found = setups ?? (await executor.detect(tree));
      const request: RunRequest = { tree, selection: "all", budgetMs: 60_000, signal: new AbortController().signal, ...more };
      const runs = (await executor.run(found, request)).filter((one): one is TestRun => one.kind === "test-run");
      const [only] = runs;
      if (!only || runs.length > 1) throw new Error(`expected one run, got ${runs.length}: ${JSON.stringify(found)}`);
      return only;
    },
    remove: async () => {
      await workspaces.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Packages with all they depend on, as hard links: a link out of the project leads nowhere under strict isolation. Sorted by
 * folder, what a package holds inside itself comes along with it.
 */
function copyPackages(packages: readonly string[], to: string): void {
  const wanted = new Set<string>();
  const queue = packages.map((name) => join(MODULES, name));
  for (let folder = queue.pop(); folder !== undefined; folder = queue.pop()) {
    if (wanted.has(folder)) continue;
    wanted.add(folder);
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<string, Record<string, unknown> | undefined>;
    const names = ["dependencies", "optionalDependencies", "peerDependencies"].flatMap((kind) => Object.keys(manifest[kind] ?? {}));
    for (const name of names) {
      const found = resolvedFrom(folder, name);
      if (found !== undefined) queue.push(found);
    }
  }
  const linkable = statSync(MODULES).dev === statSync(to).dev;
  const top = new Set([...wanted].map((folder) => relative(MODULES, folder).split("/node_modules/")[0] ?? ""));
  for (const scope of new Set([...top].map((name) => dirname(name)))) {
    mkdirSync(join(to, scope), { recursive: true });
    const sources = [...top].filter((name) => dirname(name) === scope).map((name) => join(MODULES, name));
    execFileSync("cp", [linkable ? "-al" : "-a", "-t", join(to, scope), ...sources]);
  }
}

/** Where a package finds another: beside its own packages, else further up, as Node looks. */
function resolvedFrom(folder: string, name: string): string | undefined {
  for (let at = folder; at.startsWith(MODULES); at = dirname(at)) {
    const found = join(at, "node_modules", name);
    if (existsSync(found)) return found;
  }
  return existsSync(join(MODULES, name)) ? join(MODULES, name) : undefined;
}

/** `suite > name: outcome kind`, sorted: what a run says, in lines a person can compare. */
export function told(run: TestRun): readonly string[] {
  const line = (one: TestCase): string => {
    const kind = one.failure ? ` ${one.failure.kind}` : "";
    return `${[...one.id.suite, one.id.name].join(" > ")}: ${one.outcome}${kind}`;
  };
  return run.cases.map(line).sort();
}

function git(cwd: string, ...args: readonly string[]): string {
  return execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.org", ...args], { cwd, encoding: "utf8" }).trim();
}

function commit(root: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  git(root, "add", "-A");
  git(root, "commit", "-q", "--allow-empty", "-m", "change");
  return git(root, "rev-parse", "HEAD");
}

function readFrom(root: string): ExecutorParts["repository"] {
  return {
    listFiles: (tree) =>
      Promise.resolve(
        git(root, "ls-tree", "-r", "--name-only", tree)
          .split("\n")
          .map((path) => ({ path, mode: "100644", blob: "" })),
      ),
    readFiles: (tree, paths) => {
      const text = (path: string): string | undefined => {
        try {
          return execFileSync("git", ["show", `${tree}:${path}`], { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
        } catch {
          return undefined;
        }
      };
      const found = paths.flatMap((path) => {
        const content = text(path);
        return content === undefined ? [] : [[path, { blob: "", bytes: content.length, text: content }] as const];
      });
      return Promise.resolve(new Map(found));
    },
  };
}

/** Every file below a folder with its content: to see that a run changed nothing. */
export function contentsOf(root: string): string {
  const names = execFileSync("find", [".", "-type", "f", "-not", "-path", "./.git/index"], { cwd: root, encoding: "utf8" }).trim().split("\n").sort();
  return names.map((name) => `${name} ${readFileSync(join(root, name)).toString("base64").slice(0, 400)}`).join("\n");
}
