import type { Finding } from "#kernel";
import { asFinding, changeSubject, modeOf, type Scales } from "../weigh.ts";
import type { CompiledRule, RuleOutcome } from "./rule.ts";
import type { RuleFacts } from "./rule-model.ts";

/** Asks the repository's own rules. A rule that cannot be answered is `unknown`, never silently fine. */
export function askRules(facts: Omit<RuleFacts, "gate" | "now">, scales: Scales): readonly Finding[] {
  return scales.policy.rules
    .filter(({ setting }) => setting.gates === undefined || setting.gates.includes(scales.gate))
    .map((rule) => findingOf(rule, rule.evaluate({ ...facts, gate: scales.gate, now: scales.now }), scales));
}

function findingOf({ setting }: CompiledRule, outcome: RuleOutcome, scales: Scales): Finding {
  const failed = "failed" in outcome;
  const answer = failed ? "unknown" : outcome.fired ? "broken" : "holds";
  const because = failed ? `The rule could not be answered: ${outcome.failed}.` : setting.because;
  const fix = failed ? "Correct the rule's `when:` in proofline.yaml." : setting.fix;
  const ask =
    answer !== "broken" || setting.ask === undefined
      ? undefined
      : { ...setting.ask, how: setting.ask.how ?? setting.fix ?? "Waive this finding with `proofline waive`." };
  const observation = {
    answer,
    because,
    effect: setting.effect,
    subject: `${setting.name} ${changeSubject(scales)}`,
    ...(fix === undefined ? {} : { fix }),
    ...(ask === undefined ? {} : { ask }),
  } as const;
  return asFinding(`policy/${setting.name}`, observation, modeOf(setting.mode, scales), scales);
}
