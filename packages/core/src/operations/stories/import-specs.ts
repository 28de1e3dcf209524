import type { ImportedStory, LeftOut, SpecFormat } from "#intent";
import { nothingToImport } from "./errors.ts";
import type { StoryPorts } from "./ports.ts";

export interface ImportInput {
  readonly path: string;
  readonly from?: SpecFormat;
  /** False: say what would be written. */
  readonly write: boolean;
}

/** One story an import makes. */
export interface ImportedFile {
  readonly id: string;
  readonly file: string;
  readonly format: SpecFormat;
  readonly sources: readonly string[];
  /** Counted in the sources, and read back from the story as it is written. */
  readonly requirements: { readonly found: number; readonly kept: number };
  readonly scenarios: { readonly found: number; readonly kept: number };
  readonly guesses: readonly string[];
  /** `exists`: a story of that id is there and was left as it is. */
  readonly state: "written" | "would-write" | "exists";
}

export interface ImportReport {
  readonly stories: readonly ImportedFile[];
  readonly left: readonly LeftOut[];
  readonly written: boolean;
}

/** Reads, turns into stories, reads those back and counts; only then writes. A story that is there is never touched: an import happens once. */
export const importSpecs =
  (ports: StoryPorts) =>
  async ({ path, from, write }: ImportInput): Promise<ImportReport> => {
    const { specImporter, STORIES_FOLDER } = ports.library;
    const [{ files, left: unread }, there] = await Promise.all([ports.folders.collect(path), ports.folders.list(STORIES_FOLDER)]);
    const outside = files.filter((file) => !file.path.startsWith(`${STORIES_FOLDER}/`));
    const { stories, left } = specImporter.read(outside, from);
    if (stories.length === 0) throw nothingToImport({ path, looked: outside.length, ...(from !== undefined && { from }) });
    const made: ImportedFile[] = [];
    for (const story of stories) made.push(await writeOne(story, new Set(there), write, ports));
    return { stories: made, left: [...unread, ...left], written: write };
  };

async function writeOne(story: ImportedStory, there: ReadonlySet<string>, write: boolean, { checkout, yaml, library: { readStory, renderStory, storyFile } }: StoryPorts): Promise<ImportedFile> {
  const file = storyFile(story.draft.id);
  const text = renderStory(story.draft);
  const criteria = readStory(file, text, yaml).story?.criteria ?? [];
  const exists = there.has(file);
  if (write && !exists) await checkout.write(file, text);
  const scenarios = criteria.reduce((sum, criterion) => sum + criterion.scenarios.length, 0);
  const { counted } = story;
  // Where scenarios became criteria of their own, they are counted there.
  const own = Math.max(0, criteria.length - counted.requirements);
  return {
    id: story.draft.id,
    file,
    format: story.format,
    sources: story.sources,
    requirements: { found: counted.requirements, kept: criteria.length - own },
    scenarios: { found: counted.scenarios, kept: scenarios + own },
    guesses: story.guesses,
    state: exists ? "exists" : write ? "written" : "would-write",
  };
}

