/** What kind of settings a file holds, when it governs how tests are run or counted. */
export type Governing = "runner" | "manifest" | "lines" | "pipeline";

const RUNNER =
  /(?:^|\/)(?:(?:vite|vitest|jest|playwright|cypress|ava|nyc|stryker|web-test-runner|wtr|jasmine|c8|wdio)(?:[.-][\w-]+)*\.(?:config|conf|workspace|projects)\.[cm]?[jt]s(?:on)?|(?:vitest|jest|stryker|karma)(?:[.-][\w-]+)*\.(?:config|conf|workspace)\.(?:[cm]?[jt]s|json)|karma\.conf[\w.-]*\.[cm]?[jt]s|\.(?:nycrc|c8rc|mocharc|taprc)(?:\.(?:json[c5]?|ya?ml|[cm]?js))?|jasmine\.json|codecov\.ya?ml|\.codecov\.ya?ml)$/;
const LINES = /(?:^|\/)(?:pytest\.ini|tox\.ini|setup\.cfg|\.coveragerc|pyproject\.toml)$/;
const PIPELINE = /(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$|(?:^|\/)\.gitlab-ci\.ya?ml$|(?:^|\/)azure-pipelines\.ya?ml$|(?:^|\/)\.circleci\/config\.ya?ml$|(?:^|\/)(?:\.travis|circle)\.ya?ml$/;

/** What a file governs; undefined for all others. */
export function governs(path: string): Governing | undefined {
  if (RUNNER.test(path)) return "runner";
  if (/(?:^|\/)package\.json$/.test(path)) return "manifest";
  if (LINES.test(path)) return "lines";
  return PIPELINE.test(path) ? "pipeline" : undefined;
}

/** Words one of which stands in every line that these settings are changed by. */
export const TELLING_LINE = /test|jest|vitest|mocha|nyc|c8|ava\b|tape|jasmine|karma|coverage|cover|threshold|retr|timeout|lines|branches|functions|statements|exclude|ignore|include|spec|forbid|only|continue-on-error|allow_failure|\|\||exit|fail|strict|addopts|reruns|deselect|break|high|low|target|if:|when:|uses:|on:|push|pull_request|dispatch|branches|paths|shell|tee\b|trap|match|grep|filter|-u\b|update|setup|runner|all|dry|mutate|list/i;
