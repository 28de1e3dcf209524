import { fileURLToPath } from "node:url";
import { build, type Metafile } from "esbuild";
import { expect, test } from "vitest";

/** What a start without configuration must not pay for. */
const HEAVY = ["zod", "@marcbachmann/cel-js"];

/** Packages an entry loads before anything was asked of it, and packages that wait for their first use. */
async function packagesOf(entry: string): Promise<{ readonly atStart: readonly string[]; readonly later: readonly string[] }> {
  const bundled = await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    write: false,
    outdir: "out",
    metafile: true,
    logLevel: "silent",
  });
  const outputs = bundled.metafile.outputs;
  const start = Object.entries(outputs).find(([, output]) => output.entryPoint?.endsWith(entry.replace(/^[./]+/, "")) === true)?.[0];
  const atStart = new Set<string>();
  const visit = (name: string | undefined): void => {
    if (name === undefined || atStart.has(name)) return;
    atStart.add(name);
    for (const imported of outputs[name]?.imports ?? []) if (imported.kind === "import-statement") visit(imported.path);
  };
  visit(start);
  const inputs = (names: Iterable<string>): string[] =>
    [...names].flatMap((name) => Object.keys((outputs[name] as Metafile["outputs"][string] | undefined)?.inputs ?? {}));
  const heavyIn = (paths: readonly string[]): string[] => HEAVY.filter((name) => paths.some((path) => path.includes(`node_modules/${name}/`)));
  return { atStart: heavyIn(inputs(atStart)), later: heavyIn(inputs(Object.keys(outputs))) };
}

test("a repository without configuration loads no schema library and no rule language", async () => {
  const { atStart, later } = await packagesOf("./load-config.ts");
  expect(atStart).toEqual([]);
  // They are there for whoever has a configuration: otherwise this test would pass on an empty bundle.
  expect(later).toEqual(HEAVY);
});

test("judging loads neither", async () => {
  expect((await packagesOf("../../verdict/index.ts")).atStart).toEqual([]);
});
