/** What story operations call. Loaded by itself: a check of a repository without stories does not pay for it. */
export { withApproval } from "./approval.ts";
export { addCriteria, criterionIdFor, renderStory, withState } from "./edit-story.ts";
export { specImporter } from "./import/spec-importer.ts";
export { lintStory } from "./lint/lint-story.ts";
export { readStory } from "./read-story.ts";
export { slugOf, STORIES_FOLDER, STORY_ID, storyFile } from "./story-id.ts";
export { causesOf } from "./history/causes.ts";
export { compareVersions, mergedNews } from "./history/compare-versions.ts";
export { historyOf } from "./history/history.ts";
export { sameMeaning } from "./history/same-meaning.ts";
export { versionReader } from "./history/version-reader.ts";
export { refsIn } from "./criterion-ref.ts";
export { TECHNICAL_SPECS_FOLDER as TECHNICAL_SPECS } from "../technical-specs/technical-spec.ts";
