import fc from "fast-check";
import { expect, test } from "vitest";
import { isLockFile, readLockFile } from "./read-lock-file.ts";
import { cpuMs } from "../../../../../tests/support/cpu-time.ts";

const packagesIn = (path: string, text: string) => {
  const read = readLockFile(path, text);
  if (!read.ok) throw new Error(read.because);
  return read.lock.packages;
};

test("package-lock 3: folders, scopes, scripts, what is asked for directly, and no links", () => {
  const text = JSON.stringify({
    lockfileVersion: 3,
    packages: {
      "": { dependencies: { "@acme/a": "^1.0.0" } },
      "node_modules/@acme/a": { version: "1.0.0", resolved: "https://registry.npmjs.org/@acme/a/-/a-1.0.0.tgz", integrity: "sha512-aa==", hasInstallScript: true },
      "node_modules/@acme/a/node_modules/b": { version: "2.0.0", dev: true },
      "node_modules/c": { version: "0.1.0", resolved: "git+ssh://git@github.com/acme/c.git#0123456" },
      "node_modules/own": { resolved: "packages/own", link: true },
    },
  });
  expect(packagesIn("package-lock.json", text)).toMatchObject([
    { name: "@acme/a", version: "1.0.0", source: "registry", hashes: ["sha512-aa=="], hasInstallScript: true, direct: true },
    { name: "b", version: "2.0.0", dev: true, direct: false },
    { name: "c", source: "git", direct: false },
  ]);
});

test("package-lock 1: dependencies inside dependencies", () => {
  const text = JSON.stringify({ lockfileVersion: 1, dependencies: { a: { version: "1.0.0", dependencies: { b: { version: "2.0.0" } } }, c: { version: "github:acme/c#main" } } });
  expect(packagesIn("npm-shrinkwrap.json", text).map(({ name, version, source }) => [name, version, source])).toEqual([
    ["a", "1.0.0", "registry"],
    ["c", "github:acme/c#main", "git"],
    ["b", "2.0.0", "registry"],
  ]);
});

test.each([
  ["5", "  /@acme/a/1.0.0:\n    resolution: {integrity: sha512-aa==}\n    requiresBuild: true\n    dev: true\n"],
  ["6 to 8", "  /@acme/a@1.0.0(peer@2.0.0):\n    resolution: {integrity: sha512-aa==}\n    requiresBuild: true\n    dev: true\n"],
  ["9", "  '@acme/a@1.0.0':\n    resolution: {integrity: sha512-aa==}\n    requiresBuild: true\n    dev: true\n"],
])("pnpm-lock %s", (_, entry) => {
  const text = `lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n      x: 1\n\npackages:\n\n${entry}\nsnapshots:\n\n  '@acme/a@1.0.0': {}\n`;
  expect(packagesIn("pnpm-lock.yaml", text)).toEqual([{ name: "@acme/a", version: "1.0.0", source: "registry", hashes: ["sha512-aa=="], hasInstallScript: true, dev: true }]);
});

test("pnpm-lock: a tarball of a Git host is a Git source", () => {
  const text = "packages:\n\n  a@https://codeload.github.com/acme/a/tar.gz/0123:\n    resolution: {tarball: https://codeload.github.com/acme/a/tar.gz/0123}\n    version: 1.0.0\n";
  expect(packagesIn("pnpm-lock.yaml", text)).toMatchObject([{ name: "a", version: "1.0.0", source: "git" }]);
});

test("yarn.lock 1 and later", () => {
  const first = `# yarn lockfile v1\n\n"@acme/a@^1.0.0", "@acme/a@^1.0.1":\n  version "1.0.2"\n  resolved "https://registry.yarnpkg.com/@acme/a/-/a-1.0.2.tgz#${"0".repeat(40)}"\n  integrity sha512-aa==\n  dependencies:\n    b "^1"\n`;
  expect(packagesIn("yarn.lock", first)).toMatchObject([{ name: "@acme/a", version: "1.0.2", source: "registry", hashes: ["sha512-aa==", `sha1hex-${"0".repeat(40)}`] }]);
  const later = `__metadata:\n  version: 8\n\n"@acme/a@npm:^1.0.0":\n  version: 1.0.2\n  resolution: "@acme/a@npm:1.0.2"\n  checksum: 10c0/abc\n\n"own@workspace:.":\n  version: 0.0.0-use.local\n  resolution: "own@workspace:."\n`;
  expect(packagesIn("yarn.lock", later)).toMatchObject([{ name: "@acme/a", version: "1.0.2", source: "registry", hashes: ["yarn10c0-abc"] }, { name: "own", source: "path" }]);
});

test("bun.lock with its trailing commas, and commas inside strings kept", () => {
  const text = `{\n  "lockfileVersion": 1, // text\n  "packages": {\n    "a": ["a@1.0.0", "", { "note": "x, ]" }, "sha512-aa=="],\n    "own": ["own@workspace:packages/own"],\n  },\n}\n`;
  expect(packagesIn("bun.lock", text)).toMatchObject([{ name: "a", version: "1.0.0", hashes: ["sha512-aa=="], source: "registry" }, { name: "own", source: "path" }]);
});

