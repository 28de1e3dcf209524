import { toJSONSchema } from "zod";
import type { CheckDefaults } from "#verdict";
import { configSchema } from "./config-shape.ts";
import { zod } from "./zod-parts.ts";

/** Brings the schema library: loaded through `config-schema.ts`, on first use. */
export function jsonSchemaOfConfig(checks: readonly CheckDefaults[]): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = toJSONSchema(configSchema(zod, checks), { target: "draft-2020-12", io: "input" });
  return { $schema, title: "proofline.yaml", description: "How Proofline judges changes in this repository.", ...schema };
}
