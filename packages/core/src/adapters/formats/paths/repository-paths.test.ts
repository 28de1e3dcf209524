import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { headTree } from "./head-tree.ts";
import { matchPaths } from "./repository-paths.ts";

const PATHS = [
  "src/a.js",
  "src/index.ts",
  "packages/x/src/index.ts",
  "packages/x/src/only.ts",
  "packages/y/src/index.ts",
  "app/src/main/java/com/acme/Foo.java",
  "index.js",
];

const match = (
  printed: string,
  about: {
    readonly paths?: readonly string[];
    readonly root?: string;
    readonly reportPath?: string;
    readonly bases?: readonly string[];
    readonly others?: readonly string[];
  } = {},
): string | undefined => {
  const { paths = PATHS, root = "/home/ci/shop", reportPath = "report.xml", bases = [], others = [] } = about;
  return matchPaths([printed, ...others], { root, reportPath, bases, tree: headTree(new Set(paths)) }).of(printed);
};

describe("a path of the repository", () => {
  test.each([
    ["src/a.js", "src/a.js"],
    ["./src//a.js", "src/a.js"],
    ["src/../src/a.js", "src/a.js"],
    ["src\\a.js", "src/a.js"],
    ["/home/ci/shop/src/a.js", "src/a.js"],
    ["/home/ci/shop/src/../src/a.js", "src/a.js"],
    ["file:///home/ci/shop/src/a.js", "src/a.js"],
    ["a.js", "src/a.js"],
    ["only.ts", "packages/x/src/only.ts"],
    ["com/acme/Foo.java", "app/src/main/java/com/acme/Foo.java"],
    ["/builds/other/machine/src/a.js", "src/a.js"],
    ["example.com/shop/src/a.js", "src/a.js"],
  ])("is found behind %s", (printed, path) => {
    expect(match(printed)).toBe(path);
  });

  test("is found below a Windows root whatever the case of its letters", () => {
    expect(match("c:\\Work\\Shop\\src\\a.js", { root: "C:\\work\\shop" })).toBe("src/a.js");
  });

  test("starts where the report lies, when that explains it", () => {
    expect(match("src/index.ts", { reportPath: "packages/x/coverage/lcov.info" })).toBe("packages/x/src/index.ts");
    expect(match("src/index.ts", { reportPath: "coverage/lcov.info" })).toBe("src/index.ts");
    expect(match("../../src/index.ts", { reportPath: "packages/x/coverage/lcov.info" })).toBe("src/index.ts");
  });

  test("starts at a folder the report names", () => {
    expect(match("only.ts", { bases: ["/home/ci/shop/packages/x/src"] })).toBe("packages/x/src/only.ts");
    expect(match("index.ts", { bases: ["/home/ci/shop/packages/y/src"] })).toBe("packages/y/src/index.ts");
    expect(match("src/a.js", { bases: ["/home/ci/shop", "/home/ci/shop/packages/x"] })).toBe("src/a.js");
  });

  test("starts nowhere when it would fit under two folders the report names", () => {
    expect(match("index.ts", { bases: ["/home/ci/shop/packages/x/src", "/home/ci/shop/packages/y/src"] })).toBe("index.ts");
  });

  test("is a single name only where another path proves the beginning", () => {
    expect(match("/app/index.js")).toBe("/app/index.js");
    expect(match("/app/index.js", { others: ["/app/src/a.js"] })).toBe("index.js");
  });
});

describe("a path that can't be matched", () => {
  test.each([["index.ts"], ["gone/b.js"], ["/usr/lib/node_modules/tool/src/a.js"], ["/usr/lib/python3/site-packages/src/a.js"], ["/elsewhere/gone.js"]])(
    "%s is kept as printed",
    (printed) => {
      expect(match(printed)).toBe(printed);
    },
  );

  test("is told, with those left out, in words", () => {
    const paths = matchPaths(["gone.js", "../../etc/passwd", "src/a.js"], { root: "/r", reportPath: "r.xml", bases: [], tree: headTree(new Set(PATHS)) });
    expect(paths.notes).toEqual([
      "1 path matches no file of the head and is kept as printed: gone.js",
      "1 path leads out of the repository and was left out: ../../etc/passwd",
    ]);
    expect(paths.inside("gone.js")).toBe(false);
  });

  test("of an unlisted head is taken at its word", () => {
    const paths = matchPaths(["./src/a.js", "/home/ci/shop/b.js", "/elsewhere/c.js", "../d.js"], {
      root: "/home/ci/shop",
      reportPath: "r.xml",
      bases: [],
      tree: headTree(undefined),
    });
    expect(["./src/a.js", "/home/ci/shop/b.js", "/elsewhere/c.js", "../d.js"].map((path) => paths.of(path))).toEqual([
      "src/a.js",
      "b.js",
      "/elsewhere/c.js",
      undefined,
    ]);
  });
});

test("nothing printed ever leads out of the repository by ..", () => {
  const segment = fc.constantFrom("..", ".", "src", "a.js", "", "packages", "\\", "C:", "file:");
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 8 }), fc.constantFrom("/", "\\", "//"), fc.boolean(), (segments, separator, listed) => {
      const printed = segments.join(separator);
      const path = matchPaths([printed], {
        root: "/home/ci/shop",
        reportPath: "a/r.xml",
        bases: ["../.."],
        tree: headTree(listed ? new Set(PATHS) : undefined),
      }).of(printed);
      expect(path === undefined || path.startsWith("/") || /^[A-Za-z]:|^file:/.test(path) || !path.split("/").includes("..")).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
