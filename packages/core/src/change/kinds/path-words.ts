/** A path taken apart once. */
export interface PathWords {
  readonly path: string;
  /** Folders from the root down, in lower case. */
  readonly folders: readonly string[];
  /** The file's name as written. */
  readonly name: string;
  /** The name in lower case. */
  readonly lower: string;
  /** Its last extension in lower case, without the dot. */
  readonly extension: string;
}

/** Splits a repository path. */
export function pathWords(path: string): PathWords {
  const parts = path.split("/");
  const name = parts.pop() ?? path;
  const lower = name.toLowerCase();
  const dot = lower.lastIndexOf(".");
  return { path, folders: parts.map((part) => part.toLowerCase()), name, lower, extension: dot > 0 ? lower.slice(dot + 1) : "" };
}

/** A set from words separated by spaces. */
export const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ""));

/** True when one of the folders is in the set. */
export const inFolder = (at: PathWords, folders: ReadonlySet<string>): boolean => at.folders.some((folder) => folders.has(folder));

export const CODE = words(`
  js mjs cjs jsx ts mts cts tsx vue svelte astro coffee py pyi pyx rb rake go rs java kt kts scala groovy clj cljs cs fs vb c h cc cpp cxx hpp hh m mm
  swift dart php ex exs erl hs ml mli lua pl pm r jl sh bash zsh fish ps1 sql graphql gql proto css scss sass less styl html htm hbs ejs pug erb haml twig
  jinja j2 liquid sol zig nim v wat cr elm re res y yy ll libsonnet jsonnet`);
