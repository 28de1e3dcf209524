import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { harmlessNpmrc, harmlessPnpmWorkspace, setAside } from "./harmless-settings.ts";

it("keeps what says which packages there are, and no program, server or token", () => {
  expect(harmlessNpmrc("legacy-peer-deps=true\n script-shell=./evil.sh\n//registry/:_authToken=x\nregistry=http://127.0.0.1/\nnode-linker = hoisted\ngit=./evil\nglobal-pnpmfile=x\n")).toBe("legacy-peer-deps=true\nnode-linker = hoisted");
});

it("keeps a workspace's packages and catalogs, and none of what pnpm would load or start", () => {
  const text = "packages:\n  - packages/*\nconfigDependencies:\n  pnpm-plugin-evil: 1.0.0+sha512-x\n# words\ncatalog:\n  a: 1.0.0\npnpmfile: ./evil.cjs\nscriptShell: ./evil.sh\nonlyBuiltDependencies:\n- evil\npackages2:\n  - x\n";
  expect(harmlessPnpmWorkspace(text)).toBe("packages:\n  - packages/*\ncatalog:\n  a: 1.0.0\n");
});

it.each(['"configDependencies":\n  a: 1\n', "{ pnpmfile: ./evil.cjs }\n", "<<: *settings\n", "? pnpmfile\n: ./evil.cjs\n", "!!map\npackages: []\n", "packages: []\n...\nx\n"])("does not guess at %j", (text) => {
  expect(harmlessPnpmWorkspace(text)).toBeUndefined();
});

it.each(["file", "folder"])("sets a file aside beside a %s that has a name like it, and puts it back", async (kind) => {
  const folder = mkdtempSync(join(tmpdir(), "settings-test-"));
  const [path, other] = [join(folder, ".npmrc"), join(folder, ".npmrc.aside")];
  try {
    writeFileSync(path, "registry=https://example.org");
    if (kind === "file") writeFileSync(other, "other");
    else mkdirSync(other);
    const aside = await setAside(path, () => "harmless");
    expect(readFileSync(path, "utf8")).toBe("harmless");
    await aside.restore();
    expect([readFileSync(path, "utf8"), existsSync(other)]).toEqual(["registry=https://example.org", true]);
    expect(readdirSync(folder)).toHaveLength(2);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
