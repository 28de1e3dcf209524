import type { BlastFile, BlastRadius } from "@proofline/core/operations";
import { columnsOf, padTo } from "../../render/columns.ts";
import type { Paint } from "../../render/paint.ts";
import { count } from "../../render/words.ts";
import { clip, printable } from "../../render/wrap.ts";

/** Files drawn below one file, and in the whole tree. */
const MOST_BELOW = 6;
const MOST_LINES = 40;
const MOST_LISTED = 8;

/** A blast radius for a person at a terminal: counts, what outsiders see of it, and the tree of who uses whom. */
export function renderBlast(radius: BlastRadius, paint: Paint, width: number, depth: number): string {
  const columns = Math.min(Math.max(width, 40), 120);
  return [...head(radius, paint, columns), ...lists(radius, paint, columns), ...tree(radius, paint, columns, depth)].join("\n");
}

function* head({ changed, files, packages, routes, contracts, tests }: BlastRadius, paint: Paint, width: number): Generator<string> {
  yield clip(`proofline blast   ${changed.slice(0, 2).join(", ")}${changed.length > 2 ? ` and ${changed.length - 2} more` : ""}`, width).replace("proofline blast", paint.bold("proofline blast"));
  yield "";
  const others = files.filter((file) => file.distance > 0 && file.layer === undefined).length;
  const ofTests = tests.unit + tests.integration + tests.e2e;
  const parts = [count(others, "file"), packages.length > 1 ? count(packages.length, "package") : "", routes.length > 0 ? count(routes.length, "route") : "", contracts.length > 0 ? count(contracts.length, "contract") : "", count(ofTests, "test file")].filter((part) => part !== "");
  yield others + ofTests === 0 ? paint.bold("Nothing in this repository depends on it that can be seen.") : paint.bold(`${parts.slice(0, -1).join(", ")}${parts.length > 1 ? " and " : ""}${parts.at(-1)} ${others + ofTests === 1 ? "depends" : "depend"} on it`);
}

function* lists({ packages, routes, contracts, tests }: BlastRadius, paint: Paint, width: number): Generator<string> {
  yield* section("packages", packages.length > 1 ? packages.map(({ name, files }) => [name, count(files, "file")]) : [], paint, width);
  yield* section("routes", routes.map(({ method, path, file }) => [`${method} ${path}`, file]), paint, width);
  yield* section("contracts", contracts.map(({ kind, name, because }) => [`${kind} ${name}`, because]), paint, width);
  const layers = (["unit", "integration", "e2e"] as const).filter((layer) => tests[layer] > 0).map((layer) => `${tests[layer]} ${layer}`);
  yield* section("tests", layers.length > 0 ? [[layers.join(", "), ""]] : [], paint, width);
}

/** Two columns under a heading; the first takes at most half of the width. */
function* section(title: string, rows: readonly (readonly [name: string, says: string])[], paint: Paint, width: number): Generator<string> {
  if (rows.length === 0) return;
  yield "";
  yield paint.bold(title);
  const shown = rows.slice(0, MOST_LISTED);
  const wide = Math.min(width >> 1, Math.max(...shown.map(([name]) => columnsOf(name))));
  for (const [name, says] of shown) yield ` ${clip(`${padTo(clip(name, wide), wide)}  ${says}`, width - 1).trimEnd()}`;
  if (rows.length > shown.length) yield paint.dim(` … ${rows.length - shown.length} more; --format json lists them all`);
}

/** Who uses whom, each file once, under the file it is nearest to. Tests of a file are counted behind it. */
function* tree({ files }: BlastRadius, paint: Paint, width: number, depth: number): Generator<string> {
  const below = new Map<string, BlastFile[]>();
  for (const file of files) {
    if (file.from === undefined) continue;
    const users = below.get(file.from);
    if (users === undefined) below.set(file.from, [file]);
    else users.push(file);
  }
  const known = new Set(files.map(({ path }) => path));
  const roots = files.filter(({ from }) => from === undefined || !known.has(from));
  if (below.size === 0) return;
  yield "";
  yield paint.bold("who uses whom");
  const lines = roots.flatMap((root) => [...branch(root, "", "", { below, depth, paint, width })]);
  yield* lines.slice(0, MOST_LINES);
  if (lines.length > MOST_LINES) yield paint.dim(` … ${lines.length - MOST_LINES} more lines; --format json lists every file`);
}

interface Drawing {
  readonly below: ReadonlyMap<string, readonly BlastFile[]>;
  readonly depth: number;
  readonly paint: Paint;
  readonly width: number;
}

function* branch(file: BlastFile, first: string, rest: string, drawing: Drawing): Generator<string> {
  const { below, depth, paint, width } = drawing;
  const users = below.get(file.path) ?? [];
  const own = users.filter((user) => user.layer === undefined || (below.get(user.path) ?? []).length > 0);
  const tests = users.length - own.length;
  const behind = [TIES[file.tie] ?? "", tests > 0 ? count(tests, "test") : ""].filter((part) => part !== "").join(", ");
  const room = width - 1 - columnsOf(first) - (behind === "" ? 0 : columnsOf(behind) + 2);
  const name = clip(file.path, Math.max(16, room));
  yield ` ${paint.dim(first)}${file.distance === 0 ? paint.bold(name) : name}${behind === "" ? "" : `  ${paint.dim(printable(behind))}`}`;
  if (depth === 0) return;
  const shown = own.slice(0, MOST_BELOW);
  const more = own.length - shown.length;
  for (const [at, user] of shown.entries()) {
    const last = at === shown.length - 1 && more === 0;
    yield* branch(user, `${rest}${last ? "└─ " : "├─ "}`, `${rest}${last ? "   " : "│  "}`, { ...drawing, depth: depth - 1 });
  }
  if (more > 0) yield ` ${paint.dim(`${rest}└─ … ${more} more`)}`;
}

/** How a file depends on the one above it, where that is no import. */
const TIES: Readonly<Partial<Record<BlastFile["tie"], string>>> = { types: "by types", names: "by name", loads: "loads it at run time", built: "by what is built", settings: "runs under it", package: "by package" };
