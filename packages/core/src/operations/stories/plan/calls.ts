import type { SpecCall, SpecRoute } from "#intent";

/** A path with each of its parameters as one star: `/orders/:id`, `/orders/{id}` and `/orders/${order.id}` are the same. */
export const shapeOf = (path: string): string =>
  path
    .slice(0, 500)
    .replace(/[?#].*$/s, "")
    .split("/")
    .map((part) => (/^:|^\{.*\}$|^\[.*\]$|\$\{|^\*|^<.*>$/.test(part) ? "*" : part))
    .join("/")
    .replace(/(.)\/$/, "$1");

/** Too little to tell one product from another. */
const tells = (shape: string): boolean => shape.split("/").some((part) => part.length >= 3 && part !== "*" && !/^v\d+$|^api$/i.test(part));

// A `$` is either the start of a value or not: each text is read in one way only.
const PATH_TEXT = /(["'`])((?:\$\{[^}\n]{1,80}\})?\/(?:\$\{[^}\n]{1,80}\}|\$(?!\{)|[^"'`\s$]){1,300})\1/g;

/** Texts in code that look like the path of a request, as shapes; a host put together in front is left off. */
export function pathsNamed(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, , path = ""] of text.slice(0, 1_000_000).matchAll(PATH_TEXT)) {
    if (found.size >= 500) break;
    const shape = shapeOf(path.replace(/^\$\{[^}]{1,80}\}(?=\/)/, ""));
    if (tells(shape)) found.add(shape);
  }
  return found;
}

/** What a repository's files name, and what it handles itself. */
export interface Caller {
  readonly name: string;
  readonly routes: readonly Pick<SpecRoute, "method" | "path">[];
  readonly paths: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Routes of another repository that code of this one names. What a repository handles itself is no call to another. */
export function callsTo(from: Caller, to: Caller): readonly SpecCall[] {
  const own = new Set(from.routes.map(({ path }) => shapeOf(path)));
  const calls = new Map<string, SpecCall>();
  for (const { method, path } of to.routes) {
    const shape = shapeOf(path);
    if (own.has(shape) || !tells(shape)) continue;
    const files = [...from.paths].flatMap(([file, shapes]) => (shapes.has(shape) ? [file] : []));
    if (files.length > 0) calls.set(`${method} ${shape}`, { repository: to.name, route: `${method} ${path}`, files });
  }
  return [...calls.values()];
}
