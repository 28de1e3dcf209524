import { expect, test } from "vitest";
import { alarmsOf, judgeFiles, type Side } from "./judge-files.ts";

const CI = ".github/workflows/ci.yml";
const workflow = (steps: string, job = ""): string => `on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n${job}    steps:\n      - uses: actions/checkout@v4\n      - run: npm ci\n${steps}`;
const STEP = "      - run: npm test\n";

const judged = (after: Side, before?: Side) => judgeFiles(before ?? { [CI]: workflow(STEP) }, after).then(alarmsOf);

test.each([
  ["|| true", workflow("      - run: npm test || true\n")],
  ["|| true in a block", workflow("      - run: |\n          npm test || true\n")],
  ["set +e and exit 0", workflow("      - run: |\n          set +e\n          npm test\n          exit 0\n")],
  ["continue-on-error", workflow(`${STEP}        continue-on-error: true\n`)],
  ["continue-on-error as an expression", workflow(`${STEP}        continue-on-error: \${{ true }}\n`)],
  ["the job may fail", workflow(STEP, "    continue-on-error: true\n")],
  ["tee, without pipefail", workflow("      - run: npm test | tee test.log\n")],
  ["a background job", workflow("      - run: npm test &\n")],
  ["red is one way to go on", workflow("      - run: |\n          if npm test; then echo green; else echo red; fi\n")],
  ["a trap", workflow("      - run: |\n          trap 'exit 0' EXIT\n          npm test\n")],
  ["only lists them", workflow("      - run: npm test && npx playwright test --list\n")],
])("a pipeline that can't fail any more: %s", async (_, after) => {
  expect(await judged({ [CI]: after })).toEqual(["ask failure-ignored"]);
});

const LOST: readonly (readonly [string, Side, Side?])[] = [
  ["the step is switched off", { [CI]: workflow(`${STEP}        if: false\n`) }],
  ["the job is switched off", { [CI]: workflow(STEP, "    if: ${{ false }}\n") }],
  ["the step is gone", { [CI]: workflow("") }],
  ["the step is commented out", { [CI]: workflow("#     - run: npm test\n") }],
  ["words in its place", { [CI]: workflow("      - run: echo tests are run elsewhere\n") }],
  ["another step in its place", { [CI]: workflow("      - run: npm run build\n") }],
  ["nothing but a person starts it", { [CI]: workflow(STEP).replace("on: push", "on: workflow_dispatch") }],
  ["no path starts it", { [CI]: workflow(STEP).replace("on: push", "on:\n  push:\n    paths-ignore: ['**']") }],
  ["words in its place, and another pipeline tests what is released", { [CI]: workflow("      - run: echo tests are run elsewhere\n"), ".github/workflows/release.yml": workflow(STEP) }, { [CI]: workflow(STEP), ".github/workflows/release.yml": workflow(STEP) }],
  ["the whole pipeline is gone", { "README.md": "no pipeline\n" }],
];

test.each(LOST.map(([name, after, before]) => [name, after, before ?? { [CI]: workflow(STEP) }] as const))("a pipeline that no longer runs them: %s", async (_, after, before) => {
  expect(await judged(after, before)).toEqual(["ask tests-excluded"]);
});

