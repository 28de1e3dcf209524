/** A JSON object of unknown making. Keys are looked up as own properties only, so `__proto__` is a key like others. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value);

const own = (value: unknown, key: string): unknown => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined);

/** The value at a path of keys, undefined as soon as one is missing. */
export const at = (value: unknown, ...keys: readonly string[]): unknown => keys.reduce(own, value);

export function textAt(value: unknown, ...keys: readonly string[]): string | undefined {
  const found = at(value, ...keys);
  return typeof found === "string" ? found : undefined;
}

export function numberAt(value: unknown, ...keys: readonly string[]): number | undefined {
  const found = at(value, ...keys);
  return typeof found === "number" && Number.isFinite(found) ? found : undefined;
}

export function objectAt(value: unknown, ...keys: readonly string[]): JsonObject | undefined {
  const found = at(value, ...keys);
  return isObject(found) ? found : undefined;
}

/** The list at a path, empty when there is none. */
export function listAt(value: unknown, ...keys: readonly string[]): readonly unknown[] {
  const found = at(value, ...keys);
  return Array.isArray(found) ? found : [];
}

export const textsAt = (value: unknown, ...keys: readonly string[]): readonly string[] =>
  listAt(value, ...keys).filter((item): item is string => typeof item === "string");
