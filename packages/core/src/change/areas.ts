import { AREA_SIGNS, compileAreas, type Area } from "#intent";
import type { FileKind } from "./change.ts";
import type { HunkCode } from "./code/changed-code.ts";

/** Answers which areas a changed file belongs to: by its path, and for code also by what its changed lines do. */
export type AreasOfFile = (
  file: { readonly path: string; readonly basePath?: string; readonly kind: FileKind },
  code: readonly HunkCode[],
) => readonly string[];

/** Kinds a built-in area may speak of. Tests, prose, lock files and generated code carry no risk of their own. */
const BUILT_IN_KINDS: ReadonlySet<FileKind> = new Set(["source", "migration"]);
const SETTINGS_AREAS = new Set(["infrastructure", "public-api"]);
/** Declarations of types and the looks of a page protect nothing and charge nobody. */
const HARMLESS = /\.d\.(?:\w+\.)?[cm]?ts$|\.(?:pyi|css|scss|sass|less|styl|html?|erb|haml|slim|hbs|ejs|pug|twig|liquid|mustache|j2|jinja|strings|po)$/;

/** Compiles the areas once for all files of a change. Names come in the order of the areas. */
export function areasOfFiles(areas: readonly Area[]): AreasOfFile {
  const byPath = compileAreas(areas);
  const builtIn = new Set(areas.filter((area) => !area.declared).map((area) => area.name));
  const signs = AREA_SIGNS.filter((sign) => builtIn.has(sign.area));
  return (file, code) => {
    const named = new Set(
      [...byPath(file.path), ...(file.basePath === undefined ? [] : byPath(file.basePath))]
        .filter((area) => area.declared || speaksOf(area.name, file))
        .map((area) => area.name),
    );
    if (file.kind === "migration" && builtIn.has("migration")) named.add("migration");
    if (file.kind === "source" && !HARMLESS.test(file.path)) {
      const text = textOf(code);
      for (const sign of signs) if (!named.has(sign.area) && sign.pattern.test(text)) named.add(sign.area);
    }
    return areas.filter((area) => named.has(area.name)).map((area) => area.name);
  };
}

const speaksOf = (area: string, file: { readonly path: string; readonly kind: FileKind }): boolean =>
  (BUILT_IN_KINDS.has(file.kind) && !HARMLESS.test(file.path)) || (file.kind === "config" && SETTINGS_AREAS.has(area));

const LINE_LIMIT = 1_000;

/** All changed code of a file at once: a sign looks at names and brackets and never reaches over the end of a line. */
const textOf = (code: readonly HunkCode[]): string =>
  code
    .flatMap(({ deleted, added }) => [...deleted.code, ...added.code])
    .map((line) => line.slice(0, LINE_LIMIT))
    .join("\n");
