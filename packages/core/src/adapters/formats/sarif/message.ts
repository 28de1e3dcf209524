import { objectAt, textAt, textsAt, type JsonObject } from "../json/shapes.ts";
import type { SarifRule } from "./rules.ts";

/** The result's text, or its rule's with the arguments filled in. */
export function messageOf(result: JsonObject, rule: SarifRule): string {
  const message = objectAt(result, "message");
  const id = textAt(message, "id");
  const text =
    textAt(message, "text") ??
    (id === undefined ? undefined : textAt(rule.descriptor, "messageStrings", id, "text")) ??
    textAt(message, "markdown") ??
    textAt(rule.descriptor, "shortDescription", "text") ??
    textAt(rule.descriptor, "fullDescription", "text") ??
    rule.id;
  const values = textsAt(message, "arguments");
  return text.slice(0, 20_000).replace(/\{(\d{1,3})\}/g, (whole, index: string) => values[Number(index)] ?? whole);
}
