import type { KnownFiles } from "./known-files.ts";
import { isFields, readJsonc } from "./jsonc.ts";
import type { Manifests, SourceText } from "./manifests.ts";
import { dirname, foldersAbove, join } from "./paths.ts";

/** `start*end` stands for each of `targets`, whose `*` is what the star was. Without a star it is one name. */
export interface Alias {
  readonly start: string;
  readonly end: string;
  readonly star: boolean;
  readonly targets: readonly string[];
}

/** Names that settings of a folder give to its files, by folder. */
export type Aliases = ReadonlyMap<string, readonly Alias[]>;

const COMPILER = /(?:^|\/)(?:ts|js)config[\w.-]*\.json$/;
/** Settings of bundlers and runners that may rename modules. */
const TOOLS = /(?:^|\/)(?:(?:vite|vitest|jest|webpack|rollup|rspack|rsbuild|babel|metro|electron\.vite|astro|svelte|nuxt|next)\.(?:[\w-]+\.)*[cm]?[jt]s|\.babelrc(?:\.js|\.json)?|jest[\w.-]*\.json)$/;

/** True for files whose text says what names stand for. */
export const namesAliases = (path: string): boolean => COMPILER.test(path) || TOOLS.test(path);

/** Reads the aliases of every folder: `paths` and `baseUrl` of compilers with what they extend, `alias` of bundlers, `moduleNameMapper` of Jest. */
export function readAliases(settings: readonly SourceText[], manifests: Manifests, files: KnownFiles): Aliases {
  const byFolder = new Map<string, Alias[]>();
  const add = (folder: string, found: readonly Alias[]): void => void byFolder.set(folder, [...(byFolder.get(folder) ?? []), ...found]);
  const compilers = new Map(settings.filter(({ path }) => COMPILER.test(path)).map(({ path, text }) => [path, readJsonc(text)]));
  for (const path of compilers.keys()) add(dirname(path), compilerAliases(path, compilers, manifests, new Set()));
  for (const { path, text } of settings) if (TOOLS.test(path)) add(dirname(path), toolAliases(dirname(path), text, files));
  for (const { folder, fields } of manifests.byFolder.values()) {
    const jest = fields["jest"];
    if (isFields(jest) && isFields(jest["moduleNameMapper"])) add(folder, mapperAliases(folder, jest["moduleNameMapper"]));
  }
  return new Map([...byFolder].filter(([, list]) => list.length > 0).map(([folder, list]) => [folder, list.toSorted((a, b) => b.start.length - a.start.length)]));
}

/** Targets a name may stand for in a folder, likeliest first; the innermost settings that know it decide. */
export function* aliasTargets(specifier: string, folder: string, aliases: Aliases): Generator<string> {
  for (const at of foldersAbove(folder)) {
    for (const { start, end, star, targets } of aliases.get(at) ?? []) {
      if (star ? specifier.length < start.length + end.length || !specifier.startsWith(start) || !specifier.endsWith(end) : specifier !== start) continue;
      const part = specifier.slice(start.length, specifier.length - end.length);
      for (const target of targets) yield star ? target.replace("*", () => part) : target;
    }
  }
}

/** Settings that one file takes over from others, itself included: nobody writes more. */
const MOST_EXTENDED = 12;

function compilerAliases(path: string, all: ReadonlyMap<string, unknown>, manifests: Manifests, seen: Set<string>): readonly Alias[] {
  const config = all.get(path);
  if (!isFields(config) || seen.has(path) || seen.size === MOST_EXTENDED) return [];
  seen.add(path);
  const options = isFields(config["compilerOptions"]) ? config["compilerOptions"] : {};
  const base = typeof options["baseUrl"] === "string" ? join(dirname(path), options["baseUrl"]) : undefined;
  const paths = isFields(options["paths"]) ? options["paths"] : {};
  const own = Object.entries(paths).slice(0, 1000).flatMap(([pattern, targets]) => aliasOf(pattern, Array.isArray(targets) ? targets.flatMap((one) => (typeof one === "string" ? (join(base ?? dirname(path), one.replace("${configDir}", ".")) ?? []) : [])) : [])); // prettier-ignore
  const rooted: readonly Alias[] = base === undefined ? [] : [{ start: "", end: "", star: true, targets: [base === "" ? "*" : `${base}/*`] }];
  const above = [config["extends"]].flat().slice(0, MOST_EXTENDED).flatMap((one) => (typeof one === "string" ? (extended(path, one, all, manifests) ?? []) : []));
  // Where both say something of a name, the inner one counts; that it also shows the outer one's only widens.
  return [...own, ...rooted, ...above.flatMap((one) => compilerAliases(one, all, manifests, seen))];
}

