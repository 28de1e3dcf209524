import { looksLikePath } from "./looks-like-path.ts";
import { MOST_NAMES, type ImportKind, type ModuleFacts, type RouteNamed } from "./module-facts.ts";

/**
 * What a Python file says of others: `import a.b` as `a.b`, `from .a import b` as `.a` and `.a.b` (b may be a module or a name in one).
 * Texts over several lines and comments are passed over.
 */
export function scanPython(code: string): ModuleFacts {
  const imports = new Set<string>();
  const names = new Set<string>();
  const routes = new Map<string, RouteNamed>();
  const bare = withoutTexts(code, (text) => {
    const path = text.replace(/^\/+/, "");
    if (names.size < MOST_NAMES && looksLikePath(path)) names.add(path);
  });
  for (const [, list = ""] of bare.matchAll(/^[ \t]*import[ \t]+([^\n#;]{1,500})/gm)) for (const part of list.split(",")) addModule(imports, part);
  for (const [, from = "", list = ""] of bare.matchAll(/^[ \t]*from[ \t]+([.\w]{1,200})[ \t]+import[ \t]*(\([^)]{0,5000}\)|[^\n#;]{1,1000})/gm)) {
    imports.add(from);
    for (const part of list.replace(/[()\\]/g, " ").replace(/#[^\n]{0,500}/g, " ").split(",")) addModule(imports, part, from.endsWith(".") ? from : `${from}.`);
  }
  for (const [, method = "", path = ""] of code.matchAll(/^[ \t]*@[\w.]{1,60}\.(route|get|post|put|patch|delete)\([ \t]{0,10}["'](\/[^"'\n]{0,200})["']/gm)) {
    const name = method === "route" ? "ANY" : method.toUpperCase();
    routes.set(`${name} ${path}`, { method: name, path });
  }
  return {
    imports: [...imports].map((name): readonly [string, ImportKind] => [name, "static"]),
    prefixes: [],
    names: [...names],
    routes: [...routes.values()],
    opaque: /\b(?:import_module|__import__)\((?!\s{0,10}["'])/.test(bare),
    tests: /\bdef test|\bclass \w{0,60}Tests?\w{0,20}\b/.test(bare),
    spawns: imports.has("subprocess") || imports.has("multiprocessing"),
  };
}

function addModule(imports: Set<string>, part: string, before = ""): void {
  const name = /^\s*([\w.]{1,200})(?:\s+as\s+\w+)?\s*$/.exec(part)?.[1];
  if (name !== undefined) imports.add(before + name);
}

/** Code with comments and texts blanked; each text of one line is told. `import_module("x")` stays one. */
function withoutTexts(code: string, tell: (text: string) => void): string {
  const parts: string[] = [];
  let kept = 0;
  const open = /#|"""|'''|"|'/g;
  // Up to where a mark is known not to end: only one behind a backslash comes again before that, and it would not either.
  const endless = new Map<string, number>();
  for (let found = open.exec(code); found; found = open.exec(code)) {
    const mark = found[0];
    const start = found.index;
    if (mark === "#") {
      const end = code.indexOf("\n", start);
      parts.push(code.slice(kept, start));
      kept = open.lastIndex = end < 0 ? code.length : end;
      continue;
    }
    if (start < (endless.get(mark) ?? 0)) continue;
    const { end, closed } = closing(code, start + mark.length, mark);
    if (!closed) {
      endless.set(mark, end);
      continue;
    }
    if (mark.length === 1) tell(code.slice(start + 1, end));
    parts.push(code.slice(kept, start), mark.length === 1 ? '""' : "");
    kept = open.lastIndex = end + mark.length;
  }
  parts.push(code.slice(kept));
  return parts.join("");
}

/** Offset of the mark that ends a text; not `closed` when its line ends first, or the file. */
function closing(code: string, from: number, mark: string): { readonly end: number; readonly closed: boolean } {
  for (let at = from; at < code.length; at += 1) {
    if (code[at] === "\\") at += 1;
    else if (code.startsWith(mark, at)) return { end: at, closed: true };
    else if (mark.length === 1 && code[at] === "\n") return { end: at, closed: false };
  }
  return { end: code.length, closed: mark.length > 1 };
}
