import { describe, expect, it } from "vitest";
import { describeFiles, type Change, type DiffFile } from "#change";
import { overlaysOf } from "./plan-proof.ts";
import { versionMarks } from "./version-marks.ts";

const diffOf = (path: string, removed: readonly string[], added: readonly string[]): DiffFile => ({
  path,
  status: "modified",
  binary: false,
  added: added.length,
  deleted: removed.length,
  hunks: [
    {
      baseStart: 1,
      baseCount: removed.length,
      headStart: 1,
      headCount: added.length,
      heading: "",
      lines: [...removed.map((text, index) => ({ op: "-" as const, text, line: index + 1 })), ...added.map((text, index) => ({ op: "+" as const, text, line: index + 1 }))],
    },
  ],
  baseBlob: "1".repeat(40),
  headBlob: "2".repeat(40),
});
const changed = (...files: readonly DiffFile[]): Pick<Change, "files"> => ({ files: describeFiles({ diff: { files, gaps: [] }, intent: { areas: [] }, packageDirs: [] }) });
const MANIFEST = diffOf("package.json", ['  "version": "1.0.0",'], ['  "version": "1.0.1",']);

describe("files that only say which version it is", () => {
  it("are the manifest of a release, its lock file and a constant in the source", () => {
    const lock = diffOf("package-lock.json", ['  "version": "1.0.0",'], ['  "version": "1.0.1",']);
    const source = diffOf("src/version.ts", ['export const VERSION = "1.0.0";'], ['export const VERSION = "1.0.1";']);
    expect(versionMarks(changed(MANIFEST, lock, source))).toEqual(["package.json", "package-lock.json", "src/version.ts"]);
    const python = diffOf("pyproject.toml", ['version = "1.0.0"'], ['version = "1.1.0"']);
    expect(versionMarks(changed(python, diffOf("src/x/__init__.py", ['__version__ = "1.0.0"'], ['__version__ = "1.1.0"'])))).toEqual(["pyproject.toml", "src/x/__init__.py"]);
  });

  it("are none with more in them: a dependency, a line of code, a number that is no version of this project", () => {
    const mixed = diffOf("package.json", ['  "version": "1.0.0",', '  "left": "1.0.0"'], ['  "version": "1.0.1",', '  "left": "2.0.0"']);
    expect(versionMarks(changed(mixed))).toEqual([]);
    expect(versionMarks(changed(MANIFEST, diffOf("src/a.ts", ["const a = 1;"], ["const a = 2;"])))).toEqual(["package.json"]);
    expect(versionMarks(changed(MANIFEST, diffOf("src/a.ts", ['const v = "1.0.0";'], ['const v = "1.0.1";', "more();"])))).toEqual(["package.json"]);
    expect(versionMarks(changed(diffOf("src/version.ts", ['v = "1.0.0"'], ['v = "1.0.1"'])))).toEqual([]);
  });
});

describe("the test side of a change", () => {
  it("holds packages that are test data, and no others", () => {
    const files = changed(diffOf("test/fixtures/node_modules/x/index.js", ["1"], ["2"]), diffOf("test/resolver/node_modules/y/index.js", ["1"], ["2"]), diffOf("node_modules/z/index.js", ["1"], ["2"]), diffOf("lib/node_modules/w/index.js", ["1"], ["2"]));
    expect(overlaysOf(files).overlay).toEqual(["test/fixtures/node_modules/x/index.js", "test/resolver/node_modules/y/index.js"]);
  });
});
