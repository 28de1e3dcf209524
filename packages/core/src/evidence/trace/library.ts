/** What tracing calls. Loaded by itself: a repository without stories does not pay for it. */
export { concernedBy } from "./concerned.ts";
export { mayHoldLinks, readLinks } from "./read/read-links.ts";
export { indexResults } from "./results.ts";
export { countPromised, traceStories } from "./trace-stories.ts";
