import { CODE, inFolder, words, type PathWords } from "./path-words.ts";

const SNAPSHOT_FOLDERS = words("__snapshots__ __image_snapshots__ __screenshots__ __file_snapshots__");
const FIXTURE_FOLDERS = words(
  "__fixtures__ fixtures fixture testdata test-data test_data __testfixtures__ __mocks__ __mockdata__ testfixtures test-fixtures test_fixtures test-fixture cassettes testing_support",
);
const TEST_FOLDERS = words(`
  test tests __tests__ __test__ spec specs e2e cypress androidtest unittests unit-tests integration-tests integration_tests integrationtest integrationtests
  test-e2e e2e-tests type-tests typetests test-d tests-d test-dts dts-test typings-tests type-test typescript-tests acceptance acceptance-tests functional-tests
  smoke-tests regression-tests system-tests browser-tests test-integration jest-tests vitest-tests test262 testing-e2e`);
const TEST_LIKE_FOLDER = /^[\w.]+[._-](?:tests?|e2e|specs?)$|^(?:tests?|e2e)[_-][\w.-]+$/;
const PRODUCT_FOLDERS = words("src lib libs source sources app internal pkg dist");

/** `a.test.ts`, `a.spec.js`, `a.test-d.ts`, `a.e2e.ts`, `a.cy.ts`: nobody names product code so. */
const CERTAIN = new RegExp(
  [
    /\.(?:test|tests|spec|specs|test-d|spec-d|e2e|e2e-spec|cy|unit|it|itest|bench-d|tst|integration|browser-test|node-test)\.(?:[cm]?[jt]sx?|vue|svelte|coffee|lua|exs?|dart|js\.flow)$/,
    /_(?:test|tests|spec|unittest|integration_test)\.(?:go|py|exs|rb|rs|dart|cc|cpp|c|lua|ts|js|clj|ml|php)$/,
    /^(?:test_[\w-]+|tests?|conftest)\.py$|^tests\.rs$/,
    /^(?:test_helper|spec_helper|rails_helper)\.rb$|\.feature$|\.bats$|\.tftest\.hcl$|\.test\.(?:sh|yaml|yml|php|sql)$|\.phpt$/,
    /^(?:jest|vitest|mocha|ava|cypress|playwright|karma|test|tests)[.-](?:setup|globals?|global-setup|environment)[\w.-]*\.[cm]?[jt]sx?$|^setup-?tests?\.[cm]?[jt]sx?$/,
  ]
    .map((pattern) => pattern.source)
    .join("|"),
);
/** Class names of the languages that test by class; the case tells. */
const CLASSES =
  /(?:^|[a-z0-9])(?:Tests?|TestCase|Spec|IT|ITCase|IntegrationTest)\.(?:java|kt|kts|groovy|scala|cs|fs|vb|swift|php|m|mm)$|^Test[A-Z]\w*\.(?:java|php)$/;
/** node:test's own patterns and old habits; inside a source folder such a name may well be the product. */
const LIKELY = /^test[-.][\w.-]+\.[cm]?[jt]sx?$|^tests?\.(?:[cm]?[jt]sx?|rs|php)$|[\w.][-_](?:test|tests|spec|specs)\.[cm]?[jt]sx?$|^spec[-_][\w.-]+\.rb$/;

const SETTINGS = /^(?:tsconfig[\w.-]*|jsconfig|package|\.[\w.-]+|[\w.-]+\.config)\.(?:json|[cm]?[jt]s)$|^\.[\w-]+$/;

/** Which part of the test side a path is; undefined for everything else. */
export function testSideOf(at: PathWords): "test" | "snapshot" | "fixture" | undefined {
  if (isSnapshot(at)) return "snapshot";
  const tests = certainName(at) || isTestFolder(at);
  if (isFixtureFolder(at, tests)) return at.extension === "md" && at.lower === "readme.md" ? undefined : "fixture";
  if (!tests) return isLikelyTest(at) ? "test" : undefined;
  if (certainName(at)) return "test";
  if (CODE.has(at.extension) && !["html", "htm", "css", "scss", "less", "sql"].includes(at.extension)) return SETTINGS.test(at.lower) ? undefined : "test";
  if (SETTINGS.test(at.lower) || at.extension === "md" || at.extension === "") return undefined;
  return "fixture";
}

const certainName = (at: PathWords): boolean => CERTAIN.test(at.lower) || CLASSES.test(at.name);

function isSnapshot(at: PathWords): boolean {
  if (inFolder(at, SNAPSHOT_FOLDERS) || /\.(?:snap|ambr|snapshot)$|\.(?:approved|verified)\.\w+$|\.snap\.\w+$/.test(at.lower)) return true;
  const last = at.folders.at(-1) ?? "";
  return (last === "snapshots" && at.folders.some((folder) => TEST_FOLDERS.has(folder))) || (/-snapshots$/.test(last) && at.extension === "png");
}

/** Tests of a package may stand below its source folder; a package that is *about* tests has them in its name only. */
function isTestFolder(at: PathWords): boolean {
  return at.folders.some((folder, depth) => {
    if (TEST_FOLDERS.has(folder)) return !(folder.startsWith("spec") && !CODE.has(at.extension)) && !isPackageName(at, depth);
    const above = at.folders.slice(0, depth);
    return TEST_LIKE_FOLDER.test(folder) && !above.some((name) => PRODUCT_FOLDERS.has(name)) && !isPackageName(at, depth);
  });
}

/** `packages/test/src/x.ts`: the package is called so, its source is a product. */
const isPackageName = (at: PathWords, depth: number): boolean =>
  depth > 0 && /^(?:packages|crates|modules|plugins|libs|apps)$/.test(at.folders[depth - 1] ?? "") && /^(?:src|lib)$/.test(at.folders[depth + 1] ?? "");

/** `fixtures/` anywhere but in the product's own source, where the word may be a feature. */
function isFixtureFolder(at: PathWords, tests: boolean): boolean {
  const depth = at.folders.findIndex((folder) => FIXTURE_FOLDERS.has(folder));
  if (depth < 0) return false;
  const certain = tests || /^__|test/.test(at.folders[depth] ?? "");
  return certain || !at.folders.slice(0, depth).some((folder) => folder === "src" || folder === "lib");
}

const isLikelyTest = (at: PathWords): boolean => LIKELY.test(at.lower) && !inFolder(at, PRODUCT_FOLDERS);
