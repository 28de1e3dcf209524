import { inFolder, words, type PathWords } from "./path-words.ts";

const LOCKS = words(`
  package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml bun.lock bun.lockb deno.lock cargo.lock go.sum go.work.sum poetry.lock uv.lock pdm.lock
  pipfile.lock conda-lock.yml gemfile.lock composer.lock mix.lock pubspec.lock podfile.lock package.resolved packages.lock.json gradle.lockfile
  buildscript-gradle.lockfile flake.lock conan.lock cartfile.resolved paket.lock project.assets.json .terraform.lock.hcl chart.lock module.bazel.lock`);

const VENDORED = words("node_modules bower_components vendor third_party third-party thirdparty jspm_packages pods carthage");

const CI_FILES = words(`
  .gitlab-ci.yml .travis.yml appveyor.yml .appveyor.yml azure-pipelines.yml jenkinsfile .drone.yml bitbucket-pipelines.yml cloudbuild.yaml cloudbuild.yml
  codecov.yml .codecov.yml .coveralls.yml .cirrus.yml .woodpecker.yml buildspec.yml .semaphore.yml codefresh.yml .taskcluster.yml renovate.json
  .renovaterc renovate.json5 .mergify.yml dependabot.yml sonar-project.properties .pre-commit-config.yaml pkg.pr.new`);
const CI_FOLDERS = words(".circleci .buildkite .woodpecker .azure-pipelines .semaphore .gitlab .drone .teamcity .ci");

const PROSE = words("md mdx markdown rst adoc asciidoc txt tex rtf pod textile org");
const PROSE_FILES =
  /^(?:licen[cs]e|copying|notice|authors|contributors|changelog|changes|history|readme|todo|security|code_of_conduct|maintainers|thanks|patents|citation|funding|governance|upgrading|news)(?:[-.].*)?$/;
const PROSE_FOLDERS = words("playground playgrounds sandbox tutorials tutorial stories .changeset .vitepress .docusaurus storybook .storybook issue_template");
/** Shown to readers, tests included. */
const SHOWCASE_FOLDERS = words("docs doc documentation website www examples example samples sample demo demos");
const SHOWCASE_SUFFIX = /[-_](?:docs|examples?|demos?|website|playground)$|^docs[-_]/;

const ASSETS = words(`
  png jpg jpeg gif svg webp avif ico icns bmp tiff tif psd ai sketch fig eps pdf mp3 mp4 m4a ogg wav flac webm mov avi woff woff2 ttf otf eot
  doc docx xls xlsx ppt pptx csv tsv drawio excalidraw`);
const BINARIES = words("wasm node jar war so dll dylib exe class a lib o pyc zip gz tgz tar bz2 xz 7z rar dmg pkg deb rpm apk aar nupkg whl");

const CONFIG_FILES =
  /^(?:codeowners|dockerfile|containerfile|makefile|gnumakefile|procfile|vagrantfile|gemfile|rakefile|podfile|brewfile|justfile|taskfile|jakefile|cmakelists\.txt|meson\.build|build\.bazel|workspace|module\.bazel|go\.mod|go\.work|pom\.xml|setup\.py|setup\.cfg|tox\.ini|noxfile\.py|tasks\.py|manifest\.in|pipfile|requirements[\w.-]*\.(?:txt|in)|constraints\.txt|mix\.exs|package\.swift|build\.sbt|.*\.gradle(?:\.kts)?|.*\.(?:cs|fs|vb)proj|.*\.sln|.*\.gemspec|.*\.podspec|version(?:\.txt)?|gulpfile.*|gruntfile.*|karma\.conf.*|.*rc\.(?:js|cjs|mjs|ts|json|ya?ml)|dockerfile\..*|docker-compose.*|compose\.ya?ml|dangerfile.*|build\.(?:js|mjs|cjs|ts|rs|sh|zig)|webpack\.[\w.-]*\.(?:js|ts|cjs|mjs)|rollup\.[\w.-]*\.(?:js|ts|cjs|mjs))$/;
const CONFIG_NAME =
  /\.(?:config|conf|configuration|workspace|preset)(?:\.[\w-]+)?\.(?:[cm]?[jt]sx?|json5?)$|^(?:tsconfig|jsconfig)[\w.-]*\.json$|^(?:eslint|prettier|babel|postcss|tailwind|vite|vitest|jest|webpack|rollup|tsup|tsdown|esbuild)\.[\w-]+(?:\.[\w-]+)*\.[cm]?[jt]s$/;
