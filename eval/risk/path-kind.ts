import type { FileKind } from "../../packages/core/src/change/index.ts";

/** First match wins, so the order is from the most to the least specific reading of a path. */
const RULES: readonly (readonly [FileKind, RegExp])[] = [
  ["lock", /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.ya?ml|bun\.lockb?|deno\.lock|Cargo\.lock|go\.sum|poetry\.lock|Pipfile\.lock|composer\.lock|Gemfile\.lock|[^/]+\.lock)$/i],
  ["ci", /^(\.github|\.gitlab|\.circleci|\.azure[^/]*)\/|(^|\/)(\.gitlab-ci\.yml|\.travis\.yml|appveyor\.yml|azure-pipelines[^/]*\.yml|Jenkinsfile)$/i],
  ["snapshot", /(^|\/)__snapshots__\/|\.snap$/i],
  ["vendored", /(^|\/)(node_modules|vendor|third_party|bower_components)\//i],
  ["fixture", /(^|\/)(__fixtures__|fixtures?|__mocks__|testdata|test-data)\//i],
  ["test", /(^|\/)(__tests__|tests?|specs?|e2e|test-d|cypress|type-tests?)\/|[._-](test|spec|test-d|spec-d|e2e|cy)\.[^/]+$|(^|\/)test_[^/]+\.py$|_test\.(go|py|rb)$|(^|\/)src\/test\//i],
  ["generated", /(^|\/)(dist|build|out|lib-cov|coverage|__generated__|generated)\/|\.(min|bundle|generated|gen|pb)\.[^/]+$|\.map$/i],
  ["docs", /\.(md|mdx|markdown|rst|adoc|txt)$|(^|\/)(docs?|website|examples?|samples?|playground|blog|www|benchmarks?|bench|demos?)\/|(^|\/)(LICENSE|AUTHORS|CHANGELOG|CONTRIBUTING|README)[^/]*$/i],
  ["migration", /(^|\/)migrations?\/.*\.(sql|js|ts|py|rb)$/i],
  ["config", /(^|\/)(package\.json|tsconfig[^/]*\.json|\.[^/]*rc(\.[a-z]+)?|\.[^/]+|Makefile|Dockerfile[^/]*|Gruntfile[^/]*|[^/]*\.config\.[^/]+)$|\.(ya?ml|toml|ini|cfg|conf|json5?|properties|env|xml|gradle)$/i],
  ["asset", /\.(png|jpe?g|gif|svg|ico|webp|woff2?|ttf|eot|mp[34]|pdf|zip|gz|css|scss|less|html?)$/i],
  ["source", /\.(c|cc|cpp|cs|cjs|coffee|dart|ex|exs|go|h|hpp|java|js|jsx|kt|kts|lua|mjs|mts|cts|php|py|rb|rs|scala|sh|sql|svelte|swift|ts|tsx|vue|zig)$/i],
];

/** What a file is for, by its path alone; what no rule knows is an asset. */
export const pathKind = (path: string): FileKind => RULES.find(([, pattern]) => pattern.test(path))?.[0] ?? "asset";
