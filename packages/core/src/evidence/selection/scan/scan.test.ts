import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NO_FACTS } from "./module-facts.ts";
import { scanModule } from "./scan-module.ts";

const imports = (text: string, path = "a.ts"): readonly string[] => scanModule(path, text).imports.map(([specifier, kind]) => `${kind} ${specifier}`);

describe("what JavaScript names", () => {
  it.each([
    ['import a from "./a"', ["static ./a"]],
    ["import './a.js'", ["static ./a.js"]],
    ["export * from './a'", ["static ./a"]],
    ['export { a as b } from "./a"', ["static ./a"]],
    ['import {\n  a, // don\'t\n  b,\n} from "./a"', ["static ./a"]],
    ['import a, { type B } from "./a"', ["static ./a"]],
    ['import type { A } from "./a"', ["type ./a"]],
    ['export type { A } from "./a"', ["type ./a"]],
    ['import type from "./a"', ["static ./a"]],
    ['import typescript from "./a"', ["static ./a"]],
    ['import a = require("./a")', ["require ./a"]],
    ['const a = { ...require("./a") }', ["require ./a"]],
    ['await import(/* webpackChunkName: "x" */ "./a")', ["dynamic ./a"]],
    ["await import(`./a`)", ["dynamic ./a"]],
    ['let a: typeof import("./a")', ["type ./a"]],
    ['require("" + "../dist/a")', ["require ../dist/a"]],
    ['vi.mock("./a", () => ({}))', ["mock ./a"]],
    ['jest.requireActual<typeof import("./a")>("./a")', ["type ./a", "mock ./a"]],
    ['require.resolve("./a")', ["resolve ./a"]],
    ['proxyquire("../a", {})', ["require ../a"]],
  ])("%s", (text, expected) => {
    expect(imports(text)).toEqual(expected);
  });

  it.each([
    ['// import "./a"'],
    ['/* import a from "./a" */'],
    ['const s = "from"; const t = "./a"'],
    ['Array.from("./a")'],
    ["const t = `import './a'`"],
    ['const re = /import "x"/'],
    ["loader.import"],
  ])("nothing: %s", (text) => {
    expect(imports(text)).toEqual([]);
  });

  it("is not led astray by what only a parser tells apart", () => {
    const text = `const re = /['"\`/*]/; const half = a / b; const c = x.require / 2;\nconst el = <p>don't do \`this\` or http://x</p>;\nconst s = \`\${a ? "}" : \`\${b}\`}\`;\nconst after = require("./after");`;
    expect(imports(text, "a.tsx")).toEqual(["require ./after"]);
  });

  it("says what is loaded by a name known only at run time, and from where", () => {
    expect(scanModule("a.js", "require(path)").opaque).toBe(true);
    expect(scanModule("a.js", "await import(`./locale/${name}.js`)")).toMatchObject({ opaque: true, prefixes: ["./locale/"] });
    expect(scanModule("a.js", 'require("./locale/" + name)')).toMatchObject({ opaque: true, prefixes: ["./locale/"] });
    expect(scanModule("a.js", 'import.meta.glob("./pages/*.ts")').prefixes).toEqual(["./pages/"]);
    expect(scanModule("a.js", 'await import("./a"); require("./b"); require.resolve("./c")').opaque).toBe(false);
  });

  it("keeps texts that look like paths, joined where they are", () => {
    expect(scanModule("a.js", 'readFileSync(path.join(__dirname, "..", "data", "a.json")); new URL("./w.js", import.meta.url); say("hello world"); get("application");').names).toEqual(["../data/a.json", "./w.js"]);
  });

  it("finds routes, and not what asks other servers", () => {
    expect(scanModule("a.js", 'app.get("/users/:id", h); router.post("/x", h); axios.get("/no"); cache.get("/no"); request(app).get("/no");').routes).toEqual([
      { method: "GET", path: "/users/:id" },
      { method: "POST", path: "/x" },
    ]);
  });

  it("reads the scripts of components", () => {
    expect(imports('<template>import "./no"</template>\n<script setup lang="ts">\nimport a from "./a";\n</script><script src="./b.js"></script>', "a.vue")).toEqual(["static ./a", "static ./b.js"]);
    expect(scanModule("a.css", "@import 'x'")).toEqual(NO_FACTS);
  });
});

describe("what Python names", () => {
  it.each([
    ["import os, a.b as c", ["os", "a.b"]],
    ["from a.b import c", ["a.b", "a.b.c"]],
    ["from . import x, y as z", [".", ".x", ".y"]],
    ["from ..pkg import (A,  # one\n    B)", ["..pkg", "..pkg.A", "..pkg.B"]],
    ['"""\nfrom no import no\n"""\nimport yes', ["yes"]],
    ["# import no\nx = 'import no'", []],
  ])("%s", (text, expected) => {
    expect(scanModule("a.py", text).imports.map(([name]) => name)).toEqual(expected);
  });
});

const specifier = fc.stringMatching(/^\.\/[a-z]{1,8}(?:\/[a-z]{1,8}){0,2}$/);
const filler = fc.constantFrom("// it's a \"comment\"\n", "/* `x` */\n", "const a = 'text';\n", 'const b = "it\'s";\n', "const c = `t ${1 + `${2}`} u`;\n", "const d = /[/'\"]/g.test(a);\n", "const e = a / b / c;\n", "if (x) { y() }\n", "const f = { from: 1, import: 2 };\n");

it("finds every import among anything else, and nothing more", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(filler, fc.option(specifier)), { maxLength: 30 }), (parts) => {
      const text = parts.map(([other, name], n) => `${other}${name === null ? "" : n % 2 === 0 ? `import x${n} from "${name}";\n` : `const y${n} = require('${name}');\n`}`).join("");
      const wanted = new Set(parts.flatMap(([, name]) => name ?? []));
      expect(new Set(scanModule("a.ts", text).imports.map(([name]) => name))).toEqual(wanted);
    }),
  );
});

it("reads anything without an error", () => {
  const reads = (text: string, path: string): void => {
    expect(Array.isArray(scanModule(path, text).imports)).toBe(true);
  };
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 300 }), fc.constantFrom("a.ts", "a.py", "a.vue"), reads));
  fc.assert(fc.property(fc.array(fc.constantFrom("`", "${", "}", "/", "*", '"', "'", "(", "import", "require", "from", " ", "\n", "\\", "<p>"), { maxLength: 60 }), (parts) => reads(parts.join(""), "a.ts")));
});

it.each([
  ["a.ts", "\\'"],
  ["a.ts", "\\`"],
  ["a.ts", "\\/"],
  ["a.ts", "/[ "],
  ["a.ts", "from'x'\n"],
  ["a.py", "\\'"],
  ["a.py", "'\\\n\\"],
  ["a.vue", "<script>"],
  ["a.vue", "<script></scrip>"],
])("%s is read to its end when it is made of nothing but %j", (path, piece) => {
  expect(scanModule(path, piece.repeat(900_000 / piece.length)).opaque).toBe(false);
});

it("knows a type-only import by its own clause, however many came before", () => {
  expect(imports('import { a } from "./a"; import type { B } from "./b"; export const c = "x"; import d from "./d"; const important = 1; export type { E } from "./e"')).toEqual(["static ./a", "type ./b", "static ./d", "type ./e"]);
});
