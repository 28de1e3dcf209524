import type { DraftCriterion, StoryDraft } from "../edit-story.ts";
import type { CriterionState } from "../story.ts";
import type { ImportedStory, LeftOut, SourceFile, SpecFormat } from "./imported.ts";

/** One tool's format. */
export interface ImportFormat {
  readonly format: SpecFormat;
  /** What this format makes of a file: the story it belongs to, a reason it is left out, or nothing when the file is none of its own. */
  claim(path: string): { readonly story: string } | { readonly left: string } | undefined;
  /** Picks out of the files of one story what has a place; the rest is carried into the notes by the caller. */
  read(story: string, files: readonly SourceFile[]): Picked;
}

/** What a format recognised. */
export interface Picked {
  readonly draft: Omit<StoryDraft, "id">;
  readonly counted: ImportedStory["counted"];
  readonly guesses: readonly string[];
  /** Lines (`path:number`) that are said by the story's own structure, or whose text changed on the way: what of them must be found in the story. */
  readonly told: ReadonlyMap<string, string>;
}

export interface Claimed {
  readonly format: ImportFormat;
  readonly story: string;
  readonly files: readonly SourceFile[];
}

/** Files sorted by the story they make. */
export function claimAll(formats: readonly ImportFormat[], files: readonly SourceFile[]): { readonly claimed: readonly Claimed[]; readonly left: readonly LeftOut[] } {
  const claimed = new Map<string, { format: ImportFormat; story: string; files: SourceFile[] }>();
  const left: LeftOut[] = [];
  for (const file of files) {
    const said = formats.map((format) => ({ format, claim: format.claim(file.path) })).find(({ claim }) => claim !== undefined);
    if (!said?.claim) left.push({ path: file.path, why: "no specification of a format that is known here" });
    else if ("left" in said.claim) left.push({ path: file.path, why: said.claim.left });
    else {
      const key = `${said.format.format} ${said.claim.story}`;
      const group = claimed.get(key) ?? { format: said.format, story: said.claim.story, files: [] };
      group.files.push(file);
      claimed.set(key, group);
    }
  }
  return { claimed: [...claimed.values()], left };
}

/** A criterion of a draft, with the words its source called it by kept in a comment. */
export const drafted = (id: string, state: CriterionState, body: string, was?: string): DraftCriterion => ({
  id,
  state,
  body: was === undefined || was.includes("--") ? body : `<!-- ${was} -->\n${body}`,
});
