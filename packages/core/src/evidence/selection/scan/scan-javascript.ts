import { readTexts, isWord, type CodeText } from "./javascript-texts.ts";
import { looksLikePath } from "./looks-like-path.ts";
import { MOST_NAMES, type ImportKind, type ModuleFacts, type RouteNamed } from "./module-facts.ts";

/** Calls whose first argument is a module, by the last word of the callee. */
const LOADERS: Readonly<Record<string, ImportKind>> = {
  import: "dynamic",
  require: "require",
  "require.resolve": "resolve",
  "import.meta.resolve": "resolve",
  ...Object.fromEntries(
    ["mock", "doMock", "unmock", "doUnmock", "dontMock", "setMock", "unstable_mockModule", "requireActual", "importActual", "requireMock", "importMock", "createMockFromModule", "genMockFromModule"].flatMap((name) => [
      [`jest.${name}`, "mock"],
      [`vi.${name}`, "mock"],
      [`vitest.${name}`, "mock"],
    ]),
  ),
  ...Object.fromEntries(["mock.module", "t.mock", "t.mockRequire", "t.mockImport", "td.replace", "td.replaceEsm", "quibble", "mockery.registerMock", "mockery.registerSubstitute"].map((name) => [name, "mock"])),
  ...Object.fromEntries(["proxyquire", "rewire", "esmock", "esmock.strict", "importFresh", "requireInject", "requireUncached", "rewiremock", "freshImport", "__non_webpack_require__"].map((name) => [name, "require"])),
};
const GLOBS = new Set(["import.meta.glob", "import.meta.globEager", "require.context"]);
const METHODS = /\.(get|post|put|patch|delete|del|head|options|all|use|route|mount|any)$/;
/** Those that ask another server, or hold values by name. */
const NO_ROUTER = /(?:^|\.)(?:axios|http|https|request|client|agent|supertest|fetch|got|ky|superagent|\$http|\$fetch|page|cy|map|cache|store|params|headers|searchParams|config|nock|mock|msw|rest|cookies?|localStorage|sessionStorage|storage|session|redis|db|i18n|url|_)$/i;
const SPAWNS = /^(?:node:)?(?:child_process|cluster|worker_threads)$|^(?:execa|cross-spawn|nano-spawn|tinyexec|zx|shelljs|nanoexec|tinyspawn|tinypool|piscina)$/;