test("Cargo, Poetry and uv", () => {
  expect(packagesIn("Cargo.lock", `version = 3\n\n[[package]]\nname = "own"\nversion = "0.1.0"\n\n[[package]]\nname = "serde"\nversion = "1.0.1"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\nchecksum = "ab"\n\n[metadata]\nx = 1\n`)).toMatchObject([
    { name: "own", source: "path" },
    { name: "serde", version: "1.0.1", source: "registry", hashes: ["sha256-ab"] },
  ]);
  expect(packagesIn("poetry.lock", `[[package]]\nname = "flask"\nversion = "3.0.0"\nfiles = [\n    {file = "flask.whl", hash = "sha256:ab"},\n]\n\n[[package]]\nname = "core"\nversion = "2.0.0"\n\n[package.source]\ntype = "git"\nurl = "https://github.com/acme/core.git"\n`)).toMatchObject([
    { name: "flask", hashes: ["sha256-ab"], source: "registry" },
    { name: "core", source: "git" },
  ]);
  expect(packagesIn("uv.lock", `[[package]]\nname = "a"\nversion = "1.0"\nsource = { registry = "https://pypi.org/simple" }\nsdist = { url = "https://x/a.tar.gz", hash = "sha256:ab" }\n`)).toMatchObject([{ name: "a", source: "registry", hashes: ["sha256-ab"] }]);
});

test("Go: requirements, indirect ones, replacements, sums", () => {
  const mod = "module acme\n\ngo 1.22\n\nrequire (\n\ta.example/x v1.0.0\n\tb.example/y v0.2.0 // indirect\n)\n\nreplace a.example/x => ../x\n";
  expect(packagesIn("go.mod", mod)).toMatchObject([
    { name: "a.example/x", source: "path", direct: true },
    { name: "b.example/y", version: "v0.2.0", source: "registry", direct: false },
  ]);
  expect(packagesIn("go.sum", "a v1.0.0 h1:aa=\na v1.0.0/go.mod h1:bb=\n")).toEqual([{ name: "a", version: "v1.0.0", source: "registry", hashes: ["h1-aa="] }]);
});

test("requirements: pins, ranges, markers, hashes over several lines, addresses", () => {
  const text = 'Flask_Login==0.6.3 \\\n    --hash=sha256:ab \\\n    --hash=sha256:cd\nrequests[socks]>=2,<3 ; python_version > "3.8"  # why\n-r base.txt\ngit+https://github.com/acme/core.git@main#egg=core\n# only a comment\n';
  expect(packagesIn("requirements-dev.txt", text)).toMatchObject([
    { name: "flask-login", version: "0.6.3", hashes: ["sha256-ab", "sha256-cd"] },
    { name: "requests", version: "" },
    { name: "core", version: "main", source: "git" },
  ]);
});

test("Pipfile.lock, Gemfile.lock, composer.lock", () => {
  expect(packagesIn("Pipfile.lock", JSON.stringify({ default: { a: { version: "==1.0", hashes: ["sha256:ab"] } }, develop: { b: { git: "https://x/b.git", ref: "0123" } } }))).toMatchObject([{ name: "a", version: "1.0" }, { name: "b", source: "git", dev: true }]);
  expect(packagesIn("Gemfile.lock", "GIT\n  remote: https://x/e.git\n  specs:\n    e (0.1)\n      z\n\nGEM\n  remote: https://rubygems.org/\n  specs:\n    rails (7.0.1)\n      rack (>= 2)\n\nDEPENDENCIES\n  rails (~> 7)\n")).toMatchObject([{ name: "e", source: "git", direct: false }, { name: "rails", version: "7.0.1", source: "registry", direct: true }]);
  expect(packagesIn("composer.lock", JSON.stringify({ packages: [{ name: "a/b", version: "v1.0.0", dist: { type: "zip", url: "https://x", reference: "0123", shasum: "" } }], "packages-dev": [] }))).toMatchObject([{ name: "a/b", version: "1.0.0", hashes: ["commit-0123"] }]);
});

test.each([
  ["package-lock.json", "{ not json", "is not valid"],
  ["package-lock.json", "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> x\n", "conflict markers"],
  ["README.md", "", "no lock file"],
])("%s that can't be read says so: %s", (path, text, words) => {
  expect(readLockFile(path, text)).toMatchObject({ ok: false, because: expect.stringContaining(words) as string });
});

const NAMES = ["package-lock.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock", "Cargo.lock", "uv.lock", "requirements.txt", "Pipfile.lock", "go.mod", "go.sum", "Gemfile.lock", "composer.lock"];

test.each(NAMES)("%s: no text makes the reader throw", (name) => {
  expect(isLockFile(`a/b/${name}`)).toBe(true);
  const pieces = fc.constantFrom("packages:", "  /a/1.0.0:", "    resolution: {", '"a@1":', '  version "1"', "[[package]]", 'name = "a"', "require (", "a v1", "GEM", "    a (1)", '{"packages":', "[1,", "null", "}", "\n", "==", "@", " ");
  fc.assert(fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: "binary" }))), (parts) => void readLockFile(name, parts.join("\n"))));
  fc.assert(fc.property(fc.json(), (json) => void readLockFile(name, json)));
});

test.each(NAMES)("%s: hostile repetition costs linear time", (name) => {
  const started = cpuMs();
  for (const piece of ["{", '"a":', " ", "  a:\n", '"a@1", ', "a(", "--hash=", "@@", ", "]) readLockFile(name, piece.repeat(2_000_000 / piece.length));
  expect(cpuMs() - started).toBeLessThan(8_000);
});

test("what an npm lock holds comes out again, whatever the names", () => {
  const name = fc.stringMatching(/^(@[a-z0-9-]{1,9}\/)?[a-z][a-z0-9._-]{0,12}$/);
  fc.assert(
    fc.property(fc.dictionary(name, fc.stringMatching(/^\d{1,2}\.\d{1,2}\.\d{1,2}$/)), (pins) => {
      const packages = Object.fromEntries(Object.entries(pins).map(([key, version]) => [`node_modules/${key}`, { version }]));
      const found = packagesIn("package-lock.json", JSON.stringify({ lockfileVersion: 3, packages }));
      expect(Object.fromEntries(found.map((item) => [item.name, item.version]))).toEqual({ ...pins });
    }),
  );
});
