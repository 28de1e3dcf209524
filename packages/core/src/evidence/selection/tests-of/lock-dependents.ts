/** Who asks for whom in a lock file: package -> packages that depend on it, by name. Versions are not told apart: that only widens. */
export type Dependents = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads `package-lock.json`, `pnpm-lock.yaml` and `yarn.lock` (of any version); undefined for what can't be read here. */
export function lockDependents(path: string, text: string): Dependents | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  try {
    if (name === "package-lock.json" || name === "npm-shrinkwrap.json") return fromNpm(JSON.parse(text));
    if (name === "pnpm-lock.yaml") return fromLines(text, pnpmPackage, /^ {4}(?:dependencies|optionalDependencies|peerDependencies):/, /^ {6}['"]?(@?[^\s'":@]+)['"]?:/);
    if (name === "yarn.lock") return fromLines(text, yarnPackage, /^ {2}"?(?:dependencies|optionalDependencies|peerDependencies)"?:/, /^ {4}"?(@?[^\s":]+)"?[: ]/);
    return undefined;
  } catch {
    return undefined;
  }
}

/** These packages and every one that depends on them, however far. */
export function withDependents(names: Iterable<string>, dependents: Dependents): ReadonlySet<string> {
  const all = new Set(names);
  for (const name of all) for (const user of dependents.get(name) ?? []) all.add(user);
  return all;
}

class Lists {
  readonly map = new Map<string, Set<string>>();
  add(dependency: string, user: string): void {
    const users = this.map.get(dependency);
    if (users) users.add(user);
    else this.map.set(dependency, new Set([user]));
  }
}

const FIELDS = ["dependencies", "optionalDependencies", "peerDependencies", "requires"];

function fromNpm(lock: unknown): Dependents {
  const lists = new Lists();
  const waiting: (readonly [name: string, entry: unknown])[] = [];
  const { packages, dependencies } = object(lock);
  for (const [path, entry] of Object.entries(object(packages))) if (path.includes("node_modules/")) waiting.push([path.slice(path.lastIndexOf("node_modules/") + 13), entry]);
  if (packages === undefined) waiting.push(...Object.entries(object(dependencies)));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [name, entry] = next;
    for (const field of FIELDS) {
      for (const [dependency, below] of Object.entries(object(object(entry)[field]))) {
        lists.add(dependency, name);
        // Version 1 nests packages in `dependencies`.
        if (field === "dependencies" && typeof below === "object") waiting.push([dependency, below]);
      }
    }
  }
  return lists.map;
}

const object = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {});

/** Both are lists of blocks with indented lists in them: read line by line, because they are too large for a tree. */
function fromLines(text: string, packageOf: (line: string) => string | undefined, opens: RegExp, entry: RegExp): Dependents {
  const lists = new Lists();
  let user: string | undefined;
  let inside = false;
  for (const line of text.split("\n")) {
    const found = packageOf(line);
    if (found !== undefined) [user, inside] = [found, false];
    else if (opens.test(line)) inside = true;
    else if (inside) {
      const dependency = entry.exec(line)?.[1];
      if (dependency === undefined) inside = false;
      else if (user !== undefined) lists.add(dependency, user);
    }
  }
  return lists.map;
}

const pnpmPackage = (line: string): string | undefined => /^ {2}['"]?\/?((?:@[^/@\s]+\/)?[^/@\s'"]+)[@/]\d[^\s]*:\s*$/.exec(line)?.[1];
const yarnPackage = (line: string): string | undefined => /^"?((?:@[^/@\s]+\/)?[^/@\s"]+)@[^\n]*:\s*$/.exec(line)?.[1];
