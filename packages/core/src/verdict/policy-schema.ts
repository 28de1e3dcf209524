import type { z } from "zod";
import type { CheckId, Effect, GateName, Json, Mode } from "#kernel";
import { ALL_GATES } from "#checks";
import { daySchema } from "./day-schema.ts";
import type { ModeSetting } from "./mode.ts";
import type { CheckDefaults, CheckSetting, PolicyConfig } from "./policy.ts";
import type { RuleSetting } from "./rules/rule.ts";

/** The parts of zod needed here. They are handed in: only a repository that has a configuration pays for loading them. */
type Zod = Pick<typeof z, "array" | "boolean" | "enum" | "int" | "number" | "strictObject" | "string" | "union">;

const MODES = ["observe", "warn", "enforce"] as const;
const EFFECTS = ["block", "ask", "note", "off"] as const;
const GATES = ALL_GATES as readonly [GateName, ...GateName[]];

const modeKeys = (zod: Zod) => ({
  mode: zod
    .enum(MODES)
    .optional()
    .describe("observe: exit 0, nothing posted but the check. warn: exit 0, posted. enforce: the decision counts. The verdict is the same in each."),
  from: daySchema(zod, "First day the mode applies (UTC).").optional(),
  before: zod.enum(MODES).optional().describe("The mode until that day; observe when absent."),
});

interface ModeKeys {
  readonly mode?: Mode | undefined;
  readonly from?: string | undefined;
  readonly before?: Mode | undefined;
}

const needsMode = ({ mode, from, before }: ModeKeys): boolean => mode !== undefined || (from === undefined && before === undefined);
const NEEDS_MODE = "`from` and `before` say when a mode begins: add `mode`";

/** The `gates:` key. */
export const gatesSchema = (zod: Zod) => {
  const gate = zod
    .union([zod.enum(MODES), zod.strictObject({ ...modeKeys(zod), mode: zod.enum(MODES).describe("How strictly the gate is applied.") })])
    .optional()
    .describe("A mode, or a mode with its first day.");
  return zod
    .strictObject({ turn: gate, local: gate, "pull-request": gate, "merge-queue": gate, release: gate })
    .describe("How strictly each gate is applied; enforce when absent.");
};

/** The `checks:` key, made from the registry: every check id, and every option it documents. */
export const checksSchema = (zod: Zod, checks: readonly CheckDefaults[]) =>
  zod
    .strictObject(
      Object.fromEntries(
        checks.map((check) => [
          check.id,
          zod
            .union([
              zod.enum(EFFECTS),
              zod.strictObject({ effect: effectSchema(zod), ...modeKeys(zod), options: optionsSchema(zod, check) }).refine(needsMode, NEEDS_MODE),
            ])
            .optional()
            .describe(`Default effect: ${check.effect}. An effect, or its settings.`),
        ]),
      ),
    )
    .describe("What a broken answer of a check does, how strictly, and its options.");

const effectSchema = (zod: Zod) => zod.enum(EFFECTS).optional().describe("block holds, ask asks a person, note only tells, off silences (and is listed).");

function optionsSchema(zod: Zod, check: CheckDefaults) {
  const types = { number: zod.number(), boolean: zod.boolean(), string: zod.string(), strings: zod.array(zod.string()) };
  const options = Object.entries(check.options ?? {}).map(
    ([name, option]) => [name, types[option.type].optional().describe(`${option.says} Default: ${JSON.stringify(option.default)}.`)] as const,
  );
  return zod.strictObject(Object.fromEntries(options)).optional().describe("Options of this check.");
}

