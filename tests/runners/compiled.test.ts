import { afterEach, describe, expect, it } from "vitest";
import type { TestRun } from "../../packages/core/src/evidence/index.ts";
import { makeProject, type FixtureProject } from "./fixture-project.ts";

let project: FixtureProject;
afterEach(() => project.remove());

const TSCONFIG = JSON.stringify({ compilerOptions: { module: "commonjs", target: "es2022", rootDir: "src", outDir: "out", types: [], skipLibCheck: true }, include: ["src"] });
const spec = (wanted: number): string => `import { twice } from "./twice";\ndeclare const describe: any, it: any, require: any;\nconst assert = require("node:assert");\ndescribe("twice", () => {\n  it("doubles", () => assert.equal(twice(2), ${wanted}));\n});\n`;
const files = (scripts: object, more: Record<string, string> = {}) => ({
  "package.json": JSON.stringify({ name: "compiled", private: true, scripts, devDependencies: { mocha: "*", typescript: "*" } }),
  ".gitignore": "node_modules\nout\n",
  "tsconfig.json": TSCONFIG,
  "src/twice.ts": "export const twice = (n: number): number => n * 2;\n",
  "src/deep/twice.spec.ts": spec(4).replace("./twice", "../twice"),
  "src/twice.spec.ts": spec(4),
  ...more,
});

/** Real Mocha and the real compiler. */
describe("tests that are run as what a compiler makes of them", () => {
  it.each([
    ["by a script that does nothing else", { compile: "tsc", test: 'mocha "out/**/*.spec.js"' }],
    ["compiled by the script itself", { test: "tsc && mocha 'out/**/*.spec.js'" }],
    ["without a script that compiles", { test: "mocha out --recursive" }],
    ["where the build would run the tests as well", { build: "npm run compile && npm test", compile: "tsc", test: 'mocha "out/**/*.spec.js"' }],
  ])("%s", async (_, scripts) => {
    project = makeProject(["mocha", "typescript"]);
    const tree = project.commit(files(scripts));
    const run = await project.run(tree, { selection: ["src/twice.spec.ts"] });
    expect(run.cases.map(({ id, outcome }) => [id.file, id.name, outcome])).toEqual([["src/twice.spec.ts", "doubles", "passed"]]);
    expect((await project.run(tree)).cases.map(({ id }) => id.file).sort()).toEqual(["src/deep/twice.spec.ts", "src/twice.spec.ts"]);
  });

  it("are compiled once for a tree, also where the compiler complains", async () => {
    project = makeProject(["mocha", "typescript"]);
    const tree = project.commit(files({ compile: "tsc", test: 'mocha "out/**/*.spec.js"' }, { "src/wrong.ts": 'export const wrong: number = "text";\n' }));
    const builds: string[] = [];
    const ran = (): Promise<TestRun> => project.run(tree, { selection: ["src/twice.spec.ts"], onProgress: ({ phase, says }) => void (phase === "build" && builds.push(says)) });
    const outcomes = [await ran(), await ran()].map((run) => run.cases.map(({ outcome }) => outcome));
    expect([outcomes, builds]).toEqual([[["passed"], ["passed"]], ["npm run compile"]]);
  });

  it("are red under their source's name, also when the compiler complains of types", async () => {
    project = makeProject(["mocha", "typescript"]);
    const tree = project.commit(files({ test: 'mocha "out/**/*.spec.js"' }, { "src/twice.spec.ts": spec(5), "src/wrong.ts": 'export const wrong: number = "text";\n' }));
    const run = await project.run(tree, { selection: ["src/twice.spec.ts"] });
    expect(run.cases.map(({ id, outcome, failure }) => [id.file, outcome, failure?.kind])).toEqual([["src/twice.spec.ts", "failed", "assertion"]]);
  });

  it("are no answer for a file of the same name that was not compiled", async () => {
    project = makeProject(["mocha", "typescript"]);
    const tree = project.commit(files({ test: 'mocha "out/**/*.spec.js"' }, { "tsconfig.json": TSCONFIG.replace('"include"', '"exclude":["src/deep"],"include"') }));
    const run = await project.run(tree, { selection: ["src/deep/twice.spec.ts"] });
    expect(run.cases.filter(({ outcome }) => outcome === "passed")).toEqual([]);
    expect(run.complete && run.unloaded.length === 0).toBe(false);
  });

  it("say why where nothing could be compiled", async () => {
    project = makeProject(["mocha", "typescript"]);
    const tree = project.commit(files({ compile: "node -e 'process.exit(3)'", test: 'mocha "out/**/*.spec.js"' }));
    const run = await project.run(tree, { selection: ["src/twice.spec.ts"] });
    expect([run.complete, run.cases.length, run.because]).toEqual([false, 0, expect.stringContaining("npm run compile")]);
  });
});
