import type { LintFinding, LintReport, StoryProblem } from "@proofline/core/operations";
import { count, placeOf } from "../../render/words.ts";
import { clip, printable, wrap } from "../../render/wrap.ts";
import { labelled, type Page } from "./page.ts";

/** Findings by file, each with its words and what to write instead; hints, which decide nothing, in one line each at the end. */
export function renderLint({ stories, problems, findings }: LintReport, page: Page): readonly string[] {
  if (stories.length === 0 && problems.length === 0) return ["No stories here yet.", "", ' Write one:  proofline spec new "Check out without an account"'];
  const warnings = findings.filter(({ level }) => level === "warning");
  const hints = findings.filter(({ level }) => level === "hint");
  const criteria = stories.reduce((sum, story) => sum + story.criteria.length, 0);
  const looked = `${count(stories.length, "story", "stories")}, ${count(criteria, "criterion", "criteria")}`;
  const clean = warnings.length + problems.length === 0;
  return [
    clean ? `${page.paint.badge("CLEAR", "green")} ${looked}: nothing to mend.` : `${page.paint.badge("MEND", "yellow")} ${looked}: ${count(warnings.length + problems.length, "finding")}.`,
    ...problemLines(problems, page, true),
    ...questionsFirst(warnings).flatMap((group) => (group.length > 1 ? questionLines(group, page) : group.flatMap((finding) => findingLines(finding, page)))),
    ...hintLines(hints, page),
  ];
}

export function problemLines(problems: readonly StoryProblem[], page: Page, air = false): readonly string[] {
  return problems.flatMap((problem) => [...(air ? [""] : []), ` ${page.paint.red("unreadable")}  ${printable(placeOf(problem))}`, ...labelled("", problem.says, page, 3), ...labelled("fix", problem.fix, page, 3)]);
}

/** The questions a story leaves open, as one group each; every other finding alone. In the order of their first. */
function questionsFirst(findings: readonly LintFinding[]): readonly (readonly LintFinding[])[] {
  const groups = new Map<string, LintFinding[]>();
  for (const [at, finding] of findings.entries()) {
    const key = finding.rule === "open-question" ? finding.file : String(at);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()];
}

/** One after the other they would say the same seven times of a story just begun. */
function questionLines(questions: readonly LintFinding[], { paint, width }: Page): readonly string[] {
  const [first] = questions as [LintFinding, ...LintFinding[]];
  const place = placeOf({ file: first.file });
  const gap = Math.max(2, width - 2 - first.rule.length - place.length);
  return [
    "",
    ` ${paint.yellow(first.rule)}${" ".repeat(gap)}${paint.dim(place)}`,
    ...wrap(`${questions.length} open questions. Write each answer in place of its question, or take out what does not apply here; until then the story can't be approved.`, width - 5).map((line) => `    ${line}`),
    ...questions.map(({ line, says }) => `    ${paint.dim(String(line).padStart(4))}  ${clip(says.replace(/^An open question: /, ""), width - 11)}`),
  ];
}

function findingLines(finding: LintFinding, page: Page): readonly string[] {
  const { paint, width } = page;
  const place = placeOf(finding);
  const gap = Math.max(2, width - 2 - finding.rule.length - place.length);
  return [
    "",
    ` ${paint.yellow(finding.rule)}${" ".repeat(gap)}${paint.dim(place)}`,
    ...wrap(finding.criterion === undefined ? finding.says : `${finding.criterion}: ${finding.says}`, width - 5).map((line) => `    ${line}`),
    ...labelled("Write", finding.rewrite, page, 7).map((line) => `   ${line}`),
  ];
}

function hintLines(hints: readonly LintFinding[], { paint, width }: Page): readonly string[] {
  if (hints.length === 0) return [];
  const byRule = new Map<string, LintFinding[]>();
  for (const hint of hints) byRule.set(hint.rule, [...(byRule.get(hint.rule) ?? []), hint]);
  return [
    "",
    paint.bold("Not said, and perhaps worth saying"),
    ...[...byRule].flatMap(([rule, group]) => [` ${paint.cyan(rule.padEnd(22))} ${clip(group.map(({ story }) => story).join(", "), width - 25)}`, ...wrap(group[0]?.rewrite ?? "", width - 26).map((line) => `${" ".repeat(24)}${line}`)]),
  ];
}
