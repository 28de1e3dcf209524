/** A story's id: `ST-` and words. */
export const STORY_ID = /^ST-[A-Za-z0-9](?:[A-Za-z0-9-]{0,78}[A-Za-z0-9])?$/;
/** A criterion's id: `AC-` and a number, words, or the id it had elsewhere (`AC-1.2`, `AC-FR-001`). */
export const CRITERION_ID = /^AC-[A-Za-z0-9](?:[A-Za-z0-9._-]{0,78}[A-Za-z0-9])?$/;

/** The folder stories stand in. */
export const STORIES_FOLDER = "proofline/stories";

/** Where a story stands. */
export const storyFile = (id: string): string => `${STORIES_FOLDER}/${id}.md`;

/** Lower-case words joined by dashes, at most `most` characters, cut between words where possible; empty when nothing in the text can be spelled so. */
export function slugOf(text: string, most = 60): string {
  const words = text
    .slice(0, 2_000)
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  let slug = "";
  for (const word of words) {
    if (slug !== "" && slug.length + 1 + word.length > most) break;
    slug = slug === "" ? word.slice(0, most) : `${slug}-${word}`;
  }
  return slug;
}

/** The wanted id, or the first of `wanted-2`, `wanted-3` … nobody has. */
export function freeId(wanted: string, taken: { has(id: string): boolean }): string {
  if (!taken.has(wanted)) return wanted;
  let n = 2;
  while (taken.has(`${wanted}-${n}`)) n += 1;
  return `${wanted}-${n}`;
}

/** True for the path of a story: a Markdown file in the folder itself. */
export const isStoryFile = (path: string): boolean => path.startsWith(`${STORIES_FOLDER}/`) && path.endsWith(".md") && !path.includes("/", STORIES_FOLDER.length + 1);
