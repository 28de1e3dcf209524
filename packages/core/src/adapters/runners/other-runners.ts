import { posix } from "node:path";
import type { TestSetup } from "#evidence";
import type { TreeView } from "./package-manifests.ts";
import type { Scripts } from "./test-script.ts";

const IN_SCRIPTS = /\b(borp|tap|uvu|qunit|karma|cypress|playwright|react-scripts|craco|bun test|deno test|zora|lab|wtr|web-test-runner|ng test)\b/;

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
  const pytest = shallow.find((path) => /(^|\/)(pytest\.ini|conftest\.py)$/.test(path)) ?? (await pyproject(tree, shallow));
  if (pytest !== undefined) add("pytest", ".", `${pytest} belongs to pytest`);
  const go = shallow.find((path) => posix.basename(path) === "go.mod");
  if (go !== undefined && tree.paths.some((path) => path.endsWith("_test.go"))) add("go", posix.dirname(go), `${go} is a Go module with tests`);
  return found;
}

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
  for (const path of shallow.filter((one) => /(^|\/)(pyproject\.toml|setup\.cfg|tox\.ini)$/.test(one)).slice(0, 5)) {
    if (/^\[tool[.:]pytest|^\[pytest\]/m.test((await tree.read(path)) ?? "")) return path;
  }
  return undefined;
}
