export { storyFolders } from "./story-folders.ts";
export { yamlParser } from "./yaml-parser.ts";
