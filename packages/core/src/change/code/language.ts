/** How a language writes comments and strings, as far as lines alone must be told apart. */
export interface Language {
  readonly name: string;
  readonly lineComments: readonly string[];
  readonly blockComments: readonly (readonly [open: string, close: string])[];
  /** Delimiters of strings that end with their line. */
  readonly quotes: string;
  /** Delimiters of strings that may run over lines, longest first. */
  readonly longQuotes: readonly string[];
  /** True where indentation and line ends are part of the meaning. */
  readonly layout: boolean;
  /** True where `'a'` and `"a"` are the same string. */
  readonly quotesAlike: boolean;
  /** True where `/` can open a regular expression. */
  readonly regex: boolean;
}

const C_COMMENTS = { lineComments: ["//"], blockComments: [["/*", "*/"]] } as const;
const plain = { longQuotes: [], layout: false, quotesAlike: false, regex: false } as const;

const c = (name: string, more: Partial<Language> = {}): Language => ({ name, ...C_COMMENTS, quotes: `"'`, ...plain, ...more });
const hash = (name: string, more: Partial<Language> = {}): Language => ({
  name,
  lineComments: ["#"],
  blockComments: [],
  quotes: `"'`,
  ...plain,
  layout: true,
  ...more,
});

const script: Partial<Language> = { longQuotes: ["`"], quotesAlike: true, regex: true };
const JAVASCRIPT = c("javascript", script);
const TYPESCRIPT = c("typescript", script);
const COMPONENT = c("component", { blockComments: [["<!--", "-->"], ["/*", "*/"]], longQuotes: ["`"] }); // prettier-ignore
const JVM = c("jvm", { longQuotes: ['"""'] });
const CPP = c("cpp");

const BY_EXTENSION: Readonly<Record<string, Language>> = {
  js: JAVASCRIPT, mjs: JAVASCRIPT, cjs: JAVASCRIPT, jsx: JAVASCRIPT,
  ts: TYPESCRIPT, mts: TYPESCRIPT, cts: TYPESCRIPT, tsx: TYPESCRIPT,
  vue: COMPONENT, svelte: COMPONENT, astro: COMPONENT,
  py: hash("python", { longQuotes: ['"""', "'''"], quotesAlike: true }), pyi: hash("python", { longQuotes: ['"""', "'''"], quotesAlike: true }),
  rb: hash("ruby", { blockComments: [["=begin", "=end"]] }), rake: hash("ruby", { blockComments: [["=begin", "=end"]] }),
  ex: hash("elixir", { longQuotes: ['"""'] }), exs: hash("elixir", { longQuotes: ['"""'] }),
  sh: hash("shell"), bash: hash("shell"), yml: hash("yaml"), yaml: hash("yaml"), toml: hash("toml", { longQuotes: ['"""', "'''"] }), tf: hash("terraform"),
  go: c("go", { longQuotes: ["`"] }), rs: c("rust", { quotes: '"' }), swift: c("swift", { quotes: '"', longQuotes: ['"""'] }), dart: c("dart", { longQuotes: ['"""', "'''"] }),
  java: JVM, kt: JVM, kts: JVM, scala: JVM, groovy: JVM, gradle: JVM, cs: c("csharp"),
  php: c("php", { lineComments: ["//", "#"] }), c: CPP, h: CPP, cc: CPP, cpp: CPP, hpp: CPP, cxx: CPP, m: CPP, mm: CPP, proto: CPP,
  css: c("css", { lineComments: [] }), scss: c("css"), less: c("css"),
  sql: c("sql", { lineComments: ["--"] }), lua: c("lua", { lineComments: ["--"], blockComments: [["--[[", "]]"]] }),
  html: c("markup", { lineComments: [], blockComments: [["<!--", "-->"]] }), xml: c("markup", { lineComments: [], blockComments: [["<!--", "-->"]] }),
  graphql: hash("graphql", { longQuotes: ['"""'], layout: false }), gql: hash("graphql", { longQuotes: ['"""'], layout: false }),
}; // prettier-ignore

/** The language of a path by its extension; undefined where comments can't be told from code. */
export function languageOf(path: string): Language | undefined {
  const extension = extensionOf(path);
  return Object.hasOwn(BY_EXTENSION, extension) ? BY_EXTENSION[extension] : undefined;
}

/** The extension in lower case, without its dot; empty when there is none. */
export function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : "";
}
