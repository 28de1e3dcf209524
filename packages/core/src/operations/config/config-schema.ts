import type { CheckDefaults } from "#verdict";

/** The JSON Schema of `proofline.yaml` (draft 2020-12), for editors and the reference page. */
export async function configJsonSchema(checks: readonly CheckDefaults[]): Promise<Readonly<Record<string, unknown>>> {
  const { jsonSchemaOfConfig } = await import("./config-json-schema.ts");
  return jsonSchemaOfConfig(checks);
}
