import type { Place } from "#kernel";
import { isObject, listAt, numberAt, objectAt, textAt, type JsonObject } from "../json/shapes.ts";

/** Bases may stand on bases; a circle of them must end. */
const DEEPEST = 8;

/** The first location of a result that names a file, as printed. */
export function locate(result: JsonObject, run: JsonObject): Place | undefined {
  for (const location of listAt(result, "locations")) {
    const physical = objectAt(location, "physicalLocation");
    const file = fileOf(objectAt(physical, "artifactLocation"), run);
    if (file === undefined) continue;
    const [line, endLine] = [numberAt(physical, "region", "startLine"), numberAt(physical, "region", "endLine")];
    return {
      file,
      ...(line !== undefined && line >= 1
        ? { line: Math.floor(line), ...(endLine !== undefined && endLine >= line ? { endLine: Math.floor(endLine) } : {}) }
        : {}),
    };
  }
  return undefined;
}

function fileOf(artifact: JsonObject | undefined, run: JsonObject): string | undefined {
  if (artifact === undefined) return undefined;
  const index = numberAt(artifact, "index");
  const listed = index === undefined ? undefined : listAt(run, "artifacts")[index];
  const known = isObject(listed) ? objectAt(listed, "location") : undefined;
  const uri = textAt(artifact, "uri") ?? textAt(known, "uri");
  if (uri === undefined || uri === "") return undefined;
  const base = baseOf(textAt(artifact, "uriBaseId") ?? textAt(known, "uriBaseId"), run, DEEPEST);
  return decoded(/^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(uri) ? uri : base + uri);
}

/** The folder a base id stands for. Most mean the checkout by `%SRCROOT%` and say no more. */
function baseOf(id: string | undefined, run: JsonObject, left: number): string {
  const base = id === undefined || left === 0 ? undefined : objectAt(run, "originalUriBaseIds", id);
  const uri = textAt(base, "uri") ?? "";
  if (uri === "") return "";
  const folder = uri.endsWith("/") ? uri : `${uri}/`;
  return /^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(folder) ? folder : baseOf(textAt(base, "uriBaseId"), run, left - 1) + folder;
}

/** URIs escape blanks and the like; `file:` ones are undone where paths are read. */
function decoded(uri: string): string {
  if (uri.startsWith("file:")) return uri.replace(/^file:\/(?!\/)/, "file:///");
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
