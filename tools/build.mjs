// Bundles the CLI into packages/cli/dist: one small entry, everything else in chunks loaded when a command needs them. What `check` loads stands there
// compiled as well (see compiled.mjs).
// `--out DIR` builds elsewhere; `--contents FILE` writes which source files each file of the bundle holds.
import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { compiledForm, keepCompiled } from "./compiled.mjs";
import { closureOf, mergeChunks } from "./merge-chunks.mjs";

const root = fileURLToPath(new URL("../", import.meta.url));
const { values } = parseArgs({ options: { out: { type: "string" }, contents: { type: "string" } } });
const place = resolve(values.out ?? join(root, "packages/cli/dist"));
/** Built beside its place and put there whole: a test or a person may be running the bundle that stands there. */
const out = `${place}-${process.pid}`;
process.once("exit", () => rmSync(out, { recursive: true, force: true }));
const { version } = JSON.parse(await readFile(join(root, "packages/cli/package.json"), "utf8"));

/** Some libraries are CommonJS and call require for Node's own modules. Making one costs time, so only files that do get it. */
const REQUIRE = 'import{createRequire as __req}from"node:module";const require=__req(import.meta.url);';

/** Stands where the digest of the whole will stand, and is as long. */
const UNKNOWN_BUILD = "0".repeat(64);
const output = { platform: "node", target: "node20", minifySyntax: true, minifyWhitespace: true, legalComments: "none", logLevel: "warning" };
const shared = { ...output, absWorkingDir: root, format: "esm" };

await mkdir(out, { recursive: true });
const { metafile } = await build({
  ...shared,
  entryPoints: { proofline: join(root, "packages/cli/src/main.ts"), "load-compiled": join(root, "packages/cli/src/load-compiled.ts") },
  outdir: out,
  bundle: true,
  splitting: true,
  metafile: true,
  chunkNames: "chunks/[name]-[hash]",
  define: { __PROOFLINE_VERSION__: JSON.stringify(version), __PROOFLINE_BUILD__: JSON.stringify(UNKNOWN_BUILD) },
  plugins: [evaluatedAtFirstCall("semver"), evaluatedAtFirstCall("picomatch"), withoutStrykerSchema()],
  // Only for files we never hand to the instrumenter.
  external: ["svelte/compiler"],
});
const { contents, exported } = await mergeMainCommand(metafile.outputs);
await Promise.all(Object.keys(contents).map(giveRequire));
await writeDigest(Object.keys(contents));
const [entry, loader] = ["proofline.js", "load-compiled.js"].map((name) => join(out, name));
await compiledForm({ file: entry, loader, exports: [], options: output });
await compiledForm({ file: join(out, "chunks/check.js"), loader, exports: exported, options: output });
keepCompiled({ entry, loader });
if (values.contents !== undefined) await writeFile(values.contents, JSON.stringify(contents));

// Pages that `explain` prints and files that `init --ci` writes travel beside the bundle.
await cp(join(root, "docs/reference/checks/"), join(out, "pages/"), { recursive: true }).catch(() => {});
await cp(join(root, "templates/ci/"), join(out, "templates/"), { recursive: true });
await cp(join(root, "THIRD-PARTY.md"), join(out, "THIRD-PARTY.md"));
await rm(place, { recursive: true, force: true });
await rename(out, place);
// What npm shows and demands beside a package's own files.
if (values.out === undefined) for (const file of ["README.md", "LICENSE"]) await cp(join(root, file), join(root, "packages/cli", file));

/** What `check` loads before it runs goes into one file, except what the entry has loaded by then. Answers what each file of the bundle holds, and the names the merged one exports. */
async function mergeMainCommand(outputs) {
  const entryOf = (source) => Object.keys(outputs).find((name) => outputs[name].entryPoint === source);
  const [main, check] = [entryOf("packages/cli/src/main.ts"), entryOf("packages/cli/src/commands/check/run.ts")];
  const light = closureOf(outputs, main);
  const names = [...closureOf(outputs, check)].filter((name) => !light.has(name));
  const into = join(dirname(check), "check.js");
  const exported = await mergeChunks({ names, entry: check, into, root, outputs, options: shared });
  const text = await readFile(resolve(root, main), "utf8");
  const pathOf = (name) => `./${relative(out, resolve(root, name)).replaceAll("\\", "/")}`;
  await writeFile(resolve(root, main), text.replaceAll(`import("${pathOf(check)}")`, `import("${pathOf(into)}")`));
  const inputsOf = (name) => Object.keys(outputs[name].inputs);
  const files = Object.keys(outputs).map((name) => [pathOf(name), names.includes(name) ? [] : inputsOf(name)]);
  return { contents: Object.fromEntries([...files, [pathOf(into), names.flatMap(inputsOf)]]), exported };
}

/** What was kept by one build must not be taken for another's: each knows the digest of all its files. */
async function writeDigest(names) {
  const texts = await Promise.all([...names].sort().map(async (name) => ({ file: join(out, name), text: await readFile(join(out, name), "utf8") })));
  const digest = createHash("sha256").update(texts.map(({ text }) => text).join("\0")).digest("hex");
  const asking = texts.filter(({ text }) => text.includes(UNKNOWN_BUILD));
  if (asking.length === 0) throw new Error("nothing of the bundle asks which build it is");
  await Promise.all(asking.map(({ file, text }) => writeFile(file, text.replaceAll(UNKNOWN_BUILD, digest))));
}

/** The instrumenter's API package reads the schema of Stryker's own settings from beside itself as it loads; nobody here asks for it. */
function withoutStrykerSchema() {
  return { name: "without-stryker-schema", setup: (of) => of.onLoad({ filter: /stryker-options-schema\.js$/ }, () => ({ contents: "export const strykerCoreSchema = {};" })) };
}

async function giveRequire(name) {
  const file = join(out, name);
  const text = await readFile(file, "utf8");
  if (/\btypeof require\b/.test(text)) await writeFile(file, text.replace(/^(?:#!.*\n)?/, (shebang) => shebang + REQUIRE));
}

/** A CommonJS library of functions that few changes call and that takes a while to set itself up: it does so when the first of them is called. */
function evaluatedAtFirstCall(library) {
  const require = createRequire(join(root, "packages/core/package.json"));
  const itself = require(library);
  const names = Object.keys(itself).filter((name) => typeof itself[name] === "function" && /^[a-z]/.test(name));
  const call = (of = "") => `(...args) => require(${JSON.stringify(library)})${of}(...args)`;
  const contents = names.map((name) => `export const ${name} = ${call(`.${name}`)};`);
  if (typeof itself === "function") contents.push(`export default Object.assign(${call()}, { ${names.join()} });`);
  const namespace = `${library}-at-first-call`;
  return {
    name: namespace,
    setup(of) {
      of.onResolve({ filter: new RegExp(`^${library}$`) }, ({ kind, resolveDir }) => (kind === "import-statement" ? { path: library, namespace, pluginData: resolveDir } : undefined));
      of.onLoad({ filter: /.*/, namespace }, ({ pluginData }) => ({ resolveDir: pluginData, contents: contents.join("\n") }));
    },
  };
}
