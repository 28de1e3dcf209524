/**
 * Which files a fix is traced through. Kept apart from the product's own classification of files on purpose: the labels
 * must not be made by the code they judge.
 */
const BESIDE_THE_PRODUCT: readonly RegExp[] = [
  /^(\.github|\.gitlab|\.circleci|\.azure[^/]*)\//i,
  /(^|\/)(__snapshots__|node_modules|vendor|third_party|bower_components|__fixtures__|fixtures?|__mocks__|testdata|test-data)\//i,
  /(^|\/)(__tests__|tests?|specs?|e2e|test-d|cypress|type-tests?)\/|[._-](test|spec|test-d|spec-d|e2e|cy)\.[^/]+$|(^|\/)test_[^/]+\.py$|_test\.(go|py|rb)$/i,
  /(^|\/)(dist|build|out|lib-cov|coverage|__generated__|generated)\/|\.(min|bundle|generated|gen|pb)\.[^/]+$/i,
  /(^|\/)(docs?|website|examples?|samples?|playground|blog|www|benchmarks?|bench|demos?)\//i,
  /(^|\/)migrations?\//i,
  /(^|\/)(\.[^/]*|Gruntfile[^/]*|[^/]*\.config\.[^/]+)$/i,
];
const CODE = /\.(c|cc|cpp|cs|cjs|coffee|dart|ex|exs|go|h|hpp|java|js|jsx|kt|kts|lua|mjs|mts|cts|php|py|rb|rs|scala|sh|sql|svelte|swift|ts|tsx|vue|zig)$/i;

/** True for hand-written code of the product: no tests, docs, generated files, configuration or examples. */
export const isBlamed = (path: string): boolean => CODE.test(path) && !BESIDE_THE_PRODUCT.some((pattern) => pattern.test(path));
