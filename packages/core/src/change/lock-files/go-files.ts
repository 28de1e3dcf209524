import type { LockedPackage } from "./lock-file.ts";

/** `go.mod`: required modules, with what replaces them. */
export function readGoMod(text: string): LockedPackage[] {
  const required = new Map<string, { readonly version: string; readonly direct: boolean }>();
  const replaced = new Map<string, string>();
  for (const { verb, words, comment } of statements(text)) {
    const [first = "", second = ""] = words;
    if (verb === "require") required.set(first, { version: second, direct: !comment.includes("indirect") });
    if (verb === "replace") replaced.set(first, words.slice(words.indexOf("=>") + 1).join(" "));
  }
  return [...required].map(([name, { version, direct }]) => {
    const instead = replaced.get(name);
    const [module = name, pinned = version] = instead?.split(" ") ?? [];
    // A module replaced by another version of itself still comes from the same place.
    const source = module === name ? "registry" : /^\.{0,2}\//.test(module) ? "path" : "address";
    return { name, version: pinned, source, hashes: [], direct, ...(instead !== undefined && { resolved: instead }) };
  });
}

function* statements(text: string): Generator<{ readonly verb: string; readonly words: readonly string[]; readonly comment: string }> {
  let group: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    const [code = "", comment = ""] = line.split("//", 2);
    const words = code.trim().split(/\s+/).filter(Boolean);
    if (group !== undefined && words[0] === ")") group = undefined;
    else if (group !== undefined && words.length > 0) yield { verb: group, words, comment };
    else if (words[1] === "(") group = words[0];
    else if (words.length > 1) yield { verb: words[0] ?? "", words: words.slice(1), comment };
  }
}

/** `go.sum`: a hash for every module version ever considered. */
export function readGoSum(text: string): LockedPackage[] {
  return text.split(/\r?\n/).flatMap((line): LockedPackage[] => {
    const [name, version, hash] = line.trim().split(/\s+/);
    if (name === undefined || version === undefined || hash === undefined || version.endsWith("/go.mod")) return [];
    return [{ name, version, source: "registry", hashes: [hash.replace(":", "-")] }];
  });
}
