import { compileGlobs } from "#kernel";
import type { Change, ChangedFile } from "#change";
import type { Area, QaRule } from "#intent";
import type { QaOwed } from "./qa.ts";

/** What may change what a user meets: not prose, tests or files nobody ships; of source only what behaves otherwise. */
export const isTried = ({ kind, behaviour, status }: Pick<ChangedFile, "kind" | "behaviour" | "status">): boolean => (kind === "source" ? behaviour || status === "deleted" : kind === "config" || kind === "migration" || kind === "asset" || kind === "generated" || kind === "lock");

const RISKS: readonly Area["risk"][] = ["low", "medium", "high"];

/** A story as far as a rule asks about it. */
export interface StoryTargets {
  readonly id: string;
  readonly targets: readonly string[];
}

/** Rules that apply to a change, each with its reason. A change that behaves as before owes nothing. Stories are only asked for where a rule names one. */
export function owedFor(rules: readonly QaRule[], { files }: Pick<Change, "files">, areas: readonly Area[], stories: readonly StoryTargets[]): readonly QaOwed[] {
  const tried = files.filter(isTried);
  if (tried.length === 0) return [];
  return rules.flatMap(({ gates, by = [], ...conditions }): readonly QaOwed[] => {
    const reasons = reasonsOf(conditions, tried, areas, stories);
    return reasons === undefined ? [] : [{ gates, by, because: reasons.join(" and ") || "it changes how the product behaves" }];
  });
}

/** Why every condition holds; nothing where one does not. */
function reasonsOf({ areas: names, risk, paths, stories: ids }: Omit<QaRule, "gates" | "by">, files: readonly ChangedFile[], areas: readonly Area[], stories: readonly StoryTargets[]): readonly string[] | undefined {
  const touched = areas.filter(({ name }) => files.some((file) => file.areas.includes(name)));
  const found = [
    ...(names === undefined ? [] : [first(touched.filter(({ name }) => names.includes(name)).map(({ name }) => `it touches ${name}`))]),
    ...(risk === undefined ? [] : [first(touched.filter((area) => RISKS.indexOf(area.risk) >= RISKS.indexOf(risk)).map(({ name, risk: level }) => `it touches ${name}, of ${level} risk`))]),
    ...(paths === undefined ? [] : [first(files.map(({ path }) => path).filter(compileGlobs(paths)).map((path) => `it touches ${path}`))]),
    ...(ids === undefined ? [] : [first(stories.filter(({ id, targets }) => ids.includes(id) && files.some(({ path }) => compileGlobs(targets)(path))).map(({ id }) => `it touches targets of ${id}`))]),
  ];
  return found.includes(undefined) ? undefined : found.filter((one): one is string => one !== undefined);
}

const first = (words: readonly string[]): string | undefined => words[0];
