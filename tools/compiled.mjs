// Node compiles what it loads at every start; for the files of the main command that is a third of what a small check takes. Here they become functions that
// `load-compiled` evaluates from V8's compiled form, kept beside them for the Node that builds.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { transform } from "esbuild";

/** Turns a file of the bundle into a function in a file of its own, and leaves a module in its place that loads it. `exports` are the names others import. */
export async function compiledForm({ file, loader, exports, options }) {
  const source = readFileSync(file, "utf8");
  const shebang = /^#!.*\n/.exec(source)?.[0] ?? "";
  const { code } = await transform(source.slice(shebang.length), { ...options, format: "cjs", loader: "js" });
  // What esbuild leaves of other characters stands in regular expressions. A text of ASCII alone is half the work for V8.
  const ascii = code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  // V8 does not know where a function comes from; the module that stands in its place does.
  const own = ascii.replace(/\bimport\(("\.\.?\/[^"]+\.js")\)/g, (all, id) => (existsSync(join(dirname(file), JSON.parse(id))) ? `__later(${id})` : all));
  const text = `(function(require,__later,module,exports){${own}\n})`;
  const asked = [...new Set([...text.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, id]) => id))];
  const given = asked.filter((id) => id.startsWith("."));
  const strange = asked.filter((id) => !id.startsWith(".") && !builtinModules.includes(id.replace(/^node:/, "")));
  if (strange.length > 0) throw new Error(`${file} wants ${strange.join(", ")} at its start`);
  const name = `${file.replace(/^.*[\\/]|\.js$/g, "")}-${createHash("sha256").update(text).digest("hex").slice(0, 10)}`;
  const to = relative(dirname(file), loader).replaceAll("\\", "/");
  const imports = [`import{loadCompiled}from"${to.startsWith(".") ? to : `./${to}`}";`, ...given.map((id, at) => `import*as m${at} from"${id}";`)];
  const call = `loadCompiled(import.meta.url,"${name}",{${given.map((id, at) => `"${id}":m${at}`).join()}},id=>import(id))`;
  writeFileSync(join(dirname(file), `${name}.cjs`), text);
  writeFileSync(file, `${shebang}${imports.join("")}${exports.length > 0 ? `export const{${exports.join()}}=${call};` : `${call};`}\n`);
  if (shebang) chmodSync(file, 0o755);
}

/** Judges a small change with the bundle and keeps what V8 compiled for it. Where that can't be done the bundle works the same, and starts slower. */
export function keepCompiled({ entry, loader }) {
  const dir = mkdtempSync(join(tmpdir(), "proofline-build-"));
  try {
    makeChange(dir);
    // A start of its own, without flags: V8 takes back only what was compiled under the same ones.
    const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", JUDGE_AND_KEEP, "check", "--repo", dir, "--base", "HEAD~1", "--head", "HEAD", "--no-run", "--gate", "local", "--format", "text"], {
      env: { PATH: process.env.PATH, HOME: dir, CI: "true", PROOFLINE_ENTRY: pathToFileURL(entry).href, PROOFLINE_LOADER: pathToFileURL(loader).href },
      encoding: "utf8",
    });
    if (![0, 1, 3].includes(status) || stderr !== "") console.warn(`nothing was compiled ahead: ${stderr || `exit code ${status}`}`);
  } catch (error) {
    console.warn(`nothing was compiled ahead: ${error.message}`);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** What `-e` leaves out of the arguments is the name of the program. */
const JUDGE_AND_KEEP = `
process.argv.splice(1, 0, "proofline");
const { PROOFLINE_ENTRY, PROOFLINE_LOADER } = process.env;
const { writeFileSync } = await import("node:fs");
const { loaded, sealed } = await import(PROOFLINE_LOADER);
process.once("exit", () => {
  for (const [file, script] of loaded) writeFileSync(file + "." + process.version + "-" + process.arch + ".bin", sealed(script.createCachedData()));
});
await import(PROOFLINE_ENTRY);
`;

/** A change of code and of a test, on top of a first commit. */
function makeChange(dir) {
  const git = (...args) => {
    const { status, stderr, error } = spawnSync("git", ["-c", "user.name=Build", "-c", "user.email=build@example.com", "-c", "commit.gpgsign=false", ...args], { cwd: dir, encoding: "utf8" });
    if (status !== 0) throw error ?? new Error(stderr);
  };
  const write = (times) => {
    mkdirSync(join(dir, "src"), { recursive: true });
    writeFileSync(join(dir, "package.json"), '{ "name": "sample", "version": "1.0.0", "scripts": { "test": "node --test" } }\n');
    for (const name of ["one", "two", "three"]) {
      writeFileSync(join(dir, `src/${name}.ts`), `/** Scales by ${times}. */\nexport function ${name}(input: number): number {\n  const scaled = input * ${times};\n  return scaled > 3 ? scaled - 1 : scaled;\n}\n`);
      writeFileSync(join(dir, `src/${name}.test.ts`), `import { equal } from "node:assert";\nimport { test } from "node:test";\nimport { ${name} } from "./${name}.ts";\n\ntest("scales", () => {\n  equal(${name}(1), ${times});\n});\n`);
    }
  };
  git("init", "-q");
  for (const times of [2, 3]) {
    write(times);
    git("add", "-A");
    git("commit", "-qm", `feat: scale by ${times}`);
  }
}
