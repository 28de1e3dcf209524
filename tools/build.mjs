// Bundles the CLI into packages/cli/dist: one small entry, everything else in chunks loaded when a command needs them.
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = new URL("../", import.meta.url);
const out = new URL("packages/cli/dist/", root);
const { version } = JSON.parse(await readFile(new URL("packages/cli/package.json", root), "utf8"));

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await build({
  entryPoints: { proofline: fileURLToPath(new URL("packages/cli/src/main.ts", root)) },
  outdir: fileURLToPath(out),
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  chunkNames: "chunks/[name]-[hash]",
  define: { __PROOFLINE_VERSION__: JSON.stringify(version) },
  // Some libraries are CommonJS and call require for Node's own modules.
  banner: { js: 'import{createRequire as __req}from"node:module";const require=__req(import.meta.url);' },
  external: ["@ast-grep/napi"],
  logLevel: "warning",
});
// Pages that `explain` prints and files that `init --ci` writes travel beside the bundle.
await cp(new URL("docs/reference/checks/", root), new URL("pages/", out), { recursive: true }).catch(() => {});
await cp(new URL("templates/ci/", root), new URL("templates/", out), { recursive: true });
await writeFile(new URL("LICENSE-NOTICE.txt", out), "Bundled libraries keep their licences; see THIRD-PARTY.md in the repository.\n");
await cp(new URL("README.md", root), new URL("packages/cli/README.md", root)).catch(() => {});
