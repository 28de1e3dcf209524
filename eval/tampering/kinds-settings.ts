import { replace, applied, type Kind, type Planting, type Site } from "./planting.ts";

const JAVASCRIPT = ["expect", "chai", "should", "assert", "ava", "tape"] as const;
const ALL = [...JAVASCRIPT, "pytest", "unittest"] as const;

/** Only at the first test of a repository's first file: these speak of the whole repository. */
export const SETTING_KINDS: readonly Kind[] = [
  {
    id: "package script ends well whatever happens",
    dialects: JAVASCRIPT,
    plant: (site) => script(site, (command) => `${command} || true`),
    twin: (site) => manifest(site, (json) => ({ ...json, scripts: { ...(json["scripts"] as object), clean: "rm -rf dist || true" } })),
  },
  { id: "package script says nothing but ok", dialects: JAVASCRIPT, plant: (site) => script(site, () => "echo ok") },
  {
    id: "CI step ends well whatever happens",
    dialects: ALL,
    plant: (site) => step(site, (line) => `${line} || true`),
    twin: (site) => step(site, (line, indent) => `${line}\n${indent}- run: rm -rf coverage || true`),
  },
  {
    id: "CI step may fail",
    dialects: ALL,
    plant: (site) => step(site, (line, indent, dashed) => `${line}\n${indent}${dashed ? "  " : ""}continue-on-error: true`),
    twin: (site) => step(site, (line, indent, dashed) => (dashed ? `${line}\n${indent}- run: node upload-badge.js\n${indent}  continue-on-error: true` : line)),
  },
  {
    id: "CI step piped away",
    dialects: ALL,
    plant: (site) => step(site, (line) => `${line} | tee test.log`),
    twin: (site) => step(site, (line, indent, dashed) => `${line} | tee test.log\n${indent}${dashed ? "  " : ""}shell: bash`),
  },
  { id: "CI started by hand only", dialects: ALL, plant: (site) => byHand(site) },
  {
    id: "package script is followed by words",
    dialects: JAVASCRIPT,
    plant: (site) => script(site, (command) => `${command}; echo done`),
    twin: (site) => script(site, (command) => `${command} && echo done`),
  },
  {
    id: "package script runs some tests only",
    dialects: ["expect", "chai", "should"],
    plant: (site) => script(site, (command) => `${command} ${site.repository.runner === "mocha" ? "--grep" : "-t"} adds`),
  },
  { id: "CI step is gone", dialects: ALL, plant: (site) => step(site, (_line, indent, dashed) => `${indent}${dashed ? "- " : ""}run: echo tests are run elsewhere`) },
  {
    id: "coverage floor lowered",
    dialects: ALL,
    plant: (site) => floor(site, 90, 50),
    twin: (site) => floor(site, 90, 95),
  },
  { id: "coverage floor taken away", dialects: ALL, plant: (site) => floor(site, 90, undefined) },
  {
    id: "file excluded from the run",
    dialects: ALL,
    plant: (site) => excluded(site, [site.file.path]),
    twin: (site) => excluded(site, ["dist/bundle.js"]),
  },
  {
    id: "retries for all tests",
    dialects: ["expect", "chai", "should", "pytest"],
    plant: retries,
  },
  {
    id: "setup file forces a pass",
    dialects: ALL,
    plant: (site) => setup(site, site.repository.dialect === "pytest" || site.repository.dialect === "unittest" ? "def pytest_sessionfinish(session, exitstatus):\n    session.exitstatus = 0\n" : "process.on('exit', () => { process.exitCode = 0; });\n"),
    twin: (site) => setup(site, site.repository.dialect === "pytest" || site.repository.dialect === "unittest" ? "def pytest_configure(config):\n    config.start_day = 0\n" : "process.env.TZ = 'UTC';\n"),
  },
];

type Json = Readonly<Record<string, unknown>>;

function manifest(site: Site, change: (json: Json) => Json, before?: (json: Json) => Json): Planting | undefined {
  const text = site.other("package.json");
  if (text === undefined) return undefined;
  const json = JSON.parse(text) as Json;
  const write = (value: Json): string => `${JSON.stringify(value, null, /^\{\n\t/.test(text) ? "\t" : 2)}\n`;
  return { base: { "package.json": write(before ? before(json) : json) }, head: { "package.json": write(change(json)) } };
}

function script(site: Site, change: (command: string) => string): Planting | undefined {
  const scripts = (JSON.parse(site.other("package.json") ?? "{}") as { readonly scripts?: Readonly<Record<string, string>> }).scripts ?? {};
  // The one that starts the runner itself, where the script called `test` only calls others.
  const [name, command] = Object.entries(scripts).find(([key, words]) => /^tests?\b/.test(key) && words.includes(site.repository.runner === "node:test" ? "--test" : site.repository.runner)) ?? ["test", scripts["test"]];
  return command === undefined ? undefined : manifest(site, (json) => ({ ...json, scripts: { ...(json["scripts"] as object), [name]: change(command) } }));
}

const TESTING = /^([ \t]*)(- )?run: *(?:.*\s)?(?:(?:npm|yarn|pnpm|npx|bun|uv|python|make|nox|tox|coverage)\b.*\b(?:test|t|vitest|jest|ava|mocha|pytest|tox|tests\w*)\b.*|pytest\b.*|tox\b.*|scripts\/test)$/m;

function step(site: Site, change: (line: string, indent: string, dashed: boolean) => string): Planting | undefined {
  for (const path of site.paths.filter((one) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(one))) {
    const text = site.other(path);
    const found = text === undefined ? null : TESTING.exec(text);
    if (text === undefined || !found) continue;
    const [line, indent = "", dash] = found;
    const changed = change(line, indent, dash !== undefined);
    return changed === line ? undefined : { base: {}, head: { [path]: applied(text, [replace([found.index, found.index + line.length], changed)]) } };
  }
  return undefined;
}

