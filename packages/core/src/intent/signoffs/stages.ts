/** Who answers for what (glossary). The names are those of keys in `proofline/keys/`. */
export const ROLES = ["owner", "architect", "quality-controller", "implementer", "code-owner"] as const;
export type Role = (typeof ROLES)[number];

/** The way of a story from a promise to code that keeps it, in order. */
export const STAGES = ["story", "validation", "technical-specs", "governance", "implementation", "review", "evolution"] as const;
export type Stage = (typeof STAGES)[number];

/** One stage: what it is for, and whose signature ends it. */
export interface StageRule {
  readonly stage: Stage;
  readonly title: string;
  /** Absent where machines alone decide. */
  readonly role?: Role;
  /** What a signature there vouches for. */
  readonly signs?: string;
}

/** The seven stages. `technical-specs` are generated, and reviewed by governance; `evolution` is what comes after and has no end. */
export const STAGE_RULES: readonly StageRule[] = [
  { stage: "story", title: "Story", role: "owner", signs: "this is what customers are promised" },
  { stage: "validation", title: "Executable validation", role: "quality-controller", signs: "these tests show it, and would notice if it broke" },
  { stage: "technical-specs", title: "Technical specs" },
  { stage: "governance", title: "Governance review", role: "architect", signs: "built like this it fits the whole" },
  { stage: "implementation", title: "Implementation", role: "implementer", signs: "I answer for what an agent wrote" },
  { stage: "review", title: "Repository review", role: "code-owner", signs: "this code may stand here" },
  { stage: "evolution", title: "Evolution" },
];

/** The stage a role signs. */
export const stageOf = (role: Role): Stage => STAGE_RULES.find((rule) => rule.role === role)?.stage ?? "story";

/** The words people use for a role. */
export const ROLE_TITLES: Readonly<Record<Role, string>> = { owner: "Owner", architect: "Architect", "quality-controller": "Quality Controller", implementer: "Implementer", "code-owner": "Code Owner" };
