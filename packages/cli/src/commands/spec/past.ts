import { storyPastHere, type StoryPast } from "@proofline/core/compose";
import { badFlag } from "../../errors.ts";
import { write } from "../../output.ts";
import { build } from "../../version.ts";
import { pageFor } from "./page.ts";
import { renderHistory } from "./render-history.ts";
import { renderThen } from "./render-then.ts";

type Flags = Readonly<Record<string, unknown>>;

/** `spec history`: how behaviour came to be what it is. */
export const history = (flags: Flags, names: readonly string[]): Promise<number> =>
  withPast(flags, async (past) => {
    const report = await past.history({ names, at: typeof flags["head"] === "string" ? flags["head"] : "HEAD" });
    await write(flags["format"] === "json" ? `${JSON.stringify(report, null, 2)}\n` : `${renderHistory(report, pageFor(flags)).join("\n")}\n`, flags["out"]);
    return 0;
  });

/** `spec at`: stories as they stood at a moment, all or one of them. */
export const at = (flags: Flags, [moment, ...names]: readonly string[]): Promise<number> =>
  withPast(flags, async (past) => {
    if (moment === undefined || names.length > 1) throw badFlag({ flag: "<moment>", value: [moment, ...names].filter(Boolean).join(" "), expected: "a day (2026-03-01), a time, a tag or a commit, and perhaps one story" });
    const then = await past.at(moment, typeof flags["head"] === "string" ? flags["head"] : undefined);
    const shown = renderThen(then, names[0], pageFor(flags));
    await write(flags["format"] === "json" ? `${JSON.stringify({ ...then, stories: shown.stories }, null, 2)}\n` : `${shown.text.join("\n")}\n`, flags["out"]);
    return 0;
  });

async function withPast(flags: Flags, act: (past: StoryPast) => Promise<number>): Promise<number> {
  const past = await storyPastHere({ dir: String(flags["repo"] ?? "."), env: process.env, ...(build !== undefined && { build }) });
  try {
    return await act(past);
  } finally {
    await past.close();
  }
}
