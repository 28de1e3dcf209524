import type { StoriesThen, Story } from "@proofline/core/operations";
import { badFlag } from "../../errors.ts";
import { short } from "../../render/words.ts";
import { printable } from "../../render/wrap.ts";
import type { Page } from "./page.ts";
import { renderList } from "./render-list.ts";
import { renderShow } from "./render-show.ts";

/** The stories of a moment as a list, or one of them, or one criterion, as a page. Raises a usage error for one that was not there. */
export function renderThen(then: StoriesThen, name: string | undefined, page: Page): { readonly stories: readonly Story[]; readonly text: readonly string[] } {
  const heading = page.paint.dim(`as of ${then.at === then.commit ? short(then.commit) : `${then.at} (${short(then.commit)})`}`);
  if (name === undefined) return { stories: then.stories, text: then.stories.length === 0 && then.problems.length === 0 ? [heading, "", "There were no stories then."] : [heading, ...renderList(then, page, `proofline spec at ${printable(then.at)} STORY`)] };
  const [asked = "", criterion] = name.split("#");
  const story = then.stories.find(({ id }) => [asked, `ST-${asked}`].some((one) => one.toLowerCase() === id.toLowerCase()));
  if (story === undefined) throw badFlag({ flag: "<story>", value: name, expected: then.stories.length === 0 ? "nothing: there were no stories then" : `one of ${then.stories.slice(0, 20).map(({ id }) => id).join(", ")}` });
  return { stories: [story], text: [heading, ...renderShow({ story, problems: then.problems.filter(({ file }) => file === story.file), findings: [] }, criterion, page)] };
}
