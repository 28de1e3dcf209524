import type { Repository } from "#change";
import { allChecks } from "#checks";
import { CONFIG_FILES, effectiveAreas } from "#intent";
import { resolvePolicy, type Judgement } from "#verdict";
import { isProoflineError } from "#kernel";
import { loadConfig } from "../config/load-config.ts";
import type { Rules } from "./read-rules.ts";
import { weighChange, type Weighing } from "./weigh-change.ts";

/** The change that brings the first configuration is judged by the defaults; this says what the new rules would have made of it. */
export async function previewConfig(judged: Judgement, weighing: Weighing, repository: Pick<Repository, "readFiles">): Promise<string | undefined> {
  const { rules, change } = weighing;
  if (rules.configured || !change.files.some((file) => (CONFIG_FILES as readonly string[]).includes(file.path) && file.status !== "deleted")) return undefined;
  try {
    const preview = await weighChange({ ...weighing, rules: await rulesOnHead(rules, change.headTree, repository) });
    const same = preview.decision === judged.decision && preview.mode === judged.mode;
    return `this introduces the gate and was judged by the defaults; by its own rules the same findings would make it ${preview.decision} (${preview.mode})${same ? ", the same" : ""}`;
  } catch (error) {
    if (!isProoflineError(error)) throw error;
    return `this introduces a configuration that can't be used: ${error.message} ${error.fix}`;
  }
}

async function rulesOnHead(rules: Rules, tree: string, repository: Pick<Repository, "readFiles">): Promise<Rules> {
  const files = await repository.readFiles(tree, CONFIG_FILES);
  const found = CONFIG_FILES.map((file) => ({ file, text: files.get(file)?.text })).find(({ text }) => text !== undefined);
  const config = await loadConfig(found?.text === undefined ? undefined : { file: found.file, text: found.text }, { checks: allChecks });
  const intent = { ...rules.intent, areas: effectiveAreas(config.areas), surfaces: config.surfaces };
  return { ...rules, config, intent, policy: resolvePolicy(config.policy, allChecks, config.rules) };
}
