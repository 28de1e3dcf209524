import type { StoryDraft } from "../edit-story.ts";

/** A text file somebody hands over. */
export interface SourceFile {
  /** As messages show it: relative to the repository where it lies inside. */
  readonly path: string;
  readonly text: string;
}

export type SpecFormat = "openspec" | "spec-kit" | "kiro" | "gherkin";

/** What an import did not take, and why. */
export interface LeftOut {
  readonly path: string;
  readonly why: string;
}

/** One story made of one or more files of another tool. */
export interface ImportedStory {
  readonly format: SpecFormat;
  readonly sources: readonly string[];
  readonly draft: StoryDraft;
  /** Requirements and scenarios its sources hold, counted on their own text. */
  readonly counted: { readonly requirements: number; readonly scenarios: number };
  /** What was decided without being told, in words. */
  readonly guesses: readonly string[];
}

/** Turns other tools' specifications into stories. Pure: texts in, drafts out. */
export interface SpecImporter {
  /** `only` limits it to one format. A file no format knows is in `left`. */
  read(files: readonly SourceFile[], only?: SpecFormat): { readonly stories: readonly ImportedStory[]; readonly left: readonly LeftOut[] };
}
