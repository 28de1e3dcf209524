import type { Story, StoryList } from "@proofline/core/operations";
import { count } from "../../render/words.ts";
import { clip, printable } from "../../render/wrap.ts";
import { problemLines } from "./render-lint.ts";
import type { Page } from "./page.ts";

/** A story: what it is called, and how many of its behaviours are promised. `more`: the commands that lead on. */
export function renderList({ stories, problems }: StoryList, page: Page, more = "proofline spec show STORY · proofline spec lint"): readonly string[] {
  if (stories.length === 0 && problems.length === 0) return EMPTY;
  const { paint, width } = page;
  const rows = stories.flatMap((story) => [` ${paint.cyan(clip(story.id, width - 2))}`, `   ${clip(story.title, width - 4)}`, `   ${paint.dim(clip(tally(story), width - 4))}`]);
  const total = stories.flatMap(({ criteria }) => criteria);
  const promised = total.filter(({ state }) => state === "promised").length;
  return [
    paint.bold(`${count(stories.length, "story", "stories")}, ${promised} of ${count(total.length, "criterion", "criteria")} promised`),
    "",
    ...rows,
    ...(problems.length > 0 ? ["", ...problemLines(problems, page)] : []),
    "",
    ` More: ${more}`,
  ];
}

function tally({ criteria, owner, area, openQuestions }: Story): string {
  const states = (["promised", "planned", "retired"] as const).flatMap((state) => {
    const n = criteria.filter((criterion) => criterion.state === state).length;
    return n === 0 ? [] : [`${n} ${state}`];
  });
  const open = openQuestions.length > 0 ? [count(openQuestions.length, "open question")] : [];
  return [states.join(", ") || "no criteria", ...open, ...(area ? [`area ${printable(area)}`] : []), ...(owner ? [printable(owner)] : [])].join(" · ");
}

const EMPTY = [
  "No stories here yet: proofline/stories/ has no *.md file.",
  "",
  ' Write one      proofline spec new "Check out without an account"',
  " Or take over   proofline spec import .      from OpenSpec, spec-kit, Kiro, Gherkin",
];
