/** What a repository's tests are written with: it decides which edits can be planted and how they read. */
export type Dialect = "expect" | "chai" | "should" | "assert" | "ava" | "tape" | "pytest" | "unittest";

export interface PlantedRepository {
  readonly name: string;
  readonly revision: string;
  readonly runner: string;
  readonly dialect: Dialect;
  /** Test files by path. */
  readonly tests: RegExp;
}

/** Fixed commits, two or more of each runner. None of them is in the held-out half of `eval weakened`. */
export const REPOSITORIES: readonly PlantedRepository[] = [
  { name: "unjs/ufo", revision: "11308c0bb5cb4a4bc3bfcbdc5c03177b097423e6", runner: "vitest", dialect: "expect", tests: /^test\/.+\.test\.ts$/ },
  { name: "immerjs/immer", revision: "061c2425e1c9dff89e4e4189d42af1b7839dfe0a", runner: "vitest", dialect: "expect", tests: /^__tests__\/[^/]+\.(?:js|ts|tsx)$/ },
  { name: "moment/luxon", revision: "b6b9d03709085008287ed7f4ce5067f0f4be53f2", runner: "jest", dialect: "expect", tests: /^test\/.+\.test\.js$/ },
  { name: "testing-library/dom-testing-library", revision: "e395d5b8ecd4ec95cc02540ddcf16571ecd33e0f", runner: "jest", dialect: "expect", tests: /^src\/__tests__\/[^/]+\.js$/ },
  { name: "websockets/ws", revision: "a2f4e7c046c2112bbce6fef39a083dac77d6f0d2", runner: "mocha", dialect: "assert", tests: /^test\/.+\.test\.js$/ },
  { name: "chaijs/chai", revision: "099f48a326f0d77a0e4e9a34d7050b4217dd62d1", runner: "mocha", dialect: "chai", tests: /^test\/[^/]+\.js$/ },
  { name: "BugsJS/hexo", revision: "e6cac927b2a116b67bc4d4f51b145a8cce467110", runner: "mocha", dialect: "should", tests: /^test\/scripts\/.+\.js$/ },
  { name: "sindresorhus/ky", revision: "3419113b48e034fdcf8fa6bd3be3da7b3d0d758f", runner: "ava", dialect: "ava", tests: /^test\/[^/]+\.ts$/ },
  { name: "sindresorhus/p-map", revision: "bc26cf03f81292325236a1188063dac8e7a4de0f", runner: "ava", dialect: "ava", tests: /^test[^/]*\.js$/ },
  { name: "minimistjs/minimist", revision: "30b56212c17fdad7575c652a6aef5e61afa026e4", runner: "tape", dialect: "tape", tests: /^test\/[^/]+\.js$/ },
  { name: "browserify/resolve", revision: "261538fc13c55f7ddc0358e48db47647aa765ed6", runner: "tape", dialect: "tape", tests: /^test\/[^/]+\.js$/ },
  { name: "sindresorhus/p-queue", revision: "180ab9e25cd10b6f548767d7176076b50d25e188", runner: "node:test", dialect: "assert", tests: /^test\/[^/]+\.ts$/ },
  { name: "koajs/koa", revision: "e0ba8ef39d27fe5dae5492f9fe753d155124f994", runner: "node:test", dialect: "assert", tests: /^__tests__\/.+\.test\.js$/ },
  { name: "pallets/flask", revision: "2ac89889f4cc330eabd50f295dcef02828522c69", runner: "pytest", dialect: "pytest", tests: /^tests\/test_[^/]+\.py$/ },
  { name: "encode/httpx", revision: "ae1b9f66238f75ced3ced5e4485408435de10768", runner: "pytest", dialect: "pytest", tests: /^tests\/.*test_[^/]+\.py$/ },
  { name: "psf/requests", revision: "1f6589ec3a1ee910f9a65cc3ceac60b26677bc0e", runner: "pytest", dialect: "pytest", tests: /^tests\/test_[^/]+\.py$/ },
  { name: "healthchecks/healthchecks", revision: "29b5ec251059034b79e0120e2ff0c3e35d7bd9f8", runner: "unittest", dialect: "unittest", tests: /^hc\/.*tests\/test_[^/]+\.py$/ },
];
