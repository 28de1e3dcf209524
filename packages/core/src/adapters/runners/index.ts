export { boundsHere } from "./container-bounds.ts";
export { launch, type LaunchCommand, type LaunchResult } from "./launch.ts";
export { projectTestExecutor, type ExecutorParts } from "./project-test-executor.ts";
export { rememberRuns, type Remembering, type RunStore } from "./remembered-runs.ts";
export { onBenches, type BenchParts } from "./open-bench.ts";
