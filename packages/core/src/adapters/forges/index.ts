export { openForge, type ForgeOptions } from "./open-forge.ts";
export { detectForge, type Environment } from "./detect.ts";
export { noForge } from "./errors.ts";