function extended(from: string, name: string, all: ReadonlyMap<string, unknown>, manifests: Manifests): string | undefined {
  const packageName = name.startsWith("@") ? name.split("/").slice(0, 2).join("/") : (name.split("/")[0] ?? "");
  const path = name.startsWith(".") ? join(dirname(from), name) : packageIn(manifests, packageName, name.slice(packageName.length));
  return [path, `${path}.json`, `${path}/tsconfig.json`].find((one) => one !== undefined && all.has(one));
}

const packageIn = (manifests: Manifests, name: string, rest: string): string | undefined => {
  const folder = manifests.byName.get(name)?.folder;
  return folder === undefined ? undefined : join(folder, `./${rest}`);
};

const aliasOf = (pattern: string, targets: readonly string[]): readonly Alias[] => {
  const [start = "", end = ""] = pattern.split("*", 2);
  return targets.length === 0 ? [] : [{ start, end, star: pattern.includes("*"), targets }];
};

/** Names one file of settings may give; more are data. */
const MOST_OF_TOOL = 500;

/** `alias: { "@": resolve(__dirname, "src") }`, `[{ find: "@", replacement: … }]` and `moduleNameMapper` in settings that are code: read, not run. */
function toolAliases(folder: string, text: string, files: KnownFiles): readonly Alias[] {
  const found: Alias[] = [];
  for (const { index } of text.slice(0, 200_000).matchAll(/\b(?:alias|moduleNameMapper)\b["']?\s{0,5}[:=]/g)) {
    if (found.length > MOST_OF_TOOL) break;
    const block = text.slice(index, index + 4000);
    for (const [, key = "", value = ""] of block.matchAll(/["'](?!\.)([@~#^\w$][^"'\n]{0,80})["']\s{0,5}:\s{0,5}([^\n]{1,200})/g)) found.push(...pair(folder, key, value, files));
    for (const [, key = "", value = ""] of block.matchAll(/(?:^|[\s{,])([A-Za-z_$][\w$]{0,40})\s{0,5}:\s{0,5}((?:path|resolve|r|fileURLToPath|join|new URL|["'`])[^\n]{1,200})/g)) found.push(...pair(folder, key, value, files));
    for (const [, key = "", value = ""] of block.matchAll(/\bfind:\s{0,5}(?:["']([^"'\n]{1,80})["']|\/[^\n/]{1,80}\/),\s{0,20}replacement:\s{0,5}([^\n]{1,200})/g)) found.push(...pair(folder, key, value, files));
  }
  return found;
}

function pair(folder: string, key: string, value: string, files: KnownFiles): readonly Alias[] {
  if (key.startsWith("^") || value.includes("<rootDir>")) return mapperAliases(folder, { [key]: /["']([^"'\n]{1,200})["']/.exec(value)?.[1] });
  const texts = [...value.matchAll(/["'`]([^"'`\n]{1,200})["'`]/g)].map(([, text = ""]) => text.replace(/^\/+/, "")).filter((text) => /^[\w@.~/-]+$/.test(text));
  const path = texts.length === 0 ? undefined : join(folder, texts.join("/"));
  if (path === undefined || path === "") return [];
  if (files.file(path) !== undefined) return [{ start: key, end: "", star: false, targets: [path] }];
  if (!files.hasFolder(path)) return [];
  const start = key.replace(/\/+$/, "");
  return [{ start: `${start}/`, end: "", star: true, targets: [`${path}/*`] }, { start, end: "", star: false, targets: [path] }]; // prettier-ignore
}

/** Jest writes its names as regular expressions; `^@/(.*)$` is what nearly everybody writes. */
function mapperAliases(folder: string, mapper: Readonly<Record<string, unknown>>): readonly Alias[] {
  return Object.entries(mapper).slice(0, 200).flatMap(([key, value]) => {
    const target = typeof value === "string" ? join(folder, value.replace(/^<rootDir>\/?/, "./").replace(/\$1/, "*")) : undefined;
    const [, start, group, end = ""] = /^\^?([\w@~#/.\\-]*?)(\(\.[*+]\??\))?((?:\\\.\w+)?)\$?$/.exec(key) ?? [];
    return target === undefined || start === undefined ? [] : [{ start: start.replaceAll("\\", ""), end: group === undefined ? "" : end.replaceAll("\\", ""), star: group !== undefined, targets: [target] }];
  });
}
