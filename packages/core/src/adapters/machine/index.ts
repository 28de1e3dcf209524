export { detectRepository } from "./detect-repository.ts";
export { examine } from "./examine.ts";
export { pipelineFiles } from "./pipeline-files.ts";
export { inScratchRepository } from "./scratch-repository.ts";
export { committer, repositoryUri } from "./identity.ts";
