import { isProoflineError, type Observation } from "#kernel";
import type { Change, Repository } from "#change";
import { allChecks } from "#checks";
import { CONFIG_FILES, declaredAttributes, effectiveAreas } from "#intent";
import { resolvePolicy, type Judgement } from "#verdict";
import { loadConfig } from "../config/load-config.ts";
import type { PolicySource } from "../config/policy-source.ts";
import type { Answers } from "./ask-checks.ts";
import { configTextIn, type Rules } from "./read-rules.ts";
import { weighChange, type Weighing } from "./weigh-change.ts";

/** What a change makes of the configuration: rules to preview, or why nobody could judge by it. */
export type BroughtConfig = { readonly rules: Rules } | { readonly unusable: Unusable };

interface Unusable {
  readonly file: string;
  /** Where it stands, when the error is in this very file. */
  readonly line?: number;
  readonly says: string;
  readonly fix: string;
}

/**
 * Reads the configuration a change leaves behind; undefined where it touches none or leaves none. It decides nothing about this change, but once merged
 * it decides every other. Without a source what it extends is not fetched: a stranger's change must not choose where we connect to.
 */
export async function configOnHead(change: Change, rules: Rules, repository: Pick<Repository, "readFiles">, source: PolicySource | undefined): Promise<BroughtConfig | undefined> {
  const isConfig = (path: string | undefined): boolean => (CONFIG_FILES as readonly (string | undefined)[]).includes(path);
  if (!change.files.some((file) => isConfig(file.path) || isConfig(file.basePath))) return undefined;
  const files = await repository.readFiles(change.headTree, CONFIG_FILES);
  const file = CONFIG_FILES.find((path) => files.has(path));
  if (file === undefined) return undefined;
  try {
    const config = await loadConfig(configTextIn(files), { checks: allChecks, ...(source && { source }) });
    const intent = { ...rules.intent, areas: effectiveAreas(config.areas), surfaces: config.surfaces };
    return { rules: { ...rules, config, intent, attributes: [...rules.attributes, ...declaredAttributes(config)], policy: resolvePolicy(config.policy, allChecks, config.rules) } };
  } catch (error) {
    if (!isProoflineError(error)) throw error;
    if (source === undefined && error.code === "config/extends-unreadable") return undefined;
    const line = error.message.startsWith(`${file}:`) ? Number(/^:(\d+):/.exec(error.message.slice(file.length))?.[1] ?? 0) : 0;
    return { unusable: { file, ...(line > 0 && { line }), says: error.message, fix: error.fix } };
  }
}

/** The answers with a question about a configuration that can't be used; it takes the place of the note that a gate is introduced. */
export function withUnusableConfig(answers: Answers, brought: BroughtConfig | undefined): Answers {
  const seen = answers.get("gate/changed");
  if (seen === undefined || brought === undefined || "rules" in brought) return answers;
  const { file, line, says, fix } = brought.unusable;
  const unusable: Observation = {
    answer: "broken",
    effect: "ask",
    because: `The configuration this change leaves behind can't be used: ${says}`,
    fix,
    places: [{ file, ...(line !== undefined && { line, side: "head" as const }) }],
    subject: `unusable ${file}`,
    ask: { to: ["author"], question: "Is the configuration finished?", how: "Correct it in this change: once it is merged, every check ends with that error instead of a verdict." },
  };
  return new Map([...answers, ["gate/changed", [...seen.filter((observation) => observation.subject !== "introduces"), unusable]]]);
}

/** What the same change is under other rules: described anew, and every check asked again. */
export type LookAgain = (rules: Rules) => Promise<Pick<Weighing, "change" | "asked" | "answers">>;

/** The change that brings the first configuration is judged by the defaults; this says what the new rules would have made of it. */
export async function previewConfig(judged: Judgement, weighing: Weighing, brought: BroughtConfig | undefined, again: LookAgain): Promise<string | undefined> {
  if (brought === undefined || weighing.rules.configured || "unusable" in brought) return undefined;
  const preview = await weighChange({ ...weighing, rules: brought.rules, ...(await again(brought.rules)) });
  const same = preview.decision === judged.decision && preview.mode === judged.mode;
  return `this introduces the gate and was judged by the defaults; by its own rules it would be ${preview.decision} (${preview.mode})${same ? ", the same" : ""}`;
}