const INNOCENT: readonly (readonly [string, Side, Side?])[] = [
  ["another package manager", { [CI]: workflow("      - run: pnpm test\n") }],
  ["it depends on the branch", { [CI]: workflow(`${STEP}        if: github.ref == 'refs/heads/main'\n`) }],
  ["the step moved to a workflow of its own", { [CI]: workflow(""), ".github/workflows/test.yml": workflow(STEP) }],
  ["a shared workflow runs it", { [CI]: "on: push\njobs:\n  test:\n    uses: acme/ci/.github/workflows/node.yml@v1\n" }],
  ["a step that deploys may fail", { [CI]: workflow(`${STEP}      - run: npm run announce || true\n`) }],
  ["tee, with pipefail", { [CI]: workflow("      - run: |\n          set -o pipefail\n          npm test | tee test.log\n") }],
  ["tee, in a shell that stops", { [CI]: workflow("      - run: npm test | tee test.log\n        shell: bash\n") }],
  ["a reporter that is red with the tests", { [CI]: workflow("      - run: npm test | tap-spec\n") }],
  ["no longer piped, while another pipeline runs the same", { [CI]: workflow(STEP), ".github/workflows/release.yml": workflow(STEP) }, { [CI]: workflow("      - run: npm test | tee test.log\n"), ".github/workflows/release.yml": workflow(STEP) }],
  ["if, with its own way to be red", { [CI]: workflow("      - run: |\n          if ! npm test; then exit 1; fi\n") }],
  ["a script of the project's own", { [CI]: workflow("      - run: ./ci/run-tests.sh\n") }],
  ["an action of the project's own", { [CI]: workflow("      - uses: ./.github/actions/test\n") }],
  ["a schedule starts it too", { [CI]: workflow(STEP).replace("on: push", "on:\n  push:\n  schedule:\n    - cron: '0 0 * * *'") }],
  ["two jobs become one", { [CI]: workflow(STEP) }, { [CI]: workflow(`${STEP}${STEP}`) }],
  ["the whole pipeline is gone, and another was there all along", { "README.md": "x\n", ".github/workflows/test.yml": workflow(STEP) }, { [CI]: workflow(STEP), ".github/workflows/test.yml": workflow(STEP) }],
  ["a pipeline that ran no tests is gone", { "README.md": "x\n" }, { ".github/workflows/stale.yml": "on: push\njobs:\n  stale:\n    steps:\n      - run: npx stale\n" }],
  ["a step that deploys is switched off", { [CI]: workflow(`${STEP}      - run: npm run announce\n        if: false\n`) }],
  ["a step that only edits a file of tests", { [CI]: workflow(STEP) }, { [CI]: workflow(`      - run: sed -i 's/"test:ci":.*,/"test:ci": "jest",/' package.json\n${STEP}`) }],
  ["a step that only looks for a runner", { [CI]: workflow(STEP) }, { [CI]: workflow(`      - run: |\n          cat package.json |\n          if grep --silent '"@playwright/test"';\n            then pnpm exec playwright install chromium;\n          fi\n${STEP}`) }],
];

test.each(INNOCENT.map(([name, after, before]) => [name, after, before ?? { [CI]: workflow(STEP) }] as const))("its innocent twin: %s", async (_, after, before) => {
  expect(await judged(after, before)).toEqual([]);
});

test.each([
  ["|| true", "unit:\n  script:\n    - npm ci\n    - npm test || true\n", ["ask failure-ignored"]],
  ["never", "unit:\n  when: never\n  script:\n    - npm ci\n    - npm test\n", ["ask tests-excluded"]],
  ["a template nobody uses", ".unit:\n  script:\n    - npm ci\n    - npm test\n", ["ask tests-excluded"]],
  ["another command", "unit:\n  script:\n    - npm ci\n    - npm run lint\n", ["ask tests-excluded"]],
  ["another package manager", "unit:\n  script:\n    - pnpm i\n    - pnpm test\n", []],
  ["a template that is used", ".node:\n  script:\n    - npm ci\n    - npm test\nunit:\n  extends: .node\n", []],
  ["a pipe, where the shell stops", "unit:\n  script:\n    - npm ci\n    - npm test | tee log\n", []],
])("scripts of GitLab are read the same way: %s", async (_, after, says) => {
  expect(await judged({ ".gitlab-ci.yml": after }, { ".gitlab-ci.yml": "unit:\n  script:\n    - npm ci\n    - npm test\n" })).toEqual(says);
});

const scripts = (text: object): Record<string, string> => ({ "package.json": `${JSON.stringify({ scripts: text })}\n` });

test.each<readonly [string, object, object, readonly string[]]>([
  ["lost its runner", { test: "xo && ava && tsd" }, { test: "xo && tsd" }, ["ask failure-ignored"]],
  ["its runner moved to another script", { test: "xo && ava && tsd" }, { test: "xo && tsd", unit: "ava" }, []],
  ["calls a file", { test: "xo && ava && tsd" }, { test: "node scripts/test.js" }, []],
  ["is gone", { build: "tsc", test: "vitest run" }, { build: "tsc" }, ["ask failure-ignored"]],
  ["is gone, and another was there", { "test": "npm run unit", unit: "vitest run" }, { unit: "vitest run" }, []],
  ["is followed by words", { test: "vitest run" }, { test: "vitest run; echo done" }, ["ask failure-ignored"]],
  ["is followed by more tests", { test: "vitest run" }, { test: "vitest run && tsd" }, []],
  ["runs in the background", { test: "vitest run" }, { test: "vitest run &" }, ["ask failure-ignored"]],
  ["is piped into tee", { test: "mocha" }, { test: "mocha | tee log" }, ["ask failure-ignored"]],
  ["is piped into a reporter", { test: "tape test/*.js" }, { test: "tape test/*.js | tap-spec" }, []],
  ["writes its snapshots", { test: "vitest run" }, { test: "vitest run -u" }, ["ask failure-ignored"]],
  ["has another interface", { test: "mocha" }, { test: "mocha -u tdd" }, []],
  ["a script that is there to write snapshots", { "test:update": "vitest run" }, { "test:update": "vitest run -u" }, []],
  ["runs what changed only", { test: "vitest run" }, { test: "vitest run --changed" }, ["ask tests-excluded"]],
  ["tries again", { test: "playwright test" }, { test: "playwright test --retries=3" }, ["ask retries-raised"]],
  ["only lists", { test: "jest" }, { test: "jest --listTests" }, ["ask failure-ignored"]],
  ["only pretends", { test: "mocha" }, { test: "mocha --dry-run" }, ["ask failure-ignored"]],
])("a script that %s", async (_, before, after, says) => expect(await judged(scripts(after), scripts(before))).toEqual(says));

