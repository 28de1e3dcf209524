import { layers, pureLibraries } from "./architecture.mjs";

const core = "^packages/core/src";
const names = layers.map((layer) => layer.name);
const pure = names.slice(0, -1).join("|"); // everything below operations
const escape = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");

const looksBackOnly = names.slice(0, -1).map((name, index) => ({
  name: `flow/${name}-looks-back-only`,
  comment: `'${name}' may not know a later layer. Move the shared word down to the earlier layer, or pass the value in.`,
  severity: "error",
  from: { path: `${core}/${name}/` },
  to: { path: `${core}/(${names.slice(index + 1).join("|")})/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...looksBackOnly,
    {
      name: "flow/no-cycles",
      comment: "A cycle means two names for one thing. Merge them, or move the shared part down.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "door/enter-by-index",
      comment: "Another layer is entered through its index.ts (#kernel, #change …). If what you need is not exported, ask whether it should be.",
      severity: "error",
      from: { path: `${core}/([^/]+)/`, pathNot: `${core}/compose/` },
      to: { path: `${core}/(${names.join("|")})/`, pathNot: [`${core}/$1/`, `${core}/[^/]+/index[.]ts$`] },
    },
    {
      name: "door/not-through-your-own",
      comment: "Inside a layer import the file itself: a layer that imports its own index grows cycles.",
      severity: "error",
      from: { path: `${core}/([^/]+)/`, pathNot: `${core}/[^/]+/index[.]ts$` },
      to: { path: `${core}/$1/index[.]ts$` },
    },
    {
      name: "core/is-pure",
      comment: "Layers below operations do no input or output. Declare a port here, implement it in adapters/.",
      severity: "error",
      from: { path: `${core}/(${pure})/`, pathNot: "[.]test[.]ts$" },
      to: {
        dependencyTypes: ["core", "npm", "npm-dev", "npm-no-pkg"],
        pathNot: `node_modules/(${pureLibraries.map(escape).join("|")})/`,
      },
    },
    {
      name: "checks/are-islands",
      comment: "A check never reads another check. Share the question through evidence or kernel.",
      severity: "error",
      from: { path: `${core}/checks/([^/]+/[^/]+)/`, pathNot: "[.]test[.]ts$" },
      to: { path: `${core}/checks/[^/]+/[^/]+/`, pathNot: `${core}/checks/$1/` },
    },
    {
      name: "edge/adapters-know-ports-only",
      comment: "An adapter implements a port. It knows no check, no verdict, no surface and no sibling adapter; of operations only its ports.",
      severity: "error",
      from: { path: `${core}/adapters/([^/]+)/`, pathNot: "[.]test[.]ts$" },
      to: { path: `${core}/(checks|guardrails)/|^packages/(cli|server|web)/|${core}/adapters/|${core}/compose`, pathNot: `${core}/adapters/$1/` },
    },
    {
      name: "edge/only-compose-wires",
      comment: "Adapters are chosen in packages/core/src/compose.ts and the files of its folder, and nowhere else.",
      severity: "error",
      from: { path: "^packages/", pathNot: [`${core}/adapters/`, `${core}/compose([.]ts$|/)`, "[.]test[.]ts$"] },
      to: { path: `${core}/adapters/` },
    },
    {
      name: "edge/surfaces-speak-operations",
      comment: "A surface translates and renders. Decisions belong in an operation or below.",
      severity: "error",
      from: { path: "^packages/(cli|server)/", pathNot: "[.]test[.]ts$" },
      to: { path: `${core}/`, pathNot: `${core}/((operations|kernel)/index|compose)[.]ts$` },
    },
    {
      name: "edge/web-knows-only-the-api",
      comment: "The dashboard imports types of the API, never code of the server.",
      severity: "error",
      from: { path: "^packages/web/" },
      to: { path: "^packages/(core|server|cli)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "tests/stay-out-of-production",
      comment: "Production code imports no test, fixture or test support. Move what both need into the layer it belongs to.",
      severity: "error",
      from: { path: "^packages/", pathNot: "[.]test[.]ts$" },
      to: { path: "[.]test[.]tsx?$|/fixtures/|^tests/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "/dist/|/fixtures/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js"],
    },
  },
};
