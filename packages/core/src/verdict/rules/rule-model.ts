import type { Approval } from "#evidence";
import type { Change } from "#change";
import type { Finding, GateName } from "#kernel";
import type { Size } from "./rule-cost.ts";

/** One documented name of the model: its CEL type and what it says. */
export interface ModelField {
  readonly type: string;
  readonly says: string;
}

type ModelType = Readonly<Record<string, ModelField>>;

/** Everything a rule may speak of. The reference page and the type check are both made from this table. */
export const RULE_TYPES = {
  File: {
    path: { type: "string", says: "Path on head (on base for a deleted file)." },
    status: { type: "string", says: "added, modified, deleted, renamed, copied or type-changed." },
    kind: { type: "string", says: "source, test, snapshot, fixture, config, docs, generated, vendored, lock, migration, ci or asset." },
    areas: { type: "list<string>", says: "Names of the areas it belongs to." },
    packageDir: { type: "string", says: "Folder of its workspace package; `.` in a single-package repository." },
    behaviour: { type: "bool", says: "True when what runs may differ." },
    added: { type: "int", says: "Lines added." },
    deleted: { type: "int", says: "Lines deleted." },
  },
  Change: {
    type: { type: "string", says: "fix, feature, refactor, docs or chore." },
    typeFrom: { type: "string", says: "How the type was found: declared, prefix or inferred." },
    headKind: { type: "string", says: "commit, worktree, index or patch." },
    byAgent: { type: "bool", says: "True when an agent wrote at least one commit." },
    files: { type: "list<File>", says: "The changed files." },
    areas: { type: "list<string>", says: "Names of the areas it touches." },
    added: { type: "int", says: "Lines added." },
    deleted: { type: "int", says: "Lines deleted." },
    commits: { type: "int", says: "Number of commits." },
    authors: { type: "list<string>", says: "E-mail addresses of the commits' authors." },
  },
  Risk: {
    score: { type: "double", says: "0 to 1, from the risk model." },
    percentile: { type: "int", says: "0 to 100 against this repository's recent changes; -1 when there are too few." },
    level: { type: "string", says: "low, medium or high." },
    reasons: { type: "list<string>", says: "Why, in words." },
  },
  Finding: {
    check: { type: "string", says: "Check id, e.g. `tests/failing`." },
    answer: { type: "string", says: "holds, broken or unknown." },
    effect: { type: "string", says: "block, ask or note." },
    mode: { type: "string", says: "observe, warn or enforce." },
    path: { type: "string", says: "File it points at; empty when it speaks of the whole change." },
    because: { type: "string", says: "The sentence people read." },
    waived: { type: "bool", says: "True when a waiver or the baseline took it out of the decision." },
  },
  Approval: {
    by: { type: "string", says: "Who approved." },
    principal: { type: "string", says: "person or agent." },
    teams: { type: "list<string>", says: "Teams the approver belongs to." },
    commit: { type: "string", says: "The commit that was approved." },
    onHead: { type: "bool", says: "True when that commit is this head." },
  },
} as const satisfies Readonly<Record<string, ModelType>>;

/** The variables a rule starts from. */
export const RULE_VARIABLES = {
  change: { type: "Change", says: "The change being judged." },
  risk: { type: "Risk", says: "How risky it is, as a percentile of this repository." },
  findings: { type: "list<Finding>", says: "What the checks found, after policy, waivers and baseline." },
  approvals: { type: "list<Approval>", says: "Approvals read from the forge; empty when nobody asked." },
  gate: { type: "string", says: "turn, local, pull-request, merge-queue or release." },
  now: { type: "google.protobuf.Timestamp", says: "The moment of judging." },
} as const satisfies ModelType;

/** What rules are evaluated on. */
export interface RuleFacts {
  readonly change: Change;
  readonly approvals: readonly Approval[];
  readonly findings: readonly Finding[];
  readonly gate: GateName;
  /** ISO date or timestamp. */
  readonly now: string;
}

type TypeName = keyof typeof RULE_TYPES;

/** Classes the CEL library recognises its types by; they carry no behaviour. */
export const RULE_CLASSES: Readonly<Record<TypeName, new () => object>> = {
  File: class File {},
  Change: class Change {},
  Risk: class Risk {},
  Finding: class Finding {},
  Approval: class Approval {},
};

const make = (type: TypeName, fields: Readonly<Record<string, unknown>>): object => Object.assign(new RULE_CLASSES[type](), fields);
const whole = (value: number): bigint => BigInt(Math.trunc(value));

/** The facts as CEL sees them. */
export function ruleContext({ change, approvals, findings, gate, now }: RuleFacts): Readonly<Record<keyof typeof RULE_VARIABLES, unknown>> {
  return {
    change: changeOf(change),
    risk: make("Risk", {
      score: change.risk.score,
      percentile: whole(change.risk.percentile ?? -1),
      level: change.risk.level,
      reasons: [...change.risk.reasons],
    }),
    findings: findings.map((finding) =>
      make("Finding", {
        check: finding.check,
        answer: finding.answer,
        effect: finding.effect,
        mode: finding.mode,
        path: finding.places[0]?.file ?? "",
        because: finding.because,
        waived: finding.waived !== undefined,
      }),
    ),
    approvals: approvals.map(({ by, principal, teams, commit }) =>
      make("Approval", { by, principal, teams: [...teams], commit, onHead: commit === change.head }),
    ),
    gate,
    now: new Date(now),
  };
}

function changeOf(change: Change): object {
  const { type, typeFrom, headKind, byAgent } = change;
  return make("Change", {
    type,
    typeFrom,
    headKind,
    byAgent,
    files: change.files.map(({ path, status, kind, areas, packageDir, behaviour, added, deleted }) =>
      make("File", { path, status, kind, areas: [...areas], packageDir, behaviour, added: whole(added), deleted: whole(deleted) }),
    ),
    areas: [...change.areas],
    added: whole(change.added),
    deleted: whole(change.deleted),
    commits: whole(change.commits.length),
    authors: [...new Set(change.commits.map((commit) => commit.author.email))],
  });
}

const word: Size = { length: 80, deep: 80 };
const listOf = (length: number, element: Size): Size => ({ length, deep: length * (element.deep + 1), element });

/** A large but ordinary change: 1,000 files, 100 findings, 20 approvals. Rules are bounded against it when they are loaded. */
export const NOMINAL_SIZES: Readonly<Record<string, Size>> = (() => {
  const counts: Readonly<Record<string, number>> = { File: 1_000, Finding: 100, Approval: 20 };
  const sizeOfType = (type: string): Size => {
    const listed = /^list<(\w+)>$/.exec(type)?.[1];
    if (listed !== undefined) return listOf(counts[listed] ?? 10, sizeOfType(listed));
    const fields = (RULE_TYPES as Readonly<Record<string, ModelType>>)[type];
    if (fields === undefined) return type === "string" ? word : { length: 1, deep: 1 };
    const sizes = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, sizeOfType(field.type)]));
    return { length: Object.keys(sizes).length, deep: Object.values(sizes).reduce((sum, size) => sum + size.deep, 1), fields: sizes };
  };
  return Object.fromEntries(Object.entries(RULE_VARIABLES).map(([name, { type }]) => [name, sizeOfType(type)]));
})();
