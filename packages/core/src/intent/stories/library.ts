/** What story operations call. Loaded by itself: a check of a repository without stories does not pay for it. */
export { withApproval } from "./approval.ts";
export { addCriteria, criterionIdFor, renderStory, withState } from "./edit-story.ts";
export { specImporter } from "./import/spec-importer.ts";
export { lintStory } from "./lint/lint-story.ts";
export { readStory } from "./read-story.ts";
export { slugOf, STORIES_FOLDER, STORY_ID, storyFile } from "./story-id.ts";
