export type Split = "dev" | "held-out" | "fresh" | "second";

/** A public repository, the commit its history was sampled at and what its tests are written with. */
export interface SampledRepository {
  readonly name: string;
  readonly split: Split;
  readonly revision: string;
  readonly tests: string;
}

/** Chosen before any diff was read; no repository is in two splits. `fresh` was drawn after the held-out half had been used up, `second` after that. */
export const REPOSITORIES: readonly SampledRepository[] = [
  { name: "unjs/h3", split: "dev", revision: "ac609aae8fa93947b564de55e2d1a6bec5ad18ad", tests: "vitest" },
  { name: "mswjs/msw", split: "dev", revision: "8a19d5485adad2b8a816e04a937f4c76169cd5b9", tests: "vitest, playwright, jest" },
  { name: "sindresorhus/got", split: "dev", revision: "d00d845a0b435365ec73ea5a1fca6e17ee677184", tests: "ava" },
  { name: "koajs/koa", split: "dev", revision: "e0ba8ef39d27fe5dae5492f9fe753d155124f994", tests: "node:test, jest, mocha" },
  { name: "vuejs/router", split: "dev", revision: "b19cce24aaf561b154b23cd475ca112bd61f2d10", tests: "vitest, jest" },
  { name: "chaijs/chai", split: "dev", revision: "099f48a326f0d77a0e4e9a34d7050b4217dd62d1", tests: "mocha, chai" },
  { name: "browserify/resolve", split: "dev", revision: "261538fc13c55f7ddc0358e48db47647aa765ed6", tests: "tape" },
  { name: "testing-library/dom-testing-library", split: "dev", revision: "e395d5b8ecd4ec95cc02540ddcf16571ecd33e0f", tests: "jest" },
  { name: "jasmine/jasmine-npm", split: "dev", revision: "3c2955c9535d4468e07d37f8ad5e38cf870cf924", tests: "jasmine" },
  { name: "TanStack/query", split: "dev", revision: "40321a0b1b3bdd0afa11f0e439642ab84cdf6afe", tests: "vitest, jest" },
  { name: "psf/requests", split: "dev", revision: "1f6589ec3a1ee910f9a65cc3ceac60b26677bc0e", tests: "pytest, unittest" },
  { name: "scrapy/scrapy", split: "dev", revision: "11079cb1c85b9e75a39a7269943c69d1a975d485", tests: "pytest, unittest" },
  { name: "nodejs/undici", split: "held-out", revision: "7eb7c8ec8f23acd9c3da93a286162f8c1dc68326", tests: "node:test, tap" },
  { name: "pinojs/pino", split: "held-out", revision: "b394c2c16ac6a8919cd33d7f5684a01baca1096f", tests: "node:test, tap" },
  { name: "avajs/ava", split: "held-out", revision: "fe3128673adfa69d8d5268f67536aecaf8995643", tests: "ava, tap" },
  { name: "mochajs/mocha", split: "held-out", revision: "e6b9ee773481fd739ae24caeb42f32ac0b010f95", tests: "mocha" },
  { name: "jasmine/jasmine", split: "held-out", revision: "390d31e48106dd0d0b6dbcf5cf9071650fb2b4bf", tests: "jasmine" },
  { name: "reduxjs/redux-toolkit", split: "held-out", revision: "74200d87c27ca2b1c0915b2fbb4c44dd7494c2aa", tests: "vitest, jest" },
  { name: "tape-testing/tape", split: "held-out", revision: "a53bbbe6fa0d62cbbd41de6092511c3cd2584a38", tests: "tape, tap" },
  { name: "karma-runner/karma", split: "held-out", revision: "84f85e7016efc2266fa6b3465f494a3fa151c85c", tests: "mocha, chai" },
  { name: "socketio/socket.io", split: "held-out", revision: "d2d753fed4435015c2d83fe62e676b44e07fa3f7", tests: "mocha, expect.js" },
  { name: "styled-components/styled-components", split: "held-out", revision: "051c82980908bd17b290a8cd8879435688947123", tests: "vitest, jest" },
  { name: "pallets/click", split: "held-out", revision: "2c8cd3ac958a7eb316d67f2d316c27086c4c0369", tests: "pytest" },
  { name: "tornadoweb/tornado", split: "held-out", revision: "e530031405e2154654dedc4c84d5656b557ea310", tests: "unittest" },
  { name: "google-gemini/gemini-cli", split: "fresh", revision: "5411f113cafae26161b4969b0237b8e1e024e2c2", tests: "vitest" },
  { name: "pmndrs/zustand", split: "fresh", revision: "f094eebe9bd3b4b0d77b997f69ab1d273f69a877", tests: "vitest, jest" },
  { name: "modelcontextprotocol/typescript-sdk", split: "fresh", revision: "3924de99df834302d89f5997a1b64ca268282284", tests: "vitest, jest" },
  { name: "apollographql/apollo-client", split: "fresh", revision: "54084bc22e92651cf153d03d0370b8dff3d1163f", tests: "jest" },
  { name: "nock/nock", split: "fresh", revision: "07fbfab489ca878fda0db9ad34b1cee6381bb21c", tests: "mocha, chai, tap" },
  { name: "Unitech/pm2", split: "fresh", revision: "31adee8048dbbc1ee36a7df7cdbcaca2559708df", tests: "mocha, should" },
  { name: "ladjs/superagent", split: "fresh", revision: "1c8338b2e0a3b8f604d08acc7f3cbe305be1e571", tests: "mocha, assert, should" },
  { name: "platformatic/platformatic", split: "fresh", revision: "545a2c420f41e9da825d749e4635a7dc2e04248b", tests: "node:test, tap" },
  { name: "semantic-release/semantic-release", split: "fresh", revision: "8d905a56e80030c141a71a32c0c4cb870e90470a", tests: "ava" },
  { name: "ethereumjs/ethereumjs-monorepo", split: "fresh", revision: "272509a9cdcef143c79e6788e67bf48df8abbaff", tests: "tape, vitest" },
  { name: "chartjs/Chart.js", split: "fresh", revision: "cb02e1d207bd4c4c40b20c259017f85f26f1e30a", tests: "jasmine" },
  { name: "aio-libs/aiohttp", split: "fresh", revision: "495e778360d1924da63e16dba0f0d76baf56a56a", tests: "pytest, unittest" },
  { name: "marshmallow-code/marshmallow", split: "fresh", revision: "341b927f219205704728c05cd61f04d7e9727523", tests: "pytest" },
  { name: "beetbox/beets", split: "fresh", revision: "07f39c5204997a356fd98b7e88ba9b185efb2e66", tests: "pytest, unittest" },
  { name: "eyaltoledano/claude-task-master", split: "second", revision: "c0c98d367c55296bfe69e65680625b6db437af02", tests: "jest, vitest" },
  { name: "sveltejs/kit", split: "second", revision: "aa810a04146b98b77592f7b384347140d29ff599", tests: "vitest, playwright, uvu" },
  { name: "conventional-changelog/commitlint", split: "second", revision: "1fd1be00701ab48c9baa964e3b8c0c36a451ccc4", tests: "vitest, jest, ava" },
  { name: "mongodb/node-mongodb-native", split: "second", revision: "bb35ded18aa1031d8e4be88cad4fc1cc1225b00e", tests: "mocha, chai" },
  { name: "ether/etherpad-lite", split: "second", revision: "b827f5b3d93bc79fc9014c7d9f8b900956b8af65", tests: "mocha, assert, expect.js, playwright" },
  { name: "loopbackio/loopback-datasource-juggler", split: "second", revision: "6c71e908d3d8652a6fc2872b5edf27167074cb67", tests: "mocha, should, assert" },
  { name: "nodemailer/nodemailer", split: "second", revision: "2f667f4272cb2d7cb479b2e3903ab10600fc0eae", tests: "node:test, mocha, chai" },
  { name: "release-it/release-it", split: "second", revision: "7ca61cccd16ad56742ee0cb694c946353b66c117", tests: "ava, tape, node:test" },
  { name: "Level/abstract-level", split: "second", revision: "2dd4027ba50ade5daa58d1d4b39f17db6af004c9", tests: "tape" },
  { name: "log4js-node/log4js-node", split: "second", revision: "b3759be628719fe96eb52e606905b0238837e6db", tests: "tap" },
  { name: "apache/cordova-lib", split: "second", revision: "513a4d4239633bc18bbcdf979419b281671c75b7", tests: "jasmine" },
  { name: "jlowin/fastmcp", split: "second", revision: "b14b137fddc3145d6b4abd0b3a3f1a11dfc370b0", tests: "pytest" },
  { name: "urllib3/urllib3", split: "second", revision: "6a8536b6e1b0cbe69ae801337c599951e527ae29", tests: "pytest, unittest" },
  { name: "gitpython-developers/GitPython", split: "second", revision: "d160fb4124a56bd463a542a7bbff623354fb3397", tests: "unittest, pytest" },
];
