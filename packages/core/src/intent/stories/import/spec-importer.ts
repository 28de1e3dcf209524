import { freeId, slugOf } from "../story-id.ts";
import type { ImportedStory, SpecImporter } from "./imported.ts";
import { carryTheRest } from "./carry.ts";
import { gherkin } from "./formats/gherkin.ts";
import { kiro } from "./formats/kiro.ts";
import { openspec } from "./formats/openspec.ts";
import { specKit } from "./formats/spec-kit.ts";
import { claimAll, type ImportFormat } from "./importer.ts";

/** Adding a format = one file in formats/ + one line here. */
const FORMATS: readonly ImportFormat[] = [openspec, kiro, specKit, gherkin];

/** Reads the specifications of other tools. */
export const specImporter: SpecImporter = {
  read: (files, only) => {
    const formats = FORMATS.filter(({ format }) => only === undefined || format === only);
    const { claimed, left } = claimAll(formats, files);
    const taken = new Set<string>();
    const stories = claimed.map(({ format, story, files: sources }): ImportedStory => {
      const { draft, counted, guesses, told } = format.read(story, sources);
      const id = freeId(`ST-${slugOf(story) || "story"}`, taken);
      taken.add(id);
      const { draft: whole, carried } = carryTheRest({ ...draft, id }, sources, told);
      return {
        format: format.format,
        sources: sources.map(({ path }) => path),
        draft: whole,
        counted,
        guesses: [...guesses, ...(carried > 0 ? [`${carried} ${carried === 1 ? "line" : "lines"} without a place of ${carried === 1 ? "its" : "their"} own: in the notes, word for word`] : [])],
      };
    });
    return { stories: stories.filter(({ draft }) => draft.criteria?.length || draft.notes || draft.intent), left };
  },
};
