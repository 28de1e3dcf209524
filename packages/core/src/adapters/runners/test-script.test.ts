import { describe, expect, it } from "vitest";
import { buildCommand, readTestScripts, type Scripts } from "./test-script.ts";

const read = (test: string, more: Scripts = {}) => readTestScripts({ test, ...more }).map(({ runner, start }) => ({ runner, ...start }));

describe("reading a test script", () => {
  it.each([
    ["vitest", { runner: "vitest", options: [], files: [] }],
    ["pnpm lint && pnpm test:types && vitest --run --coverage", { runner: "vitest", options: [], files: [] }],
    ["vitest run --config vitest.node.ts src/unit", { runner: "vitest", options: ["--config", "vitest.node.ts"], files: ["src/unit"] }],
    ["jest --coverage --detectOpenHandles -w 2", { runner: "jest", options: ["--detectOpenHandles", "-w", "2"], files: [] }],
    ["c8 --99 --check-coverage mocha --require ./boot.js -R spec test/*.js", { runner: "mocha", options: ["--require", "./boot.js"], files: ["test/*.js"] }],
    ["nyc --reporter=lcov node_modules/.bin/_mocha -- -t 100", { runner: "mocha", options: ["-t", "100"], files: [] }],
    ["xo && ava && tsd", { runner: "ava", options: [], files: [] }],
    ["tape -r ts-node/register 'test/**/*.ts' | tap-spec", { runner: "tape", nodeOptions: ["--require", "ts-node/register"], files: ["test/**/*.ts"] }],
    ["node --import tsx --test --test-reporter=spec test/*.ts", { runner: "node:test", nodeOptions: ["--import", "tsx"], options: [], files: ["test/*.ts"] }],
    ["tsx --test", { runner: "node:test", nodeOptions: ["--import", "tsx"], options: [], files: [] }],
    ["c8 node --test --test-concurrency 1 test/", { runner: "node:test", nodeOptions: [], options: ["--test-concurrency", "1"], files: ["test/"] }],
    ["borp --timeout 60000 --coverage", { runner: "node:test", files: ["**/*.test.{js,cjs,mjs}"] }],
    ["node --experimental-vm-modules node_modules/jest/bin/jest.js", { runner: "jest", nodeOptions: ["--experimental-vm-modules"], options: [], files: [] }],
    ["node ./bin/jasmine.js --config=spec/a.json spec/x.js", { runner: "jasmine", nodeOptions: [], options: ["--config=spec/a.json"], files: ["spec/x.js"] }],
    ["node node_modules/mocha/bin/mocha.js -r ./boot.js test/*.js", { runner: "mocha", nodeOptions: [], options: ["-r", "./boot.js"], files: ["test/*.js"] }],
    ["node --inspect ./node_modules/.bin/mocha", { runner: "mocha", nodeOptions: ["--inspect"], options: [], files: [] }],
    ["node ../../node_modules/jest-cli/bin/jest.js --silent", { runner: "jest", nodeOptions: [], options: [], files: [] }],
    ["./bin/mocha --timeout 200 test/a.js", { runner: "mocha", options: ["--timeout", "200"], files: ["test/a.js"] }],
    ["node scripts/jest.js", { runner: "node", nodeOptions: [], files: ["scripts/jest.js"] }],
    ["node test/index.js", { runner: "node", nodeOptions: [], files: ["test/index.js"] }],
    ["xvfb-run -a mocha", { runner: "mocha", options: [], files: [] }],
    ["TZ=UTC ts-mocha --paths -p test/tsconfig.json -r dotenv/config test/*.ts", { runner: "mocha", options: ["--require", "ts-mocha", "-r", "dotenv/config"], files: ["test/*.ts"], variables: { TS_PROJECT_PATH: "test/tsconfig.json", TS_CONFIG_PATHS: "true", TZ: "UTC" } }],
    ["tap", { runner: "tap", options: [], files: [] }],
    ["c8 tap -R spec --no-coverage -t 60 --ts test/*.ts", { runner: "tap", options: ["-t", "60", "--ts"], files: ["test/*.ts"] }],
    ["tap run --coverage-report html --allow-incomplete-coverage -j4 --100 --node-arg=--no-warnings", { runner: "tap", options: ["--node-arg=--no-warnings"], files: [] }],
    ["egg-bin test test", { runner: "mocha", options: ["--timeout", "60000"], files: ["test"] }],
    ["egg-bin cov --timeout 5000", { runner: "mocha", options: ["--timeout", "60000", "--timeout", "5000"], files: [] }],
    ["jasmine --config=spec/a.json", { runner: "jasmine", options: ["--config=spec/a.json"], files: [] }],
  ])("finds the runner in `%s`", (script, expected) => {
    expect(read(script)).toEqual([expected]);
  });

  it("keeps variables set before the runner", () => {
    expect(read("cross-env NODE_ENV=test NODE_OPTIONS='--no-warnings' mocha")).toMatchObject([
      { runner: "mocha", variables: { NODE_ENV: "test", NODE_OPTIONS: "--no-warnings" } },
    ]);
  });

  it.each([
    ["nyc npm run proofs", {}],
    ["c8 --reporter lcov yarn proofs", {}],
    ["nyc cross-env A=1 npm run proofs", { variables: { A: "1" } }],
    ["A=1 npm run proofs", { variables: { A: "1" } }],
  ])("looks into the script behind what measures its coverage or sets its variables: `%s`", (test, more) => {
    expect(read(test, { proofs: "mocha -r ts-node/register spec/*.ts" })).toEqual([{ runner: "mocha", options: ["-r", "ts-node/register"], files: ["spec/*.ts"], ...more }]);
  });

  it("hands the words behind `--` on, with or without something before the call", () => {
    expect(read("nyc npm run proofs -- -t 100", { proofs: "mocha" })).toEqual(read("npm run proofs -- -t 100", { proofs: "mocha" }));
    expect(read("nyc npm run proofs -- -t 100", { proofs: "mocha" })).toMatchObject([{ options: ["-t", "100"] }]);
  });

  it("follows no script behind a program it does not know", () => {
    expect(readTestScripts({ test: "serve npm run start", start: "node test.js", "test:unit": "jest" })).toMatchObject([{ runner: "jest" }]);
  });

  it("follows scripts that call scripts, and globs of them, once each", () => {
    const scripts = { "test:unit": "vitest run", "test:loop": "npm test", lint: "eslint ." };
    expect(read("run-s lint 'test:*'", scripts)).toMatchObject([{ runner: "vitest" }]);
  });

  it("builds first what the script builds first, and leaves linters and type checks out", () => {
    const scripts = { build: "rollup -c", lint: "eslint ." };
    expect(read("npm run lint && npm run build && tsc --noEmit && mocha", scripts)).toMatchObject([{ runner: "mocha", build: ["npm run build"] }]);
    expect(readTestScripts({ pretest: "tsc -p .", test: "ava" })).toMatchObject([{ start: { build: ["tsc -p ."] } }]);
  });

  it("falls back to other test scripts when `test` starts nothing it knows", () => {
    expect(readTestScripts({ test: "turbo test", "test:unit": "jest", "test:watch": "jest --watch" })).toMatchObject([{ runner: "jest", script: "test:unit" }]);
  });

  it.each(["playwright test", "pnpm -r test", "echo 'no test specified' && exit 1", "eslint mocha", "./run-tests.sh", "egg-bin dev"])("finds none in `%s`", (script) => {
    expect(read(script)).toEqual([]);
  });

  it("hands on what follows `--` to the script that is called", () => {
    expect(readTestScripts({ test: "run-s lint test:*", "test:unit": 'npm run -s run -- "test/unit/*.cjs"', "test:tdd": "npm run run -- --ui tdd test/tdd.cjs", run: "nyc node bin/mocha.js --forbid-only", lint: "eslint ." })).toMatchObject([
      { runner: "mocha", start: { files: ["test/unit/*.cjs"] } },
      { runner: "mocha", start: { files: ["test/tdd.cjs"] } },
    ]);
  });

  it("knows a runner by the program its own package has, wherever that lies", () => {
    const own = new Map([["entrypoints/cli.mjs", "ava"]]);
    expect(readTestScripts({ test: "xo && c8 node ./entrypoints/cli.mjs test/a.js" }, own)).toMatchObject([{ runner: "ava", start: { files: ["test/a.js"] } }]);
    expect(readTestScripts({ test: "c8 entrypoints/cli.mjs" }, own)).toMatchObject([{ runner: "ava" }]);
    expect(readTestScripts({ test: "node ./entrypoints/cli.mjs" }, new Map([["entrypoints/cli.mjs", "leftpad"]]))).toMatchObject([{ runner: "node" }]);
  });
});

describe("the command that builds a package", () => {
  it.each([
    [{ build: "tsc" }, "npm run build"],
    [{ build: "node scripts/build.js" }, "npm run build"],
    [{ build: "npm run compile && npm test", compile: "tsc", test: "mocha out" }, "npm run compile"],
    [{ build: "npm run _build:compile && npm run lint && npm test", "_build:compile": "rimraf out && tsc", lint: "eslint .", test: "mocha out" }, "npm run _build:compile"],
    [{ "build:watch": "tsc -w", "build:docs": "typedoc", test: "mocha" }, undefined],
    [{ test: "mocha" }, undefined],
    [{ build: "node tools/build.mjs", test: "mocha" }, "npm run build"],
  ])("%j", (scripts, command) => {
    expect(buildCommand(scripts as Record<string, string>)).toBe(command);
  });
});
