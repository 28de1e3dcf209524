import type { Install } from "./install-steps.ts";

/** What looking at a repository found. */
export interface Detected {
  readonly defaultBranch: string;
  readonly runners: readonly string[];
  /** What has to be installed before tests run. */
  readonly installs: readonly Install[];
  readonly packages: number;
  readonly codeOwners?: string;
  readonly ci: readonly string[];
  readonly agents: readonly string[];
  /** Built-in areas that occur in this tree, with the folders they were found in. */
  readonly areas: readonly { readonly name: string; readonly risk: "low" | "medium" | "high"; readonly paths: readonly string[] }[];
  readonly solo: boolean;
}

/** The configuration `init` proposes, five to ten lines: only what differs from the defaults or is worth reading. */
export function proposeConfig(found: Detected): string {
  const areas = found.areas.slice(0, 4).map((area) => `  - { name: ${quote(area.name)}, risk: ${area.risk}, paths: [${area.paths.slice(0, 3).map(quote).join(", ")}] }`);
  return [
    "# What may merge, decided with evidence.",
    "# Everything that holds here: proofline policy show",
    ...(areas.length > 0 ? ["areas:", ...areas] : []),
    "gates:",
    "  # Observe first: verdicts are shown, nothing is blocked. Promote later.",
    "  pull-request: { mode: observe }",
    "",
  ].join("\n");
}

/** YAML flow scalars: quoted whenever a plain one could mean something else. */
const quote = (text: string): string => (/^[A-Za-z][\w /.-]*$/.test(text) && !/^(true|false|null|yes|no|on|off)$/i.test(text) ? text : JSON.stringify(text));
