/** Globs of member folders that a manifest declares, relative to its own folder; undefined when it declares no workspace. */
export type Members = readonly string[] | undefined;

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);

export const strings = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : []);

/** npm, Yarn and Bun: `workspaces` as an array or `{ packages }`. */
export function npmMembers(text: string): Members {
  const declared = jsonField(text, "workspaces");
  if (Array.isArray(declared)) return strings(declared);
  return isFields(declared) ? strings(declared["packages"]) : undefined;
}

/** lerna.json; with `useWorkspaces` or without `packages` the package manager's own list counts. */
export function lernaMembers(text: string): Members {
  const declared = jsonField(text, "packages");
  return Array.isArray(declared) ? strings(declared) : undefined;
}

function jsonField(text: string, name: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value[name] : undefined;
  } catch {
    return undefined; // a broken manifest is the package manager's to complain about
  }
}

/** `[workspace]` of Cargo.toml; excluded members become negative globs. */
export const cargoMembers = (text: string): Members => {
  const table = tomlTable(text, "workspace");
  return table === undefined ? undefined : [...tomlStrings(table, "members"), ...tomlStrings(table, "exclude").map((glob) => `!${glob}`)];
};

/** `[tool.uv.workspace]` of pyproject.toml. */
export const uvMembers = (text: string): Members => {
  const table = tomlTable(text, "tool.uv.workspace");
  return table === undefined ? undefined : [...tomlStrings(table, "members"), ...tomlStrings(table, "exclude").map((glob) => `!${glob}`)];
};

/** Lines below `[name]` up to the next table. */
function tomlTable(text: string, name: string): string | undefined {
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex((line) => line.trim() === `[${name}]`);
  if (start < 0) return undefined;
  const length = lines.slice(start + 1).findIndex((line) => /^\s*\[[\w.\s"'-]+\]\s*$/.test(line) && !line.includes(","));
  return lines.slice(start + 1, length < 0 ? undefined : start + 1 + length).join("\n");
}

function tomlStrings(table: string, key: string): readonly string[] {
  const opening = new RegExp(`^[ \\t]*${key}[ \\t]*=[ \\t]*\\[`, "m").exec(table);
  if (!opening) return [];
  const start = opening.index + opening[0].length;
  const list = table.slice(start, Math.max(start, table.indexOf("]", start)));
  return [...list.replace(/#[^\n]*/g, "").matchAll(/"([^"\n]+)"|'([^'\n]+)'/g)].map((found) => found[1] ?? found[2] ?? "");
}

/** `use` of go.work, in a block or alone. */
export function goMembers(text: string): Members {
  let inBlock = false;
  return text.split("\n").flatMap((raw) => {
    const line = raw.replace(/\/\/.*$/, "").trim();
    if (inBlock && line.startsWith(")")) inBlock = false;
    else if (inBlock && line !== "") return [unquoted(line)];
    else if (/^use ?\($/.test(line)) inBlock = true;
    else if (line.startsWith("use ")) return [unquoted(line.slice(4).trim())];
    return [];
  });
}

const unquoted = (text: string): string => text.replace(/^["`]|["`]$/g, "");

/** `<modules>` of pom.xml, in every profile. */
export function mavenMembers(text: string): Members {
  const [first = "", ...rest] = text.split("<!--");
  const bare = [first, ...rest.map((part) => part.slice(part.includes("-->") ? part.indexOf("-->") + 3 : part.length))].join(" ");
  const modules = [...bare.matchAll(/<module>([^<]{1,300})<\/module>/g)].map((found) => (found[1] ?? "").trim().replace(/\/?pom\.xml$/, ""));
  return modules.length === 0 ? undefined : modules;
}

/** `include("a:b", ":c")` of settings.gradle(.kts), over several lines while they end with a comma. */
export function gradleMembers(text: string): Members {
  let including = false;
  return text.split("\n").flatMap((raw) => {
    const line = raw.replace(/\/\/.*$/, "").trim();
    including ||= /^include\b/.test(line);
    const found = including ? [...line.matchAll(/"([^"]{1,300})"|'([^']{1,300})'/g)] : [];
    including &&= line === "" || /[,(]$/.test(line);
    return found.map((match) => (match[1] ?? match[2] ?? "").replace(/^:/, "").replaceAll(":", "/"));
  });
}
