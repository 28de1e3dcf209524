import { compileGlobs } from "#kernel";
import type { Change, ChangedFile } from "#change";
import type { Journey } from "#intent";

/** What of a story tells which code it speaks of. */
export interface StoryScope {
  readonly id: string;
  readonly file: string;
  readonly area?: string;
  readonly targets: readonly string[];
}

type Changed = Pick<Change, "files">;

/** Which journeys a change reaches, each with the reason in words: by its own file, its tests, its code, its area, its stories. */
export function reachedBy(journeys: readonly Journey[], change: Changed, stories: readonly StoryScope[]): ReadonlyMap<string, string> {
  const byId = new Map(stories.map((story) => [story.id, story]));
  const wide = change.files.find(isWide);
  const reached = new Map<string, string>();
  for (const journey of journeys) {
    const own = change.files.find(({ path }) => path === journey.file || journey.tests.some(({ file }) => file === path));
    const through = journey.stories.flatMap(({ story }) => byId.get(story) ?? []);
    const why = own !== undefined ? (own.path === journey.file ? "its description changes" : `its test ${own.path} changes`) : (byCode(journey, change) ?? firstOf(through, (story) => byStory(story, change)) ?? (wide && `${wide.path} may change all of the product`));
    if (why !== undefined) reached.set(journey.id, why);
  }
  return reached;
}

function byCode({ targets, area }: Pick<Journey, "targets" | "area">, { files }: Changed): string | undefined {
  const inside = compileGlobs(targets);
  const aimed = files.find(({ path }) => inside(path));
  if (aimed) return `it runs through ${aimed.path}`;
  const near = area === undefined ? undefined : files.find((file) => runs(file) && file.areas.includes(area));
  return near && `${near.path} belongs to its area ${area}`;
}

function byStory(story: StoryScope, change: Changed): string | undefined {
  if (change.files.some(({ path }) => path === story.file)) return `${story.id} changes`;
  const why = byCode(story, change);
  return why && `it leads through ${story.id}, and ${why}`;
}

/** What may change how the product behaves: not its prose, nor tests, nor files nobody runs. */
const runs = ({ kind, behaviour }: ChangedFile): boolean => (kind === "source" ? behaviour : kind === "config" || kind === "migration" || kind === "asset" || kind === "generated");

/** Packages, and how the tests of all journeys are run. */
const isWide = ({ path, kind }: ChangedFile): boolean => kind === "lock" || /(?:^|\/)playwright\.config\.[cm]?[jt]s$/.test(path);

function firstOf<T>(items: readonly T[], tell: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const told = tell(item);
    if (told !== undefined) return told;
  }
  return undefined;
}
