import type { ModuleFacts } from "../scan/module-facts.ts";

/** How much of the product a test drives: one part, several together, or all of it from outside. */
export type TestLayer = "unit" | "integration" | "e2e";

const E2E_PATH = /(?:^|\/)(?:e2e|e2e-tests|end-to-end|cypress|playwright|acceptance|acceptance-tests|browser-tests|uitests?|ui-tests|testing-e2e|androidtest)\/|\.(?:e2e|e2e-spec|e2e-test|cy|pw)\.[cm]?[jt]sx?$|(?:^|\/)e2e[-_.][\w.-]*$/i;
const E2E_PACKAGES = /^(?:@playwright\/|playwright$|playwright-core$|cypress$|puppeteer|webdriverio$|@wdio\/|selenium-webdriver$|selenium$|testcafe$|nightwatch|detox$|@nuxt\/test-utils\/e2e$|pytest_playwright$)/;
const INTEGRATION_PATH = /(?:^|\/)(?:integration|integrations|integration-tests|integration_tests|integrationtests?|test-integration|functional|functional-tests|functional_tests|system-tests|smoke-tests|it)\/|[.\-_](?:integration|int|itest|it|functional)(?:[.\-_](?:test|spec|tests))?\.[cm]?[jt]sx?$|(?:^|\/)test_integration\w*\.py$/i;
const INTEGRATION_PACKAGES = /^(?:supertest$|supertest-as-promised$|chai-http$|testcontainers$|@testcontainers\/|mongodb-memory-server|light-my-request$|pactum$|@pact-foundation\/|nock$|msw\/node$|(?:node:)?(?:http|https|http2|net|dgram|tls)$|listhen$|get-port|docker$|requests_mock$|starlette\.testclient$|fastapi\.testclient$)/;

/** The layer of a test file: by where it stands and what it is called, else by what it imports and starts. */
export function layerOf(path: string, facts: ModuleFacts | undefined): TestLayer {
  const imports = (facts?.imports ?? []).filter(([, kind]) => kind !== "type").map(([specifier]) => specifier);
  if (E2E_PATH.test(path) || imports.some((name) => E2E_PACKAGES.test(name))) return "e2e";
  if (INTEGRATION_PATH.test(path) || facts?.spawns === true || imports.some((name) => INTEGRATION_PACKAGES.test(name))) return "integration";
  return "unit";
}

const RUNNERS: readonly (readonly [RegExp, string])[] = [
  [/^@playwright\/(?:test|experimental-ct-.{1,40})$/, "playwright"],
  [/^cypress(?:\/.{1,40})?$/, "cypress"],
  [/^vitest$/, "vitest"],
  [/^@jest\/globals$/, "jest"],
  [/^(?:node:)?test$/, "node:test"],
  [/^bun:test$/, "bun"],
  [/^(ava|mocha|tape|tap|tsd|tstyche)$/, ""],
];

const TYPE_TEST = /(?:[.-](?:test|spec)-d\.[cm]?tsx?)$|(?:^|\/)(?:test-d|tests-d|dts-test|test-dts|type-tests|typetests)\//;

/** True for tests of types: nothing in them runs, and only what checks types takes them. */
export const isTypeTest = (path: string): boolean => TYPE_TEST.test(path);

/** The runner a test file imports; undefined where it counts on globals. */
export function runnerOf(path: string, facts: ModuleFacts | undefined): string | undefined {
  if (path.endsWith(".py")) return "pytest";
  for (const [specifier] of facts?.imports ?? []) {
    const found = RUNNERS.find(([name]) => name.test(specifier));
    if (found) return found[1] === "" ? specifier : found[1];
  }
  return /\.cy\.[cm]?[jt]sx?$/.test(path) ? "cypress" : undefined;
}
