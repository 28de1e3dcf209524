import { posix } from "node:path";
import { fileKind, isTestSide } from "#change";
import type { TestSetup, TestStart } from "#evidence";
import { ASSERTS } from "./choose-setup.ts";
import { otherRunners, pytestByItsSettings } from "./other-runners.ts";
import { readManifests, type Manifest, type TreeView } from "./package-manifests.ts";
import { buildCommand, readTestScripts } from "./test-script.ts";

/** Finds how a tree's packages run their tests: by their own test scripts first, then by configuration files, then by what they depend on. */
export async function detectSetups(tree: TreeView, declared: readonly Partial<TestSetup>[] = []): Promise<readonly TestSetup[]> {
  const said = declared.flatMap((one) => (one.command === undefined ? [] : [fromDeclaration(one, one.command)]));
  const covered = new Set(said.map((setup) => setup.packageDir));
  const manifests = await readManifests(tree);
  const found = (await Promise.all(manifests.map((manifest) => ofPackage(manifest, tree)))).flat();
  const own = withoutRepeated(found).filter((setup) => !covered.has(setup.packageDir));
  const python = own.length > 0 && said.length === 0 ? await pytestByItsSettings(tree) : undefined;
  const all = [...said, ...[...own, ...(python ? [python] : [])].map((setup) => withDeclaration(setup, declared))];
  return all.length > 0
    ? all
    : otherRunners(
        tree,
        manifests.map((one) => one.scripts),
      );
}

function fromDeclaration(declared: Partial<TestSetup>, command: string): TestSetup {
  const { report, needs } = declared;
  const extra = { ...(report === undefined ? {} : { report }), ...(needs === undefined ? {} : { needs }) };
  return { runner: "command", packageDir: declared.packageDir ?? ".", command, because: "declared in proofline.yaml", ...extra };
}

/** A declaration without a command adds needs, and settles which runner a package uses. */
function withDeclaration(setup: TestSetup, declared: readonly Partial<TestSetup>[]): TestSetup {
  const found =
    declared.find((one) => one.command === undefined && (one.packageDir ?? ".") === setup.packageDir) ??
    declared.find((one) => one.command === undefined && one.packageDir === undefined);
  return found?.needs === undefined ? setup : { ...setup, needs: found.needs };
}

interface Found extends TestSetup {
  /** A script starts it; otherwise it was concluded from a configuration file or a dependency. */
  readonly scripted: boolean;
}

/**
 * Where the root starts a runner itself it covers the packages that use the same one. A mere configuration at the root covers only the
 * packages without a script of their own: those that have one may count on being started in their own folder.
 */
function withoutRepeated(found: readonly Found[]): readonly TestSetup[] {
  const atRoot = found.filter((one) => one.packageDir === ".");
  const covered = (one: Found): boolean => atRoot.some((root) => root.runner === one.runner && (root.scripted || !one.scripted));
  return found.filter((one) => one.packageDir === "." || !covered(one)).map(({ scripted: _, ...setup }) => setup);
}

async function ofPackage(manifest: Manifest, tree: TreeView): Promise<readonly Found[]> {
  const scripts = await fromScripts(manifest, tree);
  if (scripts.length > 0) return scripts.map((setup) => ({ ...setup, scripted: true }));
  const configured = fromConfiguration(manifest, tree.paths);
  return configured ? [{ ...configured, scripted: false }] : [];
}

async function fromScripts(manifest: Manifest, tree: TreeView): Promise<readonly TestSetup[]> {
  const setups: TestSetup[] = [];
  for (const { runner, start, script } of readTestScripts(manifest.scripts, manifest.programs)) {
    const real = runner === "node" ? await runnerOfScript(manifest.dir, start, tree) : { runner, start };
    if (real === undefined) continue;
    const same = setups.findIndex((one) => one.runner === real.runner && sameSettings(one.start ?? {}, real.start));
    const before = same < 0 ? undefined : setups[same];
    if (before) setups[same] = { ...before, start: { ...before.start, files: [...(before.start?.files ?? []), ...(real.start.files ?? [])] } };
    else setups.push(setupOf(manifest, real.runner, real.start, `the "${script}" script of ${posix.join(manifest.dir, "package.json")} starts ${real.runner === "program" ? `${real.start.files?.[0]}, a program that tests by itself` : real.runner}`));
  }
  // A program beside a runner is some other step: only what no runner takes is its.
  return setups.toSorted((a, b) => Number(a.runner === "program") - Number(b.runner === "program"));
}

function sameSettings(one: TestStart, other: TestStart): boolean {
  const settings = (start: TestStart): string => JSON.stringify([start.nodeOptions ?? [], start.options ?? [], start.variables ?? {}]);
  return settings(one) === settings(other);
}

/** `node test.js`: the file's imports tell which runner it stands on; one that asserts by itself is a program of its own. */
async function runnerOfScript(dir: string, start: TestStart, tree: TreeView): Promise<{ readonly runner: string; readonly start: TestStart } | undefined> {
  const [named = ""] = start.files ?? [];
  const path = posix.join(dir, named);
  const file = [path, `${path}.js`, posix.join(path, "index.js")].find((one) => tree.paths.includes(one));
  const text = file === undefined ? undefined : await tree.read(file);
  if (file === undefined || text === undefined) return undefined;
  const found = /["'](node:test|tape|tap)["']/.exec(text)?.[1];
  if (found !== undefined) return { runner: found, start };
  return isTestSide({ kind: fileKind(file) }) && ASSERTS.test(text) ? { runner: "program", start: { ...start, files: [posix.relative(dir, file)] } } : undefined;
}

function setupOf(manifest: Manifest, runner: string, start: TestStart, because: string): TestSetup {
  const build = buildCommand(manifest.scripts);
  return { runner, packageDir: manifest.dir, because, start: { ...start, ...(build !== undefined && { buildWhenMissing: build }) } };
}

const CONFIGURATION: readonly { readonly runner: string; readonly file: RegExp; readonly field?: string }[] = [
  { runner: "vitest", file: /^(vitest\.(config|workspace)|vite\.config)\.[cm]?[jt]s$/ },
  { runner: "jest", file: /^jest\.config\.([cm]?[jt]s|json)$/, field: "jest" },
  { runner: "mocha", file: /^\.mocharc\.(c?js|ya?ml|jsonc?)$/, field: "mocha" },
  { runner: "ava", file: /^ava\.config\.[cm]?js$/, field: "ava" },
  { runner: "jasmine", file: /^spec\/support\/jasmine\.(json|m?js|cjs)$/ },
  { runner: "tap", file: /^\.taprc$/, field: "tap" },
  { runner: "tape", file: /^$/ },
];

function fromConfiguration(manifest: Manifest, paths: readonly string[]): TestSetup | undefined {
  const here = paths.filter((path) => manifest.dir === "." || path.startsWith(`${manifest.dir}/`)).map((path) => posix.relative(manifest.dir, path));
  for (const { runner, file, field } of CONFIGURATION) {
    if (!manifest.dependencies.has(runner)) continue;
    const config =
      here.find((path) => file.test(path)) ?? (field !== undefined && manifest.fields.has(field) ? `the "${field}" field of package.json` : undefined);
    if (config !== undefined) return setupOf(manifest, runner, {}, `${config} configures ${runner}`);
  }
  const only = CONFIGURATION.map((one) => one.runner).filter((runner) => manifest.dependencies.has(runner));
  const [runner] = only;
  return only.length === 1 && runner !== undefined
    ? setupOf(manifest, runner, {}, `${posix.join(manifest.dir, "package.json")} depends on ${runner}`)
    : undefined;
}
