import { canonicalJson, type CheckId, type GateName, type Json } from "#kernel";
import { isAtLeastAsStrict, type ModeSetting } from "./mode.ts";
import type { CheckSetting } from "./policy.ts";
import type { DeclaredPolicy } from "./policy-schema.ts";
import { effectRank } from "./strictness.ts";

/** A step of a path into a list whose items have names. */
export const named = (name: string): string => `name=${name}`;

/** A setting that is milder than the parent's. The paths name both places in their files. */
export interface Loosening {
  /** What is loosened, in words: `the effect of tests/failing`. */
  readonly what: string;
  readonly own: { readonly path: readonly string[]; readonly says: string };
  readonly parent: { readonly path: readonly string[]; readonly says: string };
}

/** Everything in which a repository's policy would be milder than the policy it extends. */
export function loosenings(parent: DeclaredPolicy, own: DeclaredPolicy): readonly Loosening[] {
  return [...gateLoosenings(parent, own), ...checkLoosenings(parent, own), ...ruleLoosenings(parent, own), ...waiverLoosenings(parent, own)];
}

/** The parent's policy, then the repository's own. Only meaningful where `loosenings` is empty. */
export function tighten(parent: DeclaredPolicy, own: DeclaredPolicy): DeclaredPolicy {
  const ids = new Set([...Object.keys(parent.checks), ...Object.keys(own.checks)]) as ReadonlySet<CheckId>;
  const days = own.maxWaiverDays ?? parent.maxWaiverDays;
  return {
    gates: { ...parent.gates, ...own.gates },
    checks: Object.fromEntries([...ids].map((id) => [id, mergeCheck(parent.checks[id], own.checks[id])])),
    rules: [...parent.rules, ...own.rules],
    ...(days === undefined ? {} : { maxWaiverDays: days }),
  };
}

function mergeCheck(parent: CheckSetting | undefined, own: CheckSetting | undefined): CheckSetting {
  const options = { ...parent?.options, ...own?.options };
  return { ...parent, ...own, ...(Object.keys(options).length === 0 ? {} : { options }) };
}

function gateLoosenings(parent: DeclaredPolicy, own: DeclaredPolicy): readonly Loosening[] {
  return (Object.entries(own.gates) as [GateName, ModeSetting][]).flatMap(([gate, mode]) => {
    const floor = parent.gates[gate];
    if (floor === undefined || isAtLeastAsStrict(mode, floor)) return [];
    return [loosening(`the mode of the gate ${gate}`, ["gates", gate], modeText(mode), ["gates", gate], modeText(floor))];
  });
}

function checkLoosenings(parent: DeclaredPolicy, own: DeclaredPolicy): readonly Loosening[] {
  return (Object.entries(own.checks) as [CheckId, CheckSetting][]).flatMap(([id, setting]) => {
    const floor = parent.checks[id];
    const found: Loosening[] = [];
    if (setting.effect !== undefined && floor?.effect !== undefined && effectRank(setting.effect) < effectRank(floor.effect)) {
      found.push(loosening(`the effect of ${id}`, ["checks", id, "effect"], setting.effect, ["checks", id, "effect"], floor.effect));
    }
    return [...found, ...checkModeLoosenings(id, setting, parent), ...optionLoosenings(id, setting, floor)];
  });
}

/** A check's own mode overrides its gate's, so it may not be milder than the mode of any gate the parent sets. */
function checkModeLoosenings(id: CheckId, { mode }: CheckSetting, parent: DeclaredPolicy): readonly Loosening[] {
  if (mode === undefined) return [];
  const own = parent.checks[id]?.mode;
  const floors: readonly (readonly [readonly string[], ModeSetting])[] =
    own !== undefined
      ? [[["checks", id, "mode"], own]]
      : (Object.entries(parent.gates) as [GateName, ModeSetting][]).map(([gate, floor]) => [["gates", gate], floor]);
  return floors
    .filter(([, floor]) => !isAtLeastAsStrict(mode, floor))
    .map(([path, floor]) => loosening(`the mode of ${id}`, ["checks", id, "mode"], modeText(mode), path, modeText(floor)));
}

/** Nobody can tell which way an option is stricter: what the parent sets is fixed. */
function optionLoosenings(id: CheckId, { options }: CheckSetting, floor: CheckSetting | undefined): readonly Loosening[] {
  return Object.entries(options ?? {}).flatMap(([name, value]) => {
    const fixed: Json | undefined = floor?.options?.[name];
    if (fixed === undefined || canonicalJson(fixed) === canonicalJson(value)) return [];
    const path = ["checks", id, "options", name];
    return [loosening(`the option ${name} of ${id}`, path, canonicalJson(value), path, canonicalJson(fixed))];
  });
}

function ruleLoosenings(parent: DeclaredPolicy, own: DeclaredPolicy): readonly Loosening[] {
  const taken = new Set(parent.rules.map((rule) => rule.name));
  return own.rules
    .filter((rule) => taken.has(rule.name))
    .map(({ name }) => loosening(`the rule ${name}`, ["policy", "rules", named(name)], "written anew", ["policy", "rules", named(name)], "what it is"));
}

function waiverLoosenings(parent: DeclaredPolicy, own: DeclaredPolicy): readonly Loosening[] {
  if (own.maxWaiverDays === undefined || parent.maxWaiverDays === undefined || own.maxWaiverDays <= parent.maxWaiverDays) return [];
  const path = ["policy", "waivers", "max-days"];
  return [loosening("how long a waiver may last", path, `${own.maxWaiverDays} days`, path, `${parent.maxWaiverDays} days`)];
}

function loosening(what: string, ownPath: readonly string[], own: string, parentPath: readonly string[], parent: string): Loosening {
  return { what, own: { path: ownPath, says: own }, parent: { path: parentPath, says: parent } };
}

const modeText = ({ mode, from, before }: ModeSetting): string => (from === undefined ? mode : `${mode} from ${from} (${before ?? "observe"} until then)`);
