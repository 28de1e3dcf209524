import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";

/** V8 accepts only its own version's work, on the same kind of machine. */
const FOR_THIS_NODE = `${process.version}-${process.arch}.bin`;
const DIGEST_BYTES = 32;
/** Kept for one person: two files of the bundle, for a few versions of it and of Node. */
const MOST_KEPT = 8;

/** What the build needs to keep the compiled form of what it has loaded. */
export const loaded = new Map<string, Script>();

/**
 * Evaluates one file of the bundle, a function of `require`, `__later`, `module` and `exports`, and gives what it exports. V8 reads the compiled form the build left
 * beside it, or one kept in the user's cache by an earlier start, instead of compiling three quarters of a megabyte. Where there is none, or it is damaged or
 * another Node's, the text is compiled. `given` are the modules of the bundle it imports; everything else it imports is Node's own. `load` imports what it
 * loads later.
 */
export function loadCompiled(beside: string, name: string, given: Readonly<Record<string, unknown>>, load: (id: string) => Promise<unknown>): Record<string, unknown> {
  const file = fileURLToPath(new URL(`./${name}.cjs`, beside));
  // The build leaves nothing but ASCII, which V8 keeps at a byte a character.
  const text = readFileSync(file, "latin1");
  const script = compile(text, file, [`${file}.${FOR_THIS_NODE}`, ...ownCache().map((folder) => join(folder, `${name}.${FOR_THIS_NODE}`))]);
  loaded.set(file, script);
  const module = { exports: {} };
  const evaluate = script.runInThisContext() as (require: (id: string) => unknown, later: typeof load, of: typeof module, exports: object) => void;
  evaluate((id) => given[id] ?? process.getBuiltinModule(id), load, module, module.exports);
  return module.exports;
}

function compile(text: string, filename: string, places: readonly string[]): Script {
  for (const place of places) {
    const cachedData = readWhole(place);
    const script = cachedData && new Script(text, { filename, cachedData });
    if (script && script.cachedDataRejected === false) return script;
  }
  const script = new Script(text, { filename });
  const [, own] = places;
  if (own !== undefined) process.once("exit", () => keepForLater(own, script));
  return script;
}

/** V8 believes what it is given and ends the process over a damaged file: its digest stands in front. */
export const sealed = (compiled: Buffer): Buffer => Buffer.concat([createHash("sha256").update(compiled).digest(), compiled]);

function readWhole(place: string): Buffer | undefined {
  try {
    const bytes = readFileSync(place);
    const compiled = bytes.subarray(DIGEST_BYTES);
    return createHash("sha256").update(compiled).digest().equals(bytes.subarray(0, DIGEST_BYTES)) ? compiled : undefined;
  } catch {
    return undefined;
  }
}

/** The user's own folder. None in CI, where jobs of strangers may have had the same home. */
function ownCache(): readonly string[] {
  const { CI, XDG_CACHE_HOME, HOME } = process.env;
  return CI ? [] : [join(XDG_CACHE_HOME || join(HOME || homedir(), ".cache"), "proofline", "compiled")];
}

/** By now every function a usual run needs has been compiled, and comes along. What can't be kept costs time, nothing else. */
function keepForLater(place: string, script: Script): void {
  const aside = `${place}.${process.pid}`;
  const folder = join(place, "..");
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(aside, sealed(script.createCachedData()), { mode: 0o600 });
    renameSync(aside, place);
    const aged = readdirSync(folder).map((name) => ({ file: join(folder, name), at: statSync(join(folder, name)).mtimeMs }));
    for (const { file } of aged.sort((a, b) => b.at - a.at).slice(MOST_KEPT)) rmSync(file, { force: true });
  } catch {
    try {
      rmSync(aside, { force: true });
    } catch {
      // A folder that can't be written: nothing was left in it.
    }
  }
}
