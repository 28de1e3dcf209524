/** A pattern as `.gitignore`, CODEOWNERS and `.gitattributes` write it, ready to be asked about many paths. */
export interface PathPattern {
  readonly segments: readonly string[];
  /** What every matching path starts with, as far as the pattern spells it out. */
  readonly prefix: string;
  /** `dir/`: only what is below it matches. */
  readonly folderOnly: boolean;
  /** True when naming a folder names everything below it. */
  readonly descends: boolean;
}

export interface PatternDialect {
  /** Naming a folder names what is in it (CODEOWNERS, `.gitignore`), or only the path itself (`.gitattributes`). */
  readonly foldersDescend: boolean;
  /** A slash in the middle ties a pattern to the root (Git, GitHub), or only a leading one does (GitLab). */
  readonly middleSlashAnchors: boolean;
}

/** Reads a pattern. Every text is one: `*` and `?` stay within a folder, `**` crosses folders, `\x` is the character x. */
export function readPattern(text: string, dialect: PatternDialect): PathPattern {
  const folderOnly = text.endsWith("/");
  const bare = text.replace(/\/+$/, "");
  const anchored = bare.startsWith("/") || (dialect.middleSlashAnchors && bare.includes("/"));
  const named = bare.split("/").filter((segment) => segment !== "");
  const segments = anchored || named[0] === "**" ? named : ["**", ...named];
  // `docs/*` owns the files of docs and not those deeper down; `docs` and `docs/x*` own the folders they name.
  const last = segments.at(-1);
  const everything = segments.length === 2 && segments[0] === "**";
  const descends = dialect.foldersDescend && (last !== "*" || everything);
  return { segments: last === "**" ? [...segments, "*"] : segments, prefix: prefixOf(segments), folderOnly, descends };
}

function prefixOf(segments: readonly string[]): string {
  const wild = segments.findIndex((segment) => /[*?\\]/.test(segment));
  return segments.slice(0, wild < 0 ? undefined : wild).join("/");
}

/** True when the pattern names the path. The work is at most the length of the pattern times the length of the path. */
export function matchesPattern(pattern: PathPattern, path: string): boolean {
  const { segments, prefix, folderOnly, descends } = pattern;
  if (segments.length === 0 || !path.startsWith(prefix)) return false;
  const names = path.split("/");
  // Row by row over the pattern: which prefixes of the path are matched so far.
  let reached: boolean[] = [true, ...names.map(() => false)];
  for (const segment of segments) {
    reached = segment === "**" ? spread(reached) : [false, ...names.map((name, at) => (reached[at] ?? false) && matchesName(segment, name))];
    if (!reached.includes(true)) return false;
  }
  const whole = (reached[names.length] ?? false) && !folderOnly;
  const folder = (descends || folderOnly) && reached.slice(1, names.length).includes(true);
  return whole || folder;
}

/** `**` matches any number of folders: once reached, everything further on is. */
function spread(reached: readonly boolean[]): boolean[] {
  let open = false;
  return reached.map((value) => (open ||= value));
}

/** `*`, `?` and escapes within one name, by going back to the last star only. */
function matchesName(pattern: string, name: string): boolean {
  if (pattern === "*") return true;
  let at = 0;
  let read = 0;
  let star = -1;
  let retry = 0;
  while (read < name.length) {
    const char = pattern.charAt(at);
    const escaped = char === "\\" && at + 1 < pattern.length;
    const wanted = escaped ? pattern.charAt(at + 1) : char;
    if (!escaped && char === "*") {
      star = at++;
      retry = read;
    } else if (at < pattern.length && ((!escaped && char === "?") || wanted === name.charAt(read))) {
      at += escaped ? 2 : 1;
      read += 1;
    } else if (star >= 0) {
      at = star + 1;
      read = ++retry;
    } else return false;
  }
  while (pattern.charAt(at) === "*") at += 1;
  return at === pattern.length;
}
