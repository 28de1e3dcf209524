import { pathToFileURL } from "node:url";
import { gte } from "semver";
import type { NativeRunner } from "../reporters/write-reporters.ts";
import { node, type Driver } from "./driver.ts";
import { playwright } from "./playwright.ts";
import { pytest } from "./pytest.ts";
import { tap } from "./tap.ts";

const vitest: Driver = {
  package: "vitest",
  since: "0.10.0",
  invocations: (request) => {
    const { start, tool, coverageFolder, selected, trace } = request;
    const coverage =
      coverageFolder === undefined
        ? trace?.provider === undefined
          ? [withoutCoverage(tool?.version ?? "")]
          : ["--coverage.enabled=true", "--coverage.provider=custom", `--coverage.customProviderModule=${trace.provider}`]
        : ["--coverage.enabled=true", "--coverage.reporter=lcovonly", `--coverage.reportsDirectory=${coverageFolder}`, ...(trace?.provider === undefined ? [] : ["--coverage.provider=custom", `--coverage.customProviderModule=${trace.provider}`])];
    const files = selected ?? start.files ?? [];
    return [{ argv: node(request, tool?.script ?? "", "run", ...(start.options ?? []), `--reporter=${request.reporter}`, ...coverage, ...files) }];
  },
};

/** The first versions of Vitest 1 read the word "false" behind a dot as true. */
const withoutCoverage = (version: string): string => (/^1\.[0-3]\./.test(version) ? "--coverage=false" : "--coverage.enabled=false");

const jest: Driver = {
  package: "jest",
  since: "20.0.0",
  invocations: (request) => {
    const { start, tool, coverageFolder, selected, trace } = request;
    const coverage =
      coverageFolder === undefined
        ? trace === undefined
          ? ["--coverage=false"]
          : ["--coverage", "--coverageReporters=none", "--coverageThreshold={}"]
        : ["--coverage", "--coverageReporters=lcovonly", `--coverageDirectory=${coverageFolder}`, "--coverageThreshold={}"];
    const files = selected ? jestSelection(selected, tool?.version ?? "") : (start.files ?? []);
    const own = ["--ci", "--watchAll=false", `--reporters=${request.reporter}`, `--cacheDirectory=${request.cacheFolder}`];
    return [{ argv: node(request, tool?.script ?? "", ...(start.options ?? []), ...own, ...coverage, ...files), ...(trace && { env: { PROOFLINE_TRACE: trace.folder } }) }];
  },
};

/** Jest before 21 takes patterns only, and ends with an error at an option it does not know. */
const jestSelection = (paths: readonly string[], version: string): readonly string[] =>
  /^(1?\d|20)\./.test(version) ? paths.map((path) => `${path.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`) : ["--runTestsByPath", ...paths];

const mocha: Driver = {
  package: "mocha",
  invocations: (request) => {
    const { start, tool, selected } = request;
    const own = ["--reporter", request.reporter, ...mochaSettings(tool?.version ?? "")];
    const files = selected ?? start.files ?? [];
    return [{ argv: node(request, tool?.script ?? "", ...(start.options ?? []), ...own, ...files), ...(selected ? { selected } : {}) }];
  },
};

/** Mocha before 6 ends with an error at an option it does not know, and these are younger. */
const mochaSettings = (version: string): readonly string[] => (/^[0-5]\./.test(version) ? ["--no-colors"] : ["--no-parallel", "--no-bail", "--no-color"]);

const ava: Driver = {
  package: "ava",
  invocations: (request) => {
    const { start, tool, selected } = request;
    const files = selected ?? start.files ?? [];
    const argv = node(request, "--import", pathToFileURL(request.reporter).href, tool?.script ?? "", ...(start.options ?? []), "--tap", ...files);
    return [{ argv, env: { PROOFLINE_AVA: `${tool?.folder ?? ""}/package.json` } }];
  },
};

const jasmine: Driver = {
  package: "jasmine",
  invocations: (request) => {
    const { start, tool, selected } = request;
    const files = selected ?? start.files ?? [];
    return [{ argv: node(request, tool?.script ?? "", ...(start.options ?? []), `--reporter=${request.reporter}`, ...files) }];
  },
};

const SCRIPTS = [".js", ".cjs", ".mjs", ".ts", ".cts", ".mts", ".jsx", ".tsx"];

const nodeTest: Driver = {
  invocations: (request) => {
    const { start, selected } = request;
    const named = start.files ?? [];
    const files = selected ?? request.expand(named, SCRIPTS);
    if (named.length > 0 && files.length === 0) return [];
    const reporter = [`--test-reporter=${pathToFileURL(request.reporter).href}`, "--test-reporter-destination=stdout"];
    const forced = (start.options ?? []).includes(FORCE_EXIT);
    return [{ argv: node(request, "--test", ...(start.options ?? []), ...reporter, ...files), mayHang: !forced && gte(process.versions.node, "20.14.0") }];
  },
  // Not at once: it also ends a file that is still about to register tests.
  again: ({ argv, env }, { ended }) => (ended === "lingered" ? { argv: argv.map((word) => (word === "--test" ? ["--test", FORCE_EXIT] : [word])).flat(), ...(env && { env }) } : undefined),
};

const FORCE_EXIT = "--test-force-exit";

/** One process per file: an exception ends a tape process, and the other files' tests with it. */
const tape: Driver = {
  package: "tape",
  invocations: (request) => {
    const { start, selected } = request;
    const named = start.files && start.files.length > 0 ? start.files : ["test/*", "test.*"];
    const files = selected ?? request.expand(named, SCRIPTS);
    return files.map((file) => ({ argv: node(request, "--require", request.reporter, file), selected: [file] }));
  },
};

/** Programs that test by themselves and say how it went by how they end, one process per file. */
const program: Driver = {
  invocations: (request) => {
    const { start, selected } = request;
    const files = selected ?? request.expand(start.files ?? [], SCRIPTS);
    return files.map((file) => ({ argv: node(request, "--require", request.reporter, file), selected: [file] }));
  },
};

/** How each runner is started. */
export const DRIVERS: Readonly<Record<NativeRunner, Driver>> = { vitest, jest, mocha, ava, jasmine, "node:test": nodeTest, tap, tape, program, pytest, playwright };
