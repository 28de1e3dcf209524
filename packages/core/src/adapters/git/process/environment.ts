/** Variables of a caller's environment (a hook, a CI job) that say how to reach remotes or whom to trust; every other `GIT_*` would aim Git at another place. */
const KEPT =
  /^GIT_(?:SSH(?:_COMMAND|_VARIANT)?|ASKPASS|CONFIG_.+|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM|EXEC_PATH|SSL_.+|HTTP_.+|PROXY_.+|PROTOCOL_FROM_USER|TEST_ASSUME_DIFFERENT_OWNER)$/;

/** Objects as they are (no replacements: evidence is bound to ids), plain English messages, nothing asked, nothing written in passing. */
const FIXED = {
  LC_ALL: "C",
  LANGUAGE: "",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_NO_REPLACE_OBJECTS: "1",
  GIT_TERMINAL_PROMPT: "0",
  GIT_LITERAL_PATHSPECS: "1",
  GIT_PAGER: "cat",
};

/** Git before 2.44 knows no GIT_NO_LAZY_FETCH; no protocol being allowed stops its lazy fetch as well. */
const OFFLINE = { GIT_NO_LAZY_FETCH: "1", GIT_ALLOW_PROTOCOL: "none" };

/** A remote that says nothing must not hold up a verdict. */
const PATIENCE = { GIT_HTTP_LOW_SPEED_LIMIT: "1000", GIT_HTTP_LOW_SPEED_TIME: "15" };

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of every Git process: the caller's without what would change answers. `network` allows fetching. */
export function gitEnvironment(caller: Environment, network: boolean): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(caller)) {
    if (value !== undefined && (!name.startsWith("GIT_") || KEPT.test(name))) kept[name] = value;
  }
  return { ...kept, ...FIXED, ...(network ? PATIENCE : OFFLINE) };
}

/** Files above this size have no lines and no text: Git calls them binary, and no check reads them. Lock files of large monorepos stay below. */
export const LARGE_FILE = 4 * 1024 * 1024;

const SETTINGS = [
  "core.fsmonitor=false",
  "core.hooksPath=/dev/null",
  "core.quotePath=false",
  "core.splitIndex=false",
  "core.safecrlf=false",
  `core.bigFileThreshold=${LARGE_FILE}`,
  "core.commitGraph=true",
  "gc.auto=0",
  "maintenance.auto=false",
  "submodule.recurse=false",
  "fetch.recurseSubmodules=false",
  "diff.suppressBlankEmpty=false",
  "log.showSignature=false",
  "log.showRoot=true",
  "i18n.logOutputEncoding=UTF-8",
  "trailer.separators=:",
  "color.ui=false",
];

/** Flags before every command: no pager, no hooks, no monitor, and none of the user's settings that change output. */
export const GIT_FLAGS: readonly string[] = ["--no-pager", ...SETTINGS.flatMap((setting) => ["-c", setting])];
