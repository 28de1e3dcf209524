import { isObject, listAt, numberAt, objectAt, textAt, at, type JsonObject } from "../json/shapes.ts";

/** What a result's rule says where the result itself is silent. */
export interface SarifRule {
  readonly id: string;
  readonly level: string | undefined;
  readonly severity: unknown;
  readonly descriptor: JsonObject | undefined;
}

/** Finds a result's rule by index, in the driver or in one of its extensions, or by id. */
export function ruleOf(result: JsonObject, run: JsonObject): SarifRule {
  const id = textAt(result, "ruleId") ?? textAt(result, "rule", "id");
  const descriptor = byIndex(result, run) ?? byId(id, run);
  return {
    id: (id ?? textAt(descriptor, "id") ?? "unnamed").slice(0, 300),
    level: textAt(descriptor, "defaultConfiguration", "level"),
    severity: at(descriptor, "properties", "security-severity"),
    descriptor,
  };
}

function byIndex(result: JsonObject, run: JsonObject): JsonObject | undefined {
  const index = numberAt(result, "ruleIndex") ?? numberAt(result, "rule", "index");
  if (index === undefined || index < 0) return undefined;
  const extension = numberAt(result, "rule", "toolComponent", "index");
  const component = extension === undefined ? objectAt(run, "tool", "driver") : listAt(run, "tool", "extensions")[extension];
  const found = listAt(component, "rules")[index];
  return isObject(found) ? found : undefined;
}

/** Rules by id, made once per run. */
const indexes = new WeakMap<JsonObject, ReadonlyMap<string, JsonObject>>();

/** `base/part` may be described as `base` only. */
function byId(id: string | undefined, run: JsonObject): JsonObject | undefined {
  if (id === undefined) return undefined;
  let index = indexes.get(run);
  if (!index) indexes.set(run, (index = indexOf(run)));
  for (let name = id; name !== ""; name = name.slice(0, Math.max(0, name.lastIndexOf("/")))) {
    const found = index.get(name);
    if (found) return found;
  }
  return undefined;
}

function indexOf(run: JsonObject): ReadonlyMap<string, JsonObject> {
  const components = [objectAt(run, "tool", "driver"), ...listAt(run, "tool", "extensions")];
  const rules = components.flatMap((component) => listAt(component, "rules").filter(isObject));
  return new Map(rules.reverse().flatMap((rule) => (textAt(rule, "id") === undefined ? [] : [[textAt(rule, "id") ?? "", rule] as const])));
}
