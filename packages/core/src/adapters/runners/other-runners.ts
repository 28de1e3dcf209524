import { posix } from "node:path";
import type { TestSetup } from "#evidence";
import type { TreeView } from "./package-manifests.ts";
import type { Scripts } from "./test-script.ts";

const IN_SCRIPTS = /\b(uvu|qunit|karma|cypress|playwright|react-scripts|craco|bun test|deno test|zora|lab|wtr|web-test-runner|ng test)\b/;

/** Runners that are recognised but not started here: they need `tests.command` and `tests.report` in proofline.yaml. */
export async function otherRunners(tree: TreeView, scripts: readonly Scripts[]): Promise<readonly TestSetup[]> {
  const found: TestSetup[] = [];
  const add = (runner: string, packageDir: string, because: string): void => {
    if (!found.some((one) => one.runner === runner)) found.push({ runner, packageDir, because: `${because}; ${declareCommand(runner)}`, declare: declareCommand(runner) });
  };
  for (const one of scripts) {
    const name = IN_SCRIPTS.exec(one["test"] ?? "")?.[1];
    if (name !== undefined) add(name.split(" ")[0] ?? name, ".", `the "test" script starts ${name}`);
  }
  const shallow = [...tree.paths].sort((a, b) => a.length - b.length);
  const pytest = await pytestSetup(tree, shallow);
  if (pytest) found.push(pytest);
  const go = shallow.find((path) => posix.basename(path) === "go.mod");
  if (go !== undefined && tree.paths.some((path) => path.endsWith("_test.go"))) add("go", posix.dirname(go), `${go} is a Go module with tests`);
  return found;
}

/** pytest, where its own settings say that it is meant. They stand in the folder it is started in. */
export async function pytestByItsSettings(tree: TreeView, shallow: readonly string[] = [...tree.paths].sort((a, b) => a.length - b.length)): Promise<TestSetup | undefined> {
  const settings = shallow.find((path) => /(^|\/)(pytest\.ini|\.?pytest\.toml)$/.test(path) && !DATA.test(path)) ?? (await pyproject(tree, shallow));
  if (settings !== undefined) return { runner: "pytest", packageDir: posix.dirname(settings), because: `${settings} belongs to pytest`, start: {} };
  const conftest = shallow.find((path) => /(^|\/)conftest\.py$/.test(path) && !DATA.test(path));
  return conftest === undefined ? undefined : { runner: "pytest", packageDir: ".", because: `${conftest} belongs to pytest`, start: {} };
}

/** Python tests are run by pytest, which takes those of unittest too. */
async function pytestSetup(tree: TreeView, shallow: readonly string[]): Promise<TestSetup | undefined> {
  const meant = await pytestByItsSettings(tree, shallow);
  if (meant) return meant;
  const test = shallow.find((path) => /(^|\/)(test_[^/]*|[^/]*_test)\.py$/.test(path) && !DATA.test(path));
  return test === undefined ? undefined : { runner: "pytest", packageDir: ".", because: `${test} is a Python test`, start: {} };
}

const DATA = /(^|\/)(node_modules|vendor|third_party|fixtures?|testdata|templates?|examples?)\//;

/** What to write into the configuration for a runner that is not started here. */
export function declareCommand(runner: string): string {
  const known: Readonly<Record<string, readonly [string, string]>> = {
    pytest: ["python -m pytest -q --junitxml=report.xml {files}", "report.xml"],
    go: ["gotestsum --junitfile report.xml ./...", "report.xml"],
    playwright: ["npx playwright test --reporter=junit {files}", "the file of PLAYWRIGHT_JUNIT_OUTPUT_NAME"],
  };
  const [command, report] = known[runner] ?? ["a command that writes JUnit XML, TAP or CTRF", "the file it writes"];
  return `declare it: tests.command "${command}", tests.report "${report}"`;
}

async function pyproject(tree: TreeView, shallow: readonly string[]): Promise<string | undefined> {
  for (const path of shallow.filter((one) => /(^|\/)(pyproject\.toml|setup\.cfg|tox\.ini)$/.test(one) && !DATA.test(one)).slice(0, 5)) {
    if (/^\[tool[.:]pytest|^\[pytest\]/m.test((await tree.read(path)) ?? "")) return path;
  }
  return undefined;
}