/** Words that write down a test, in the runners people use. */
const DECLARES = /\b(?:test|it|describe|suite|scenario|fixture|specify)(?:\.\w{1,20}){0,3}\s?[(`]|\bexpect(?:Type|Error|Assignable)\w{0,20}[<(]|\b\w*[tT]ester\.run\(/;

/** What a JavaScript or TypeScript file says of other files. Linear in its length. */
export function scanJavaScript(code: string): ModuleFacts {
  const scan = new Scan(code);
  readTexts(code, scan);
  return scan.facts();
}

class Scan {
  private readonly imports = new Map<string, Set<ImportKind>>();
  private readonly prefixes = new Set<string>();
  private readonly names = new Set<string>();
  private readonly routes = new Map<string, RouteNamed>();
  private opaque = false;
  /** Where the last `import` or `export` stands, and up to where was looked for it. */
  private readonly clause = { at: -1, upTo: 0 };
  /** A path being joined of several texts, and where its last one ended. */
  private joined: { readonly path: string; readonly end: number } | undefined;

  constructor(private readonly code: string) {}

  facts(): ModuleFacts {
    const imports = [...this.imports].flatMap(([specifier, kinds]) => [...kinds].map((kind) => [specifier, kind] as const));
    return {
      imports,
      prefixes: [...this.prefixes],
      names: [...this.names].slice(0, MOST_NAMES),
      routes: [...this.routes.values()],
      opaque: this.opaque,
      spawns: imports.some(([specifier]) => SPAWNS.test(specifier)),
      tests: DECLARES.test(this.code.slice(0, 400_000)),
    };
  }

  computed(open: number): void {
    const callee = calleeBefore(this.code, open);
    if (callee === "require" || (callee === "import" && !this.isMethod(open - 6))) this.opaque = true;
  }

  text(found: CodeText): void {
    const kind = this.importKind(found);
    if (kind === undefined) return this.named(found);
    const whole = found.open ? undefined : this.withConstants(found);
    if (whole !== undefined) this.add(whole, kind);
    else if (found.open || this.goesOn(found.end)) {
      this.opaque = true;
      if (found.value !== "") this.prefixes.add(found.value);
    } else if (found.value !== "") this.add(found.value, kind);
  }

  private add(specifier: string, kind: ImportKind): void {
    const kinds = this.imports.get(specifier);
    if (kinds) kinds.add(kind);
    else this.imports.set(specifier, new Set([kind]));
  }

  /** How this text names a module; undefined when it does not. */
  private importKind({ before, open, start }: CodeText): ImportKind | undefined {
    const { code } = this;
    const char = code.charCodeAt(before);
    if (char === 40) {
      const callee = calleeBefore(code, before);
      if (GLOBS.has(callee)) this.glob(start);
      return callee === "import" && /\btypeof\s{1,10}$/.test(code.slice(Math.max(0, before - 20), before - 6)) ? "type" : LOADERS[callee];
    }
    if (open) return undefined;
    if (char === 109 && endsWithWord(code, before, "from")) return this.isTypeOnly(before - 4) ? "type" : "static";
    return char === 116 && endsWithWord(code, before, "import") ? "static" : undefined;
  }

  /** `import type … from` and `export type … from`: by the last word before it that begins a clause. What was looked through once is not again. */
  private isTypeOnly(end: number): boolean {
    const { code, clause } = this;
    const from = Math.max(0, clause.upTo - 6);
    for (const { index } of code.slice(from, end).matchAll(/import|export/g)) {
      const at = from + index;
      if (!isWord(code.charCodeAt(at + 6)) && (at === 0 || !isWord(code.charCodeAt(at - 1)))) clause.at = at;
    }
    clause.upTo = end;
    return clause.at >= 0 && end - clause.at < LONGEST_CLAUSE && TYPE_ONLY.test(code.slice(clause.at, clause.at + 60));
  }

  /** The patterns of `import.meta.glob(["./a/*.ts", "./b/*.ts"])`, or of one. */
  private glob(start: number): void {
    const [, pattern = ""] = /^.([^"'`\n]{1,300})/.exec(this.code.slice(start, start + 302)) ?? [];
    const fixed = pattern.replace(/[*{[(!?].*$/s, "");
    this.prefixes.add(fixed === "" ? "./" : fixed);
  }

  /** `"" + "../dist/a"`: written so that a bundler does not see it. */
  private withConstants({ value, end }: CodeText): string | undefined {
    const [rest] = /^(?:\s{0,20}\+\s{0,20}(?:"[^"\n]{0,200}"|'[^'\n]{0,200}')){1,5}(?=\s{0,20}\))/.exec(this.code.slice(end, end + 600)) ?? [];
    return rest === undefined ? undefined : value + rest.replace(/\s*\+\s*["']|["']\s*$|["'](?=\s*\+)/g, "");
  }

  private goesOn(end: number): boolean {
    return /^\s{0,20}(?:\+|\.concat\()/.test(this.code.slice(end, end + 30));
  }

  private isMethod(wordStart: number): boolean {
    return this.code.charCodeAt(wordStart - 1) === 46;
  }

  private named(found: CodeText): void {
    if (found.value.length > 200 || found.value.length < 2) return;
    this.route(found);
    const path = this.joinedPath(found);
    if (path !== undefined && this.names.size < MOST_NAMES && looksLikePath(path)) this.names.add(path);
  }

  private route({ before, value, open }: CodeText): void {
    if (open || !value.startsWith("/") || this.code.charCodeAt(before) !== 40 || this.routes.size > 200) return;
    const callee = calleeBefore(this.code, before);
    const method = METHODS.exec(callee)?.[1];
    if (method === undefined || !/^\/[\w\-./:*{}()?$@+~[\]]*$/.test(value) || NO_ROUTER.test(callee.slice(0, -method.length - 1))) return;
    const name = /^(?:all|use|route|mount|any)$/.test(method) ? "ANY" : method === "del" ? "DELETE" : method.toUpperCase();
    this.routes.set(`${name} ${value}`, { method: name, path: value });
  }

  /** `path.join(__dirname, "..", "fixtures", "a.json")` as one path; else the text itself. */
  private joinedPath({ value, before, start, end }: CodeText): string | undefined {
    const { code } = this;
    const clean = value.replace(/^\/+/, "");
    const follows = code.charCodeAt(before) === 44 || code.charCodeAt(before) === 43;
    if (follows && this.joined !== undefined && before - this.joined.end < 8 && /^[\s,]*$/.test(code.slice(this.joined.end, start))) {
      this.names.delete(this.joined.path);
      this.joined = { path: `${this.joined.path}/${clean}`, end };
      return this.joined.path;
    }
    if (follows && HERE.test(code.slice(Math.max(0, before - 40), before))) {
      this.joined = { path: clean.startsWith(".") ? clean : `./${clean}`, end };
      return this.joined.path;
    }
    this.joined = { path: clean, end };
    return clean;
  }
}

/** Words for the folder of the file itself. */
const HERE = /(?:__dirname|import\.meta\.dirname|import\.meta\.url\)?\)?|\bdirname\(__filename\)|\bdirname\(fileURLToPath\(import\.meta\.url\)\))\s{0,10}$/;

/** `a.b.c` before an opening parenthesis; type arguments and what they hold are stepped over. */
export function calleeBefore(code: string, open: number): string {
  let end = open - 1;
  while (end >= 0 && code.charCodeAt(end) <= 32) end -= 1;
  if (code.charCodeAt(end) === 62) end = beforeTypeArguments(code, end);
  let start = end;
  while (start >= 0 && (isWord(code.charCodeAt(start)) || code.charCodeAt(start) === 46) && end - start < 60) start -= 1;
  // `...require("./a")` is a spread of what it gives.
  return code.slice(start + 1, end + 1).replace(/^\.+/, "");
}

function beforeTypeArguments(code: string, end: number): number {
  let depth = 0;
  for (let at = end; at >= 0 && end - at < 300; at -= 1) {
    const char = code.charCodeAt(at);
    if (char === 62 && code.charCodeAt(at - 1) !== 61) depth += 1;
    if (char === 60 && (depth -= 1) === 0) return at - 1;
  }
  return end;
}

function endsWithWord(code: string, end: number, word: string): boolean {
  const start = end - word.length + 1;
  const previous = start > 0 ? code.charCodeAt(start - 1) : 32;
  return code.startsWith(word, start) && !isWord(previous) && previous !== 46;
}

/** Longest list of names between `import` and `from` that is looked through. */
const LONGEST_CLAUSE = 20_000;

/** After `type` comes a list or a name; a name that is `from` itself is followed by another. */
const TYPE_ONLY = /^(?:import|export)\s{1,10}(?:type|typeof)(?:\s{0,10}[{*]|\s{1,10}(?!from\b)[\w$]|\s{1,10}from\s{1,10}from\b)/;