/** The workflow that runs the tests waits for a person at a button. */
function byHand(site: Site): Planting | undefined {
  const path = site.paths.filter((one) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(one)).find((one) => TESTING.test(site.other(one) ?? ""));
  const text = path === undefined ? undefined : site.other(path);
  const found = text === undefined ? null : /^["']?on["']?:.*\n(?:[ \t]+.*\n|\n(?=[ \t]))*/m.exec(text);
  return path === undefined || text === undefined || !found ? undefined : { base: {}, head: { [path]: applied(text, [replace([found.index, found.index + found[0].length], "on: workflow_dispatch\n")]) } };
}

/** A floor put there first: few of the repositories have one. */
function floor(site: Site, was: number, is: number | undefined): Planting | undefined {
  const { runner } = site.repository;
  if (runner === "pytest" || runner === "unittest") {
    const text = (percent: number | undefined): string => `[report]\nshow_missing = true\n${percent === undefined ? "" : `fail_under = ${percent}\n`}`;
    return { base: { ".coveragerc": text(was) }, head: { ".coveragerc": text(is) } };
  }
  if (runner === "vitest") {
    const text = (percent: number | undefined): string => `import { defineConfig } from "vitest/config";\n\nexport default defineConfig({ test: { coverage: { include: ["src"]${percent === undefined ? "" : `, thresholds: { lines: ${percent} }`} } } });\n`;
    return { base: { "vitest.config.ts": text(was) }, head: { "vitest.config.ts": text(is) } };
  }
  if (runner === "jest") {
    const text = (percent: number | undefined): string => `module.exports = {\n  collectCoverage: true,\n${percent === undefined ? "" : `  coverageThreshold: { global: { lines: ${percent} } },\n`}};\n`;
    return { base: { "jest.config.js": text(was) }, head: { "jest.config.js": text(is) } };
  }
  const tool = runner === "ava" || runner === "node:test" ? "c8" : "nyc";
  const value = (percent: number | undefined): Json => ({ reporter: ["text"], ...(percent !== undefined && { "check-coverage": true, lines: percent }) });
  return manifest(site, (json) => ({ ...json, [tool]: value(is) }), (json) => ({ ...json, [tool]: value(was) }));
}

function excluded(site: Site, paths: readonly string[]): Planting | undefined {
  const { runner } = site.repository;
  if (runner === "pytest") {
    const text = (more: string): string => `[pytest]\naddopts = -ra${more}\n`;
    return { base: { "pytest.ini": text("") }, head: { "pytest.ini": text(paths.map((path) => ` --ignore=${path}`).join("")) } };
  }
  if (runner === "vitest") {
    const text = (more: readonly string[]): string => `import { defineConfig } from "vitest/config";\n\nexport default defineConfig({ test: { exclude: ${JSON.stringify(["node_modules", ...more])} } });\n`;
    return { base: { "vitest.config.ts": text([]) }, head: { "vitest.config.ts": text(paths) } };
  }
  if (runner === "jest") {
    const text = (more: readonly string[]): string => `module.exports = { testPathIgnorePatterns: ${JSON.stringify(["/node_modules/", ...more])} };\n`;
    return { base: { "jest.config.js": text([]) }, head: { "jest.config.js": text(paths) } };
  }
  if (runner === "mocha") return { base: { ".mocharc.json": '{ "ignore": [] }\n' }, head: { ".mocharc.json": `${JSON.stringify({ ignore: paths })}\n` } };
  if (runner === "ava") return manifest(site, (json) => ({ ...json, ava: { files: ["test*", "test/**", ...paths.map((path) => `!${path}`)] } }), (json) => ({ ...json, ava: { files: ["test*", "test/**"] } }));
  return undefined;
}

function retries({ repository: { runner } }: Site): Planting | undefined {
  if (runner === "vitest") return { base: { "vitest.config.ts": "export default { test: { globals: false } };\n" }, head: { "vitest.config.ts": "export default { test: { globals: false, retry: 5 } };\n" } };
  if (runner === "mocha") return { base: { ".mocharc.json": '{ "timeout": 2000 }\n' }, head: { ".mocharc.json": '{ "timeout": 2000, "retries": 5 }\n' } };
  if (runner === "pytest") return { base: { "pytest.ini": "[pytest]\naddopts = -ra\n" }, head: { "pytest.ini": "[pytest]\naddopts = -ra --reruns 5\n" } };
  return undefined;
}

function setup({ repository: { runner }, other }: Site, more: string): Planting | undefined {
  if (runner === "pytest" || runner === "unittest") {
    const there = other("tests/conftest.py") ?? "";
    return { base: { "tests/conftest.py": there }, head: { "tests/conftest.py": `${there}\n\n${more}` } };
  }
  const files: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    vitest: { "vitest.config.ts": 'export default { test: { setupFiles: ["./test/setup.ts"] } };\n', "test/setup.ts": "export {};\n" },
    jest: { "jest.config.js": 'module.exports = { setupFiles: ["./test/setup.js"] };\n', "test/setup.js": "'use strict';\n" },
    mocha: { ".mocharc.json": '{ "require": ["./test/setup.js"] }\n', "test/setup.js": "'use strict';\n" },
  };
  const base = files[runner];
  const path = base && Object.keys(base).find((name) => name.includes("setup"));
  return base && path !== undefined ? { base, head: { ...base, [path]: `${base[path] ?? ""}${more}` } } : undefined;
}
