export { openRepository, type OpenedRepository, type OpenOptions } from "./open-repository.ts";
