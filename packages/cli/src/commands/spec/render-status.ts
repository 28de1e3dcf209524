import type { StageStatus, StatusReport, StoryStatus } from "@proofline/core/operations";
import { short } from "../../render/words.ts";
import { printable, wrap } from "../../render/wrap.ts";
import type { Page } from "./page.ts";

/** Where stories stand, stage by stage: what holds, what does not, and who has to sign. */
export function renderStatus({ stories, unread, commit, solo }: StatusReport, page: Page): readonly string[] {
  if (stories.length === 0) return ["No stories here yet: proofline/stories/ has no *.md file at this commit."];
  const heading = `as of ${short(commit)}${solo ? ", one person works here: proof takes the place of signatures" : ""}`;
  return [page.paint.dim(heading), ...stories.flatMap((story) => ["", ...storyLines(story, page)]), ...unread.flatMap(({ file, because }) => ["", ...wrap(` ${printable(file)} is no sign-off: ${because}`, page.width)])];
}

function storyLines({ id, title, stages }: StoryStatus, page: Page): readonly string[] {
  return [...wrap(`${id}  ${title}`, page.width).map(page.paint.bold), ...stages.flatMap((stage, at) => stageLines(id, stage, at + 1, page))];
}

/** Columns of a stage's state. */
const STATE = 8;

function stageLines(story: string, stage: StageStatus, number: number, page: Page): readonly string[] {
  const { paint, width } = page;
  const colour = { done: paint.green, owed: paint.yellow, open: paint.yellow, lapsed: paint.red, waiting: paint.dim }[stage.state];
  const signed = stage.signed.map(({ statement, state }) => `${state === "self" ? "self" : "signed"} by ${statement.by} on ${statement.issued}`).join(", ");
  const head = ` ${number} ${colour(stage.state.padEnd(STATE))} ${printable(stage.title)}${signed === "" ? "" : paint.dim(`  ${printable(signed)}`)}`;
  const margin = " ".repeat(STATE + 4);
  const tell = (text: string): readonly string[] => wrap(text, width - margin.length).map((line) => margin + paint.dim(line));
  // A command that is broken in two can't be copied.
  const owed = (command: string): readonly string[] => (command.length + 6 <= width - margin.length ? tell(`owed: ${command}`) : [...tell("owed:"), ` ${" ".repeat(3)}${paint.dim(command)}`]);
  const refused = stage.refused.flatMap(({ statement, state, because }) => tell(`${state === "lapsed" ? `${statement.by}'s signature lapsed` : `${statement.by}'s signature does not count`}: ${because ?? state}`));
  if (stage.state === "waiting") return [head, ...refused];
  return [
    head,
    ...stage.conditions.filter(({ holds }) => !holds).flatMap(({ says }) => tell(`open: ${says}`)),
    ...refused,
    ...(stage.role !== undefined && (stage.state === "owed" || stage.state === "lapsed") ? owed(`proofline spec sign ${printable(story)} --as ${stage.role} --key FILE`) : []),
    ...(stage.exempt !== undefined && stage.signed.length === 0 && stage.state === "done" ? tell(stage.exempt) : []),
  ];
}