test.each<readonly [string, string, string, string, readonly string[]]>([
  ["pytest tries again", "pytest.ini", "[pytest]\naddopts = -ra\n", "[pytest]\naddopts = -ra --reruns 5\n", ["ask retries-raised"]],
  ["pytest leaves out a marker", "pytest.ini", "[pytest]\naddopts = -ra\n", '[pytest]\naddopts = -ra -m "not cart"\n', ["ask tests-excluded"]],
  ["pytest only collects", "pytest.ini", "[pytest]\naddopts = -ra\n", "[pytest]\naddopts = -ra --collect-only\n", ["ask failure-ignored"]],
  ["pytest says more", "pytest.ini", "[pytest]\naddopts = -ra\n", "[pytest]\naddopts = -ra --durations=10\n", []],
  ["tox ignores a failure", "tox.ini", "[testenv]\ncommands = pytest tests\n", "[testenv]\ncommands = pytest tests || true\n", ["ask failure-ignored"]],
  ["Vitest takes tests by name", "vitest.config.ts", "export default { test: { globals: true } };\n", 'export default { test: { globals: true, testNamePattern: "adds" } };\n', ["ask tests-excluded"]],
  ["Vitest writes its snapshots", "vitest.config.ts", "export default { test: { globals: true } };\n", "export default { test: { globals: true, update: true } };\n", ["ask failure-ignored"]],
  ["Mocha takes tests by name", ".mocharc.json", '{ "timeout": 2000 }\n', '{ "timeout": 2000, "grep": "adds" }\n', ["ask tests-excluded"]],
  ["AVA takes tests by name", "package.json", '{ "ava": { "timeout": "1m" } }\n', '{ "ava": { "timeout": "1m", "match": ["*adds*"] } }\n', ["ask tests-excluded"]],
  ["AVA leaves a file out", "package.json", '{ "ava": { "files": ["test/**"] } }\n', '{ "ava": { "files": ["test/**", "!test/cart.js"] } }\n', ["ask tests-excluded"]],
  ["AVA leaves fixtures out", "package.json", '{ "ava": { "files": ["test/**"] } }\n', '{ "ava": { "files": ["test/**", "!test/fixtures/**"] } }\n', []],
  ["AVA leaves tests of types out", "package.json", '{ "ava": { "files": ["test/**"] } }\n', '{ "ava": { "files": ["test/**", "!test/*.types.ts"] } }\n', []],
  ["AVA takes a file in again", "package.json", '{ "ava": { "files": ["test/**", "!test/cart.js"] } }\n', '{ "ava": { "files": ["test/**"] } }\n', []],
  ["Stryker leaves a file out", "stryker.conf.json", '{ "mutate": ["src/**/*.ts"] }\n', '{ "mutate": ["src/**/*.ts", "!src/cart.ts"] }\n', ["ask tests-excluded"]],
])("settings: %s", async (_, path, before, after, says) => expect(await judged({ [path]: after }, { [path]: before })).toEqual(says));

test("a file with tests is left out wherever it stands, and a helper is not missed", async () => {
  const around = { "test/helpers/mail.js": 'const assert = require("assert");\nit("sends", () => { assert.equal(mail(), 1); });\n', "test/helpers/setup.js": "exports.open = () => 1;\n" };
  const mocharc = (ignore: readonly string[]) => ({ ...around, ".mocharc.json": `${JSON.stringify({ ignore })}\n` });
  expect(await judged(mocharc(["test/helpers/mail.js"]), mocharc([]))).toEqual(["ask tests-excluded"]);
  expect(await judged(mocharc(["test/helpers/setup.js"]), mocharc([]))).toEqual([]);
});

test("what the product is made of is no longer counted", async () => {
  const around = { "src/cart.ts": "export const total = (list) => list.length;\n" };
  const config = (exclude: readonly string[]) => ({ ...around, "vitest.config.ts": `export default { test: { coverage: { exclude: ${JSON.stringify(exclude)} } } };\n` });
  expect(await judged(config(["src/types/**", "src/cart.ts"]), config([]))).toEqual(["ask tests-excluded"]);
  expect(await judged(config(["src/types/**"]), config([]))).toEqual([]);
});