const CONFIG = words(
  "json json5 jsonc yaml yml toml ini cfg conf properties env xml plist tf tfvars hcl editorconfig lock nix bzl bazel cmake mk mak dockerfile tmpl code-workspace patch diff",
);
/** Code that builds, measures or releases the product and is no part of it. */
const TOOLING_FOLDERS = words("scripts script benchmark benchmarks bench benches .vscode .idea .husky .devcontainer .yarn .cargo .config");
/** Words that name tooling at the top of a repository or package, and features deeper down. */
const TOP_TOOLING_FOLDERS = words(
  "tools tool tooling perf build ci hack dev contrib gulp grunt etc ansible terraform k8s kubernetes helm charts deploy deployment deployments infra infrastructure",
);
const PACKAGE_PARENTS = words("packages crates modules plugins");
const TEST_FOLDERS = words("test tests __tests__ spec e2e fixtures __fixtures__");
const PRODUCT_FOLDERS = words("src lib libs app apps pkg internal cmd source sources main server client api web");

/** Lock files of package managers, by name. */
export const isLock = (at: PathWords): boolean => LOCKS.has(at.lower) || (at.extension === "lockfile" && at.folders.length === 0);

/** Other people's code, kept in the tree. */
export const isVendored = (at: PathWords): boolean => inFolder(at, VENDORED) || /(?:^|\/)\.yarn\/(?:releases|plugins|cache|sdks)\//.test(at.path);

/** What continuous integration reads. */
export function isCi(at: PathWords): boolean {
  if (CI_FILES.has(at.lower) || at.folders.some((folder, depth) => depth < 2 && CI_FOLDERS.has(folder))) return !PROSE.has(at.extension);
  return at.folders[0] === ".github" && (at.folders[1] === "workflows" || at.folders[1] === "actions" || at.extension === "yml" || at.extension === "yaml") && at.folders[1] !== "issue_template" && at.lower !== "funding.yml"; // prettier-ignore
}

/** Prose, and code that only shows how the product is used. */
export function isDocs(at: PathWords): boolean {
  // It decides who answers for what, wherever it stands; GitHub reads it in docs/ too.
  if (at.lower === "codeowners") return false;
  if (PROSE_FILES.test(at.lower) && !/\.(?:[cm]?[jt]sx?|py|go|rs|java|rb|php|cs|vue)$/.test(at.lower)) return true;
  if (PROSE.has(at.extension) && !CONFIG_FILES.test(at.lower) && !REQUIREMENTS.test(at.path)) return true;
  if (at.lower === "funding.yml" || /\.(?:stories|story)\.[cm]?[jt]sx?$/.test(at.lower)) return true;
  return leadingFolder(at, (folder) => PROSE_FOLDERS.has(folder) || SHOWCASE_FOLDERS.has(folder) || SHOWCASE_SUFFIX.test(folder));
}

/** Examples and documentation whose tests show how to test, and prove nothing of the product. */
export const isShowcase = (at: PathWords): boolean => leadingFolder(at, (folder) => SHOWCASE_FOLDERS.has(folder));

const REQUIREMENTS = /(?:^|\/)requirements[\w-]*\/[^/]+\.(?:txt|in)$/;

/** Pictures, fonts, media, tables of figures. */
export const isAsset = (at: PathWords): boolean => ASSETS.has(at.extension);

/** Machine code and archives. */
export const isBinary = (at: PathWords): boolean => BINARIES.has(at.extension);

/** Settings of tools, manifests, and tooling beside the product. */
export function isConfig(at: PathWords): boolean {
  if (CONFIG_FILES.test(at.lower) || CONFIG_NAME.test(at.lower) || CONFIG.has(at.extension)) return true;
  return (
    (at.lower.startsWith(".") && !at.lower.startsWith(".htaccess")) ||
    leadingFolder(at, (folder, depth) => TOOLING_FOLDERS.has(folder) || (TOP_TOOLING_FOLDERS.has(folder) && isTop(at, depth)))
  );
}

/** A folder counts above the product's own source folders only: `packages/x/scripts/` is tooling, `src/scripts/` is the product. */
function leadingFolder(at: PathWords, wanted: (folder: string, depth: number) => boolean): boolean {
  for (const [depth, folder] of at.folders.entries()) {
    if (wanted(folder, depth)) return true;
    if (PRODUCT_FOLDERS.has(folder) || TEST_FOLDERS.has(folder)) return false;
  }
  return false;
}

const isTop = (at: PathWords, depth: number): boolean => depth === 0 || (depth === 2 && PACKAGE_PARENTS.has(at.folders[0] ?? ""));
