import fc from "fast-check";
import { expect, test } from "vitest";
import { packageOf } from "./package-of.ts";
import { manifestsAbove, workspacePackages } from "./workspace-packages.ts";
import { cpuMs } from "../../../../../tests/support/cpu-time.ts";

const packages = (files: Readonly<Record<string, string>>): Promise<readonly string[]> => workspacePackages(new Map(Object.entries(files)));
const named = "{}";

test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
  ["npm", { "package.json": '{"workspaces":["packages/*","!packages/private"]}', "packages/a/package.json": named, "packages/private/package.json": named, "examples/x/package.json": named }, ["packages/a"]],
  ["yarn with an object", { "package.json": '{"workspaces":{"packages":["./apps/*/"]}}', "apps/web/package.json": named }, ["apps/web"]],
  ["pnpm", { "package.json": named, "pnpm-workspace.yaml": "packages:\n  - 'packages/**'\n  - '!**/test/**'\n", "packages/a/package.json": named, "packages/a/test/x/package.json": named }, ["packages/a"]],
  ["lerna", { "package.json": named, "lerna.json": '{"packages":["modules/*"]}', "modules/a/package.json": named }, ["modules/a"]],
  ["Cargo", { "Cargo.toml": '[workspace]\nmembers = [\n  "crates/*", # all\n  "cli",\n]\nexclude = ["crates/old"]\n[workspace.dependencies]\nx = "1"\n', "crates/a/Cargo.toml": "", "crates/old/Cargo.toml": "", "cli/Cargo.toml": "" }, ["cli", "crates/a"]],
  ["go.work", { "go.work": "go 1.22\nuse (\n\t./a // x\n\t./b\n)\nuse ./c\n", "a/go.mod": "", "b/go.mod": "", "c/go.mod": "" }, ["a", "b", "c"]],
  ["Maven, nested", { "pom.xml": "<project><modules><module>core</module><!-- <module>old</module> --></modules></project>", "core/pom.xml": "<modules><module>api</module><module>../other</module></modules>", "core/api/pom.xml": "", "other/pom.xml": "", "old/pom.xml": "" }, ["core", "core/api", "other"]],
  ["Gradle", { "build.gradle.kts": "", "settings.gradle.kts": 'rootProject.name = "x"\ninclude(\n  ":app",\n  ":lib:core", // y\n)\n', "app/build.gradle.kts": "", "lib/core/build.gradle.kts": "", "other/build.gradle.kts": "" }, ["app", "lib/core"]],
  ["uv and other Python folders", { "pyproject.toml": '[tool.uv.workspace]\nmembers = ["libs/*"]\n', "libs/a/pyproject.toml": "", "tools/pyproject.toml": "" }, ["libs/a", "tools"]],
  ["two ecosystems side by side without a root", { "web/package.json": named, "api/go.mod": "", "web/node_modules/x/package.json": named, "web/test/fixtures/y/package.json": named }, ["api", "web"]],
  ["one package", { "package.json": named, "docs/package.json": named }, []],
])("%s", async (_, files, dirs) => {
  expect(await packages(files)).toEqual(dirs);
}); // prettier-ignore

test("broken and hostile manifests declare nothing, quickly", async () => {
  const started = cpuMs();
  const hostile = {
    "package.json": "{",
    "pnpm-workspace.yaml": "a: [",
    "lerna.json": "[]",
    "Cargo.toml": `[workspace]\n${"members = [\n".repeat(50_000)}`,
    "go.work": "use (\n".repeat(50_000),
    "pom.xml": "<!--".repeat(100_000),
    "settings.gradle": `${"\n".repeat(200_000)}include`,
    "packages/a/package.json": named,
  };
  expect(await packages(hostile)).toEqual([]);
  expect(cpuMs() - started).toBeLessThan(1_500);
});

test("members outside of the repository are ignored", async () => {
  expect(await packages({ "package.json": '{"workspaces":["../*","a/../../b"]}', "b/package.json": named })).toEqual([]);
});

test("only manifests above the changed paths are asked for, and the root's lists", async () => {
  const asked = manifestsAbove(["packages/a/src/deep/x.ts", "packages/a/node_modules/y/z.js"]);
  expect(asked).toEqual(expect.arrayContaining(["package.json", "pnpm-workspace.yaml", "go.work", "packages/a/package.json", "packages/a/src/deep/go.mod"]));
  expect(asked.some((path) => path.includes("node_modules"))).toBe(false);
});

test.each([
  ["packages/a/src/x.ts", "packages/a"],
  ["packages/a", "."],
  ["packages/ab/x.ts", "."],
  ["packages/a/nested/x.ts", "packages/a/nested"],
  ["README.md", "."],
])("%s stands in %s", async (path, dir) => {
  expect(packageOf(path, ["packages/a", "packages/a/nested"])).toBe(dir);
});

test("the package of a path is its longest known ancestor, in whatever order they are given", async () => {
  const name = fc.constantFrom("a", "b", "c");
  const dir = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join("/"));
  fc.assert(
    fc.property(fc.uniqueArray(dir), dir, (dirs, folder) => {
      const path = `${folder}/file.ts`;
      const above = dirs.filter((one) => path.startsWith(`${one}/`)).sort((one, other) => other.length - one.length);
      expect(packageOf(path, dirs)).toBe(above[0] ?? ".");
      expect(packageOf(path, [...dirs].reverse())).toBe(above[0] ?? ".");
    }),
  );
});
