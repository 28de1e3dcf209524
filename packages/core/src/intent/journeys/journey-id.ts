/** A journey's id: `JN-` and words. */
export const JOURNEY_ID = /^JN-[A-Za-z0-9](?:[A-Za-z0-9-]{0,78}[A-Za-z0-9])?$/;

/** The folder journeys stand in. */
export const JOURNEYS_FOLDER = "proofline/journeys";

const SUFFIXES = [".md", ".yaml", ".yml"];

/** True for the path of a journey: Markdown or YAML in the folder itself, by an id's name. */
export const isJourneyFile = (path: string): boolean =>
  path.startsWith(`${JOURNEYS_FOLDER}/JN-`) && !path.includes("/", JOURNEYS_FOLDER.length + 1) && SUFFIXES.some((suffix) => path.endsWith(suffix));

/** The id a file is named by. */
export const idOfFile = (path: string): string => path.slice(JOURNEYS_FOLDER.length + 1).replace(/\.(?:md|ya?ml)$/, "");
