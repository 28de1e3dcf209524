/** A JSON object from an untrusted file. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value);
export const objectAt = (value: JsonObject, key: string): JsonObject => (isObject(value[key]) ? value[key] : {});
export const textAt = (value: JsonObject, key: string): string | undefined => (typeof value[key] === "string" ? value[key] : undefined);
export const listAt = (value: JsonObject, key: string): readonly unknown[] => (Array.isArray(value[key]) ? (value[key] as unknown[]) : []);

/** JSON that may end lists with a comma and carry comments, as `bun.lock` does. One pass, strings left alone. */
export function parseLooseJson(text: string): unknown {
  const tokens = text.replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|,(?=\s*[}\]])/g, (token) => (token.startsWith('"') ? token : ""));
  return JSON.parse(tokens);
}
