export type Split = "training" | "validation" | "test";

/** A public repository and the commit its history was labelled at. */
export interface LabelledRepository {
  readonly name: string;
  readonly revision: string;
  readonly split: Split;
}

const labelled = (split: Split, revisions: Readonly<Record<string, string>>): readonly LabelledRepository[] =>
  Object.entries(revisions).map(([name, revision]) => ({ name, revision, split }));

/** Chosen before any score was computed: no repository is in two splits. Test repositories have at least 1,500 non-merge commits. */
export const REPOSITORIES: readonly LabelledRepository[] = [
  ...labelled("training", {
    "eslint/eslint": "c27bc926e496985eb7911c09eb60914b2e4b5d0f",
    "knex/knex": "e25d54bcb707714a17f5a5744eba5c4246bb4d1d",
    "pinojs/pino": "b394c2c16ac6a8919cd33d7f5684a01baca1096f",
    "reduxjs/redux-toolkit": "74200d87c27ca2b1c0915b2fbb4c44dd7494c2aa",
    "trpc/trpc": "340811ba5320637fbaf48fccf3dbfdd258bd34db",
    "sveltejs/svelte": "15720b16a5ef33e3e1f4301c77b94ec375070e73",
    "jestjs/jest": "52db46e50404c993d3f10dd1481e861cc04ae22e",
    "vitest-dev/vitest": "c3ba16b35847d27fb9f01f38cdcb047c77e121f8",
    "socketio/socket.io": "d2d753fed4435015c2d83fe62e676b44e07fa3f7",
    "vuejs/router": "b19cce24aaf561b154b23cd475ca112bd61f2d10",
    "graphql/graphql-js": "a7db60beb22b0e417f9ed12215945c7fcb43246e",
    "mobxjs/mobx": "01211a698b64ea94de8e5f276ff8235fcf8ddf96",
    "prettier/prettier": "4f84a934201322ca87750e2b9b25baf296da6560",
    "typeorm/typeorm": "281bfba42a5813b106bcf5ba79bc7f7251bd1e73",
    "sequelize/sequelize": "c7700944925914dd936e96ad2dabb4dbdf7e9477",
    "Automattic/mongoose": "3e212cec87dbf710216a3c6125121aefa60a4475",
    "remix-run/react-router": "cab1a69054aa7dfba08a81b6e4b4d13957c82a38",
    "psf/requests": "1f6589ec3a1ee910f9a65cc3ceac60b26677bc0e",
    "scrapy/scrapy": "11079cb1c85b9e75a39a7269943c69d1a975d485",
    "prometheus/prometheus": "d15adb9ad7e5d9fbde3a9a8f30200593a5a14d86",
    "webpack/webpack": "bc3e930f75e3f6ecbdf193a0dedf6067ea3a286b",
  }),
  ...labelled("validation", {
    "rollup/rollup": "89bda2cd8e9def2ea037e7dbffaf392ce9f1ddcb",
    "preactjs/preact": "f6c6cda581e1123095c56f9fc232b82fc518e426",
    "nodejs/undici": "7eb7c8ec8f23acd9c3da93a286162f8c1dc68326",
    "vitejs/vite": "a98c8d95d552c6fa98ab66fb810f5b39ad5abf49",
    "chartjs/Chart.js": "cb02e1d207bd4c4c40b20c259017f85f26f1e30a",
  }),
  ...labelled("test", {
    "mochajs/mocha": "e6b9ee773481fd739ae24caeb42f32ac0b010f95",
    "avajs/ava": "fe3128673adfa69d8d5268f67536aecaf8995643",
    "vuejs/core": "e2bede96134f757aad5c5b33ac9be055022dbfc8",
    "mswjs/msw": "8a19d5485adad2b8a816e04a937f4c76169cd5b9",
    "unjs/nitro": "14b4891feba62080a5fa90fb8f5988fc06df2beb",
    "TanStack/query": "40321a0b1b3bdd0afa11f0e439642ab84cdf6afe",
    "sindresorhus/got": "d00d845a0b435365ec73ea5a1fca6e17ee677184",
    "TanStack/router": "0eb45738c07f53ce618d486aac1aa709f4d725ca",
    "pallets/flask": "2ac89889f4cc330eabd50f295dcef02828522c69",
    "gin-gonic/gin": "dcaa4296d111981ffb31ac3eba90bb63e1eb5ab9",
  }),
];

/** Repositories of one split, in a fixed order. */
export const repositoriesOf = (split: Split): readonly LabelledRepository[] => REPOSITORIES.filter((repository) => repository.split === split);

/** How a repository is called as a file or folder name. */
export const fileNameOf = (repository: LabelledRepository): string => repository.name.replace("/", "+");
