import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { confinedInstall } from "./confined-install.ts";
import type { Launch } from "./install-launch.ts";
import { installModules } from "./module-install.ts";
import type { InstallRoot } from "./package-folders.ts";

const SETTINGS = "plugins: [./evil.cjs]\nyarnPath: ./evil.cjs\nnodeLinker: pnp\n";

/** What an install starts, and what of the tree's settings stands there meanwhile. */
function folderWith(): { readonly folder: string; readonly scratch: string; readonly seen: { argv: string; settings: boolean; env: Readonly<Record<string, string>> }[]; readonly launch: Launch } {
  const folder = mkdtempSync(join(tmpdir(), "tree-"));
  writeFileSync(join(folder, ".yarnrc.yml"), SETTINGS);
  const seen: { argv: string; settings: boolean; env: Readonly<Record<string, string>> }[] = [];
  return {
    folder,
    scratch: mkdtempSync(join(tmpdir(), "scratch-")),
    seen,
    launch: ({ argv, env }) => {
      seen.push({ argv: argv.join(" "), settings: existsSync(join(folder, ".yarnrc.yml")), env });
      return Promise.resolve({ code: 0, ended: "exit", output: "" });
    },
  };
}

const berry = { dir: ".", lock: { file: "yarn.lock", manager: "yarn" }, lockText: "__metadata:\n  version: 8\n" } as unknown as InstallRoot;
const limits = { deadline: Date.now() + 60_000, signal: new AbortController().signal, mark: "m" };

test("Yarn 2 and later installs a stranger's tree without the settings that name plugins, and they are there again afterwards", async () => {
  const { folder, scratch, seen, launch } = folderWith();
  expect(await confinedInstall(folder, berry, { ...limits, launch, confine: { root: folder, scratch }, rebuild: [] })).toBeUndefined();
  expect(seen).toMatchObject([{ settings: false, argv: expect.stringMatching(/@yarnpkg\/cli-dist@4 -- yarn install --immutable --mode=skip-build$/), env: { YARN_IGNORE_PATH: "1", YARN_NODE_LINKER: "node-modules" } }]);
  expect(Object.keys(seen[0]?.env ?? {}).filter((name) => /TOKEN|AUTH/i.test(name))).toEqual([]);
  expect(readFileSync(join(folder, ".yarnrc.yml"), "utf8")).toBe(SETTINGS);
});

test("one's own tree keeps them, but for how packages are laid out", async () => {
  const { folder, seen, launch } = folderWith();
  expect(await installModules(folder, berry, { ...limits, launch })).toBeUndefined();
  expect(seen).toMatchObject([{ settings: true, env: { YARN_NODE_LINKER: "node-modules" } }]);
});