const ruleSchema = (zod: Zod) =>
  zod
    .strictObject({
      name: zod
        .string()
        .regex(/^[a-z][a-z0-9-]{0,63}$/, "must be a short kebab-case name")
        .describe("Its findings are named `policy/<name>`."),
      when: zod.string().min(1).describe("A CEL expression over change, risk, findings, approvals, gate and now. True makes the finding."),
      effect: zod.enum(["block", "ask", "note"]).default("ask").describe("What the finding does."),
      because: zod.string().min(1).describe("One sentence a reviewer can act on."),
      fix: zod.string().min(1).optional().describe("What to do about it."),
      ask: zod
        .strictObject({
          to: zod.array(zod.string().min(1)).min(1).describe("Who can answer: owners, or `author`."),
          question: zod.string().min(1).describe("The one question."),
          how: zod.string().min(1).optional().describe("How to answer it."),
        })
        .optional()
        .describe("Who answers, for `effect: ask`."),
      gates: zod.array(zod.enum(GATES)).min(1).optional().describe("Gates it is asked at; all when absent."),
      ...modeKeys(zod),
    })
    .refine(needsMode, NEEDS_MODE);

/** The `policy:` key. */
export const policySchema = (zod: Zod) =>
  zod
    .strictObject({
      rules: zod.array(ruleSchema(zod)).optional().describe("Rules of your own, in CEL."),
      waivers: zod
        .strictObject({ "max-days": zod.int().min(1).max(366).optional().describe("Days a waiver may last (90).") })
        .optional()
        .describe("Limits of overruling."),
    })
    .describe("Rules of your own, and how long a waiver may last.");

type Read<S extends (...args: never[]) => z.ZodType> = z.output<ReturnType<S>> | undefined;

/** A mode as written, in one shape. */
export function declaredMode(read: Mode | ModeKeys | undefined): ModeSetting | undefined {
  if (read === undefined) return undefined;
  if (typeof read === "string") return { mode: read };
  const { mode, from, before } = read;
  return mode === undefined ? undefined : { mode, ...(from === undefined ? {} : { from }), ...(before === undefined ? {} : { before }) };
}

/** What one configuration file says of policy; what it does not say is left out. */
export type DeclaredPolicy = Omit<PolicyConfig, "maxWaiverDays"> & { readonly maxWaiverDays?: number };

/** The policy part of a configuration as it was read. */
export function declaredPolicy(gates: Read<typeof gatesSchema>, checks: Read<typeof checksSchema>, policy: Read<typeof policySchema>): DeclaredPolicy {
  const modes = Object.entries(gates ?? {}).flatMap(([gate, read]) => present(gate, declaredMode(read)));
  const settings = Object.entries((checks ?? {}) as Record<string, CheckRead | undefined>).flatMap(([id, read]) =>
    present(id, read === undefined ? undefined : declaredCheck(read)),
  );
  const days = policy?.waivers?.["max-days"];
  return {
    gates: Object.fromEntries(modes),
    checks: Object.fromEntries(settings) as Readonly<Record<CheckId, CheckSetting>>,
    rules: (policy?.rules ?? []).map(declaredRule),
    ...(days === undefined ? {} : { maxWaiverDays: days }),
  };
}

type CheckRead = Effect | ({ readonly effect?: Effect | undefined; readonly options?: Readonly<Record<string, Json | undefined>> | undefined } & ModeKeys);

function declaredCheck(read: CheckRead): CheckSetting {
  if (typeof read === "string") return { effect: read };
  const mode = declaredMode(read);
  return {
    ...(read.effect === undefined ? {} : { effect: read.effect }),
    ...(mode === undefined ? {} : { mode }),
    ...(read.options === undefined ? {} : { options: read.options as Readonly<Record<string, Json>> }),
  };
}

function declaredRule({ name, when, effect, because, fix, ask, gates, ...modes }: z.output<ReturnType<typeof ruleSchema>>): RuleSetting {
  const mode = declaredMode(modes);
  return {
    name,
    when,
    effect,
    because,
    ...(fix === undefined ? {} : { fix }),
    ...(ask === undefined ? {} : { ask: { to: ask.to, question: ask.question, ...(ask.how === undefined ? {} : { how: ask.how }) } }),
    ...(gates === undefined ? {} : { gates }),
    ...(mode === undefined ? {} : { mode }),
  };
}

const present = <T>(key: string, value: T | undefined): readonly (readonly [string, T])[] => (value === undefined ? [] : [[key, value]]);
