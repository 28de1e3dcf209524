import { parse } from "yaml";
import { isFields, strings, type Members } from "./workspace-manifests.ts";

/** pnpm-workspace.yaml. In a file of its own: only a repository that has one pays for loading a YAML parser. */
export function pnpmMembers(text: string): Members {
  try {
    const value: unknown = parse(text, { maxAliasCount: 10 });
    return isFields(value) && "packages" in value ? strings(value["packages"]) : undefined;
  } catch {
    return undefined;
  }
}
