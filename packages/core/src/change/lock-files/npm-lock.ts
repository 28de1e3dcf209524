import { isObject, objectAt, textAt, type JsonObject } from "./json-values.ts";
import { sourceOf, type LockedPackage } from "./lock-file.ts";

/** Tarballs of any registry have this shape; a bare archive elsewhere has not. */
export const NPM_REGISTRY = /^https?:\/\/[^/]+\/(?:.{0,200}\/)?(?:-|download)\/|^https?:\/\/registry\./;

/** `package-lock.json` and `npm-shrinkwrap.json`, versions 1 to 3. */
export function readNpmLock(text: string): LockedPackage[] {
  const file = JSON.parse(text) as unknown;
  if (!isObject(file)) return [];
  return isObject(file["packages"]) ? flatPackages(file["packages"]) : nestedPackages(objectAt(file, "dependencies"));
}

/** Versions 2 and 3: one entry per folder. */
function flatPackages(packages: JsonObject): LockedPackage[] {
  const roots = Object.entries(packages).filter(([path, entry]) => isObject(entry) && !path.includes("node_modules/"));
  const wanted = new Set(roots.flatMap(([, entry]) => ["dependencies", "devDependencies", "optionalDependencies"].flatMap((key) => Object.keys(objectAt(entry as JsonObject, key)))));
  return Object.entries(packages).flatMap(([path, entry]) => {
    const at = path.lastIndexOf("node_modules/");
    if (at < 0 || !isObject(entry) || entry["link"] === true) return [];
    const name = path.slice(at + "node_modules/".length);
    return [packageOf(textAt(entry, "name") ?? name, entry, wanted.has(name) && path.indexOf("node_modules/") === at)];
  });
}

/** Version 1: dependencies inside dependencies, walked without recursion because depth is the file's choice. */
function nestedPackages(dependencies: JsonObject): LockedPackage[] {
  const found: LockedPackage[] = [];
  const waiting: JsonObject[] = [dependencies];
  for (let level = waiting.pop(); level; level = waiting.pop()) {
    for (const [name, entry] of Object.entries(level)) {
      if (!isObject(entry)) continue;
      found.push(packageOf(name, entry, undefined));
      if (isObject(entry["dependencies"])) waiting.push(entry["dependencies"]);
    }
  }
  return found;
}

function packageOf(name: string, entry: JsonObject, direct: boolean | undefined): LockedPackage {
  const version = textAt(entry, "version") ?? "";
  const resolved = textAt(entry, "resolved") ?? (/^(?:git|https?:|file:|github:)/.test(version) ? version : undefined);
  return {
    name,
    version,
    source: sourceOf(resolved, NPM_REGISTRY),
    hashes: (textAt(entry, "integrity") ?? "").split(/\s+/).filter(Boolean),
    ...(resolved !== undefined && { resolved }),
    ...(entry["hasInstallScript"] === true && { hasInstallScript: true }),
    ...(entry["dev"] === true && { dev: true }),
    ...(direct !== undefined && { direct }),
  };
}
