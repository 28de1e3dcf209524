import type { Criterion, LintFinding, Story, StoryProblem } from "@proofline/core/operations";
import { count } from "../../render/words.ts";
import { printable, wrap } from "../../render/wrap.ts";
import { problemLines } from "./render-lint.ts";
import { labelled, type Page } from "./page.ts";

interface Shown {
  readonly story: Story;
  readonly problems: readonly StoryProblem[];
  readonly findings: readonly LintFinding[];
}

/** A story, or one criterion of it, as a page. */
export function renderShow({ story, problems, findings }: Shown, only: string | undefined, page: Page): readonly string[] {
  const { paint } = page;
  const criteria = only === undefined ? story.criteria : story.criteria.filter(({ id }) => id.toLowerCase() === only.toLowerCase());
  const blocks = criteria.flatMap((criterion) => ["", ...criterionLines(story, criterion, page)]);
  if (only !== undefined) return criteria.length > 0 ? blocks.slice(1) : [`${story.id} has no ${printable(only)}; it has ${story.criteria.map(({ id }) => id).join(", ") || "no criteria"}.`];
  const about = [
    ...labelled("file", story.file, page, 9),
    ...(story.owner ? labelled("owner", story.owner, page, 9) : []),
    ...(story.area ? labelled("area", story.area, page, 9) : []),
    ...(story.targets.length > 0 ? labelled("targets", story.targets.join(", "), page, 9) : []),
  ];
  const warnings = findings.filter(({ level }) => level === "warning").length;
  return [
    ...wrap(`${story.id}  ${story.title}`, page.width).map(paint.bold),
    "",
    ...about,
    ...(story.intent ? ["", ...prose(story.intent, page)] : []),
    ...blocks,
    ...entries("Constraints", story.constraints, page),
    ...entries("Quality gates", story.qualityGates, page),
    ...access(story, page),
    ...entries("Unchanged", story.unchanged, page),
    ...entries("Open questions", story.openQuestions, page),
    ...(problems.length > 0 ? ["", ...problemLines(problems, page)] : []),
    ...(warnings > 0 ? ["", ` ${count(warnings, "finding")}: proofline spec lint ${story.id}`] : []),
  ];
}

function criterionLines(story: Story, criterion: Criterion, page: Page): string[] {
  const { paint, width } = page;
  const state = criterion.state === "promised" ? paint.green(criterion.state) : paint.dim(criterion.state);
  const steps = criterion.scenarios.length > 0 ? [`    ${paint.dim(count(criterion.scenarios.length, "scenario"))}`] : [];
  return [
    ` ${paint.cyan(`${story.id}#${criterion.id}`)}  ${state}  ${paint.dim(criterion.revision.slice(0, 8))}`,
    ...wrap(plain(criterion.sentence), width - 5).map((line) => `    ${line}`),
    ...criterion.steps.flatMap(({ keyword, text }) => wrap(`${keyword.padEnd(5)} ${plain(text)}`, width - 9).map((line, at) => `${at === 0 ? "      " : "            "}${line}`)),
    ...steps,
    ...criterion.tests.flatMap((test) => wrap(`test ${test}`, width - 5).map((line) => `    ${paint.dim(line)}`)),
  ];
}

const prose = (text: string, { width, paint }: Page): string[] =>
  text.split("\n").flatMap((line) => {
    const heading = /^#{3,6}\s+(.*)$/.exec(line);
    return heading ? wrap(plain(heading[1] ?? ""), width - 2).map((one) => ` ${paint.bold(one)}`) : wrap(plain(line), width - 2).map((one) => ` ${one}`.trimEnd());
  });

function entries(title: string, list: readonly { readonly id?: string; readonly text: string }[], page: Page): string[] {
  if (list.length === 0) return [];
  return ["", page.paint.bold(title), ...list.flatMap(({ id, text }) => wrap(plain(id === undefined ? text : `${id}: ${text}`), page.width - 5).map((line, at) => ` ${at === 0 ? "-" : " "} ${line}`))];
}

function access(story: Story, page: Page): string[] {
  if (story.access.length === 0) return [];
  const roles = [...new Set(story.access.map(({ role }) => role))];
  const said = (role: string, allowed: boolean): string => story.access.filter((cell) => cell.role === role && cell.allowed === allowed).map(({ action }) => action).join(", ");
  return ["", page.paint.bold("Access"), ...roles.flatMap((role) => labelled(printable(role).slice(0, 16), [said(role, true) && `allow ${said(role, true)}`, said(role, false) && `deny ${said(role, false)}`].filter(Boolean).join("; "), page, 16))];
}

/** Words without the marks only a browser draws. */
const plain = (text: string): string => printable(text).replace(/\*\*|__/g, "").replace(/^<!--.*-->$/, "");
