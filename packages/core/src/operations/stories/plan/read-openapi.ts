import { yamlTooDeep } from "#kernel";
import type { Yaml } from "#intent";

/** One operation an OpenAPI description promises. */
export interface DescribedOperation {
  readonly file: string;
  readonly method: string;
  readonly path: string;
  readonly operation?: string;
}

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;
const LARGEST = 2_000_000;
const MOST = 1_000;

/** Operations of an OpenAPI description; undefined where it can't be read as one. Untrusted: bounded, no aliases, no references followed. */
export function operationsIn(file: string, text: string, yaml: Yaml): readonly DescribedOperation[] | undefined {
  const document = text.length > LARGEST ? undefined : documentOf(file, text, yaml);
  const paths = fieldsAt(document, "paths");
  if (paths === undefined || (textAt(document, "openapi") ?? textAt(document, "swagger")) === undefined) return undefined;
  const base = textAt(document, "basePath")?.replace(/\/$/, "") ?? "";
  const found: DescribedOperation[] = [];
  for (const [path, item] of Object.entries(paths)) {
    for (const method of METHODS) {
      const operation = fieldsAt(item, method);
      if (operation === undefined || found.length >= MOST) continue;
      const id = textAt(operation, "operationId");
      found.push({ file, method: method.toUpperCase(), path: `${base}${path}`, ...(id !== undefined && { operation: id }) });
    }
  }
  return found;
}

function documentOf(file: string, text: string, yaml: Yaml): unknown {
  try {
    if (file.endsWith(".json")) return JSON.parse(text) as unknown;
    if (yamlTooDeep(text)) return undefined;
    const read = yaml.parseDocument(text, { prettyErrors: false, uniqueKeys: false, version: "1.2" });
    return read.errors.length > 0 ? undefined : (read.toJS({ maxAliasCount: 100 }) as unknown);
  } catch {
    return undefined;
  }
}

const own = (value: unknown, key: string): unknown => (typeof value === "object" && value !== null && !Array.isArray(value) && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined);

function fieldsAt(value: unknown, key: string): Readonly<Record<string, unknown>> | undefined {
  const found = own(value, key);
  return typeof found === "object" && found !== null && !Array.isArray(found) ? (found as Record<string, unknown>) : undefined;
}

function textAt(value: unknown, key: string): string | undefined {
  const found = own(value, key);
  return typeof found === "string" || typeof found === "number" ? String(found) : undefined;
}
