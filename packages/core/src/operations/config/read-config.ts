import { declaredBudgets, declaredSetups } from "#evidence";
import { declaredAreas, declaredQa, declaredSurfaces } from "#intent";
import { compileRule, declaredPolicy, type CheckDefaults, type CompiledRule, type DeclaredPolicy } from "#verdict";
import type { Config } from "./config.ts";
import type { explainIssues } from "./explain-issue.ts";
import { configSchema, type ReadConfig } from "./config-shape.ts";
import { configRuleRefused, configWrongValue } from "./errors.ts";
import { parseYamlText, type YamlText } from "./yaml-text.ts";
import { zod } from "./zod-parts.ts";

/** What one file says beside policy; budgets it does not set are left out. */
export type OwnConfig = Omit<Config, "policy" | "budgets"> & { readonly budgets: Partial<Config["budgets"]> };

/** One configuration file as it stands, before its parents are applied. */
export interface ConfigFile {
  readonly text: YamlText;
  readonly extends?: string;
  /** Everything but policy. */
  readonly config: OwnConfig;
  readonly policy: DeclaredPolicy;
  readonly rules: readonly CompiledRule[];
}

/** Reads one `proofline.yaml`. This module is loaded on first use only; it brings the parser and the schema library. Anything it does not understand is an error with file, line, column and fix. */
export async function readConfigFile(source: string, file: string, checks: readonly CheckDefaults[]): Promise<ConfigFile> {
  const text = parseYamlText(source, file);
  const schema = configSchema(zod, checks);
  // An empty file, or one of comments only, says nothing and is fine.
  const read = schema.safeParse(text.value ?? {});
  if (!read.success) throw await explained(read.error.issues, text, checks);
  refuseTwins(text, "areas", read.data.areas);
  refuseTwins(text, "surfaces", read.data.surfaces);
  refuseTwins(text, "workspace.repositories", read.data.workspace?.repositories);
  refuseTwins(text, "policy.rules", read.data.policy?.rules);
  const policy = declaredPolicy(read.data.gates, read.data.checks, read.data.policy);
  return {
    text,
    ...(read.data.extends === undefined ? {} : { extends: read.data.extends }),
    config: ownConfig(read.data),
    policy,
    rules: await compileRules(policy, text),
  };
}

/** Only a mistake pays for the words about it. */
async function explained(issues: Parameters<typeof explainIssues>[0], text: YamlText, checks: readonly CheckDefaults[]): Promise<Error> {
  const [{ explainIssues }, { jsonSchemaOfConfig }] = await Promise.all([import("./explain-issue.ts"), import("./config-json-schema.ts")]);
  return explainIssues(issues, text, jsonSchemaOfConfig(checks));
}

function ownConfig(read: ReadConfig): OwnConfig {
  return {
    ...(read["default-branch"] === undefined ? {} : { defaultBranch: read["default-branch"] }),
    areas: declaredAreas(read.areas ?? []),
    surfaces: declaredSurfaces(read.surfaces ?? []),
    people: read.people ?? [],
    agents: read.agents ?? [],
    tests: declaredSetups(read.tests ?? {}),
    budgets: declaredBudgets(read.budgets ?? {}),
    generated: read.generated ?? [],
    vendored: read.vendored ?? [],
    ...(read.qa && { qa: declaredQa(read.qa) }),
    ...(read.workspace && { workspace: { repositories: read.workspace.repositories, ...(read.workspace.stories !== undefined && { stories: read.workspace.stories }) } }),
  };
}

function refuseTwins(text: YamlText, key: string, named: readonly { readonly name: string }[] | undefined): void {
  for (const [index, { name }] of (named ?? []).entries()) {
    const first = named?.findIndex((other) => other.name === name) ?? index;
    if (first === index) continue;
    const path = [...key.split("."), index, "name"];
    throw configWrongValue({
      place: text.placeOf(path),
      key: `${key}[${index}].name`,
      says: `repeats ${JSON.stringify(name)}, which stands at line ${text.placeOf([...key.split("."), first, "name"]).line} already`,
      others: [],
    });
  }
}

async function compileRules(policy: DeclaredPolicy, text: YamlText): Promise<readonly CompiledRule[]> {
  const rules: CompiledRule[] = [];
  for (const [index, setting] of policy.rules.entries()) {
    const rule = await compileRule(setting);
    if ("says" in rule) {
      const place = text.placeInText(["policy", "rules", index, "when"], rule.at);
      throw configRuleRefused({ place, rule: setting.name, says: rule.says, ...(rule.meant === undefined ? {} : { meant: rule.meant }) });
    }
    rules.push(rule);
  }
  return rules;
}
