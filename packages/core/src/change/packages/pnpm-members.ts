import { parse } from "yaml";
import { yamlTooDeep } from "#kernel";
import { isFields, strings, type Members } from "./workspace-manifests.ts";

/** Characters; a real list of members has a few hundred. */
const LARGEST = 256 * 1024;

/** pnpm-workspace.yaml. In a file of its own: only a repository that has one pays for loading a YAML parser. */
export function pnpmMembers(text: string): Members {
  if (text.length > LARGEST || yamlTooDeep(text)) return undefined;
  try {
    const value: unknown = parse(text, { maxAliasCount: 10 });
    return isFields(value) && "packages" in value ? strings(value["packages"]) : undefined;
  } catch {
    return undefined;
  }
}
