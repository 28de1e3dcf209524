import type { LintFinding, Story, StoryProblem } from "#intent";
import { nearest } from "#kernel";
import { badStoryId, storyExists, storyUnknown, storyUnreadable } from "./errors.ts";
import { approveProofs, type ApprovedProofs } from "./approve-proofs.ts";
import { importSpecs, type ImportInput, type ImportReport } from "./import-specs.ts";
import { firstDraft, type NewStory } from "./first-draft.ts";
import type { StoryPorts } from "./ports.ts";

/** What a user can ask about stories of a checkout. */
export interface Stories {
  /** Every story that can be read, and what keeps the others from it. */
  list(): Promise<StoryList>;
  /** One story with its text. Raises a named error where there is none, or it can't be read. */
  show(id: string): Promise<{ readonly story: Story; readonly text: string; readonly problems: readonly StoryProblem[]; readonly findings: readonly LintFinding[] }>;
  /** Weaknesses of the named stories, or of all. */
  lint(ids: readonly string[]): Promise<LintReport>;
  /** Writes a new story, or adds criteria to one that is there; every other character of it stays. */
  create(input: NewStory): Promise<{ readonly file: string; readonly id: string; readonly added: readonly string[]; readonly first: boolean }>;
  /** Records that the proofs of named criteria (`ST-guest-checkout#AC-1`), or of all a story promises, are right for its present words. */
  approve(names: readonly string[]): Promise<readonly ApprovedProofs[]>;
  /** Turns other tools' specifications into stories; writes only when told to, and never over a file. */
  importFrom(input: ImportInput): Promise<ImportReport>;
}

export interface StoryList {
  readonly stories: readonly Story[];
  readonly problems: readonly StoryProblem[];
}

export interface LintReport extends StoryList {
  readonly findings: readonly LintFinding[];
}

/** Stories as they stand in the working tree. */
export const openStories = (ports: StoryPorts): Stories => ({
  list: () => readAll(ports),
  show: async (id) => {
    const { story, text, problems } = await readOne(ports, id);
    return { story, text, problems, findings: ports.library.lintStory(story) };
  },
  lint: async (ids) => {
    const all = await readAll(ports);
    const files = await Promise.all(ids.map((id) => fileOf(ports, id)));
    const asked = ({ file }: { readonly file: string }): boolean => ids.length === 0 || files.includes(file);
    const stories = all.stories.filter(asked);
    return { stories, problems: all.problems.filter(asked), findings: stories.flatMap(ports.library.lintStory) };
  },
  create: (input) => createStory(ports, input),
  approve: (names) => approveAll(ports, names),
  importFrom: (input) => importSpecs(ports)(input),
});

async function readAll({ folders, checkout, yaml, library: { readStory, STORIES_FOLDER } }: StoryPorts): Promise<StoryList> {
  const files = await folders.list(STORIES_FOLDER);
  if (files.length === 0) return { stories: [], problems: [] };
  const read = await Promise.all(files.map(async (file) => readStory(file, (await checkout.read(file)) ?? "", yaml)));
  return { stories: read.flatMap(({ story }) => story ?? []), problems: read.flatMap(({ problems }) => problems) };
}

/** The file of an id as people type it: with or without ST-, a criterion behind it, or the file's own path. */
async function fileOf({ folders, library: { STORIES_FOLDER } }: StoryPorts, asked: string): Promise<string> {
  const files = await folders.list(STORIES_FOLDER);
  const name = asked.replace(/#.*$/s, "").replace(/^\.\//, "");
  const ids = files.map((file) => file.slice(STORIES_FOLDER.length + 1, -".md".length));
  const found = files.find((file, at) => file === name || [name, `ST-${name}`].some((one) => one.toLowerCase() === ids[at]?.toLowerCase()));
  if (found !== undefined) return found;
  const meant = nearest(name, ids);
  throw storyUnknown({ asked, known: files.length, ...(meant !== undefined && { meant }) });
}

async function readOne(ports: StoryPorts, id: string): Promise<{ readonly story: Story; readonly text: string; readonly problems: readonly StoryProblem[] }> {
  const file = await fileOf(ports, id);
  const text = (await ports.checkout.read(file)) ?? "";
  const { story, problems } = ports.library.readStory(file, text, ports.yaml);
  const [first] = problems;
  if (!story) throw storyUnreadable(first ?? { file, line: 1, says: "It holds no story.", fix: "Begin it with front matter." });
  return { story, text, problems };
}

async function approveAll(ports: StoryPorts, names: readonly string[]): Promise<readonly ApprovedProofs[]> {
  const byFile = new Map<string, string[]>();
  for (const name of names) {
    const file = await fileOf(ports, name);
    const criterion = name.split("#")[1];
    byFile.set(file, [...(byFile.get(file) ?? []), ...(criterion === undefined ? [] : [criterion])]);
  }
  const made: ApprovedProofs[] = [];
  for (const [file, criteria] of byFile) made.push(await approveProofs(file, criteria, ports));
  return made;
}

async function createStory(ports: StoryPorts, input: NewStory): ReturnType<Stories["create"]> {
  const { addCriteria, readStory, renderStory, STORY_ID, storyFile } = ports.library;
  const id = idOf(input.name, ports);
  const title = input.title ?? (STORY_ID.test(input.name) ? undefined : input.name);
  const file = storyFile(id);
  const there = await ports.checkout.read(file);
  if (there === undefined) {
    const draft = firstDraft(ports.library)({ ...input, id, title: title ?? titleOf(id) });
    await ports.checkout.write(file, renderStory(draft));
    return { file, id, added: draft.criteria?.map((one) => one.id) ?? [], first: true };
  }
  if (input.criteria.length === 0) throw storyExists({ id, file });
  const { story, problems } = readStory(file, there, ports.yaml);
  if (!story) throw storyUnreadable(problems[0] ?? { file, line: 1, says: "It holds no story.", fix: "Begin it with front matter." });
  const after = addCriteria(there, story, input.criteria.map((sentence) => ({ sentence, state: input.state })));
  const before = new Set(story.criteria.map((one) => one.id));
  const read = readStory(file, after, ports.yaml).story;
  await ports.checkout.write(file, after);
  return { file, id, added: read?.criteria.map((one) => one.id).filter((one) => !before.has(one)) ?? [], first: false };
}

function idOf(name: string, { library: { slugOf, STORY_ID } }: StoryPorts): string {
  if (STORY_ID.test(name)) return name;
  const slug = slugOf(name);
  if (slug === "") throw badStoryId({ asked: name });
  return `ST-${slug}`;
}

const titleOf = (id: string): string => {
  const words = id.slice("ST-".length).replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};
