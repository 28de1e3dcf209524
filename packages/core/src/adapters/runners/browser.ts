import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";

type Variables = Readonly<Record<string, string | undefined>>;

/** Where a browser was found. */
export interface FoundBrowser {
  /** `own`: the one Playwright installed for this version. `system`: another, by its path. */
  readonly kind: "own" | "system";
  readonly path?: string;
}

/** The variable that names a browser for everybody's Playwright; nothing else is looked at where it is set. */
export const BROWSER_VARIABLE = "PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH";

/** What the system's `chromium` and `google-chrome` are scripts for: those read settings that strictly isolated code never sees. */
const PROGRAMS = ["/usr/lib/chromium/chromium", "/opt/google/chrome/chrome"];
const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "microsoft-edge"];
const ELSEWHERE = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium", "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe", "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe"];

/** Chromium for a Playwright of the tree: the variable's, the one installed for its version, else the system's. Undefined where there is none. */
export function findChromium(playwrightFolder: string, from: Variables = process.env): FoundBrowser | undefined {
  const named = from[BROWSER_VARIABLE];
  if (named !== undefined && named !== "") return existsSync(named) ? { kind: "system", path: named } : undefined;
  const [cache, revision] = [browserCache(from), revisionOf(playwrightFolder, "chromium")];
  if (cache !== undefined && revision !== undefined && ["chromium", "chromium_headless_shell"].some((name) => existsSync(join(cache, `${name}-${revision}`)))) return { kind: "own" };
  const path = PROGRAMS.find((one) => existsSync(one)) ?? onPath(NAMES, from) ?? ELSEWHERE.find((one) => existsSync(one));
  return path === undefined ? undefined : { kind: "system", path };
}

/** What to do where there is none. */
export const NO_CHROMIUM = `No Chromium is here: \`npx playwright install chromium\`, your system's package of that name, or its path in ${BROWSER_VARIABLE}`;

/** The recorder of videos: Playwright's own, or the system's with the folder name Playwright looks for. Undefined where there is none, and then there is no video. */
export function findRecorder(playwrightFolder: string, from: Variables = process.env): { readonly own: true } | { readonly own: false; readonly path: string; readonly folder: string } | undefined {
  const [cache, revision] = [browserCache(from), revisionOf(playwrightFolder, "ffmpeg")];
  if (revision === undefined) return undefined;
  if (cache !== undefined && existsSync(join(cache, `ffmpeg-${revision}`))) return { own: true };
  const path = cache === undefined && process.platform === "linux" ? onPath(["ffmpeg"], from) : undefined;
  return path === undefined ? undefined : { own: false, path, folder: `ffmpeg-${revision}` };
}

/** Where Playwright keeps browsers on this machine; undefined when there is no such folder. */
function browserCache(from: Variables): string | undefined {
  const folder = from["PLAYWRIGHT_BROWSERS_PATH"] ?? join(from["HOME"] ?? "/nonexistent", ".cache", "ms-playwright");
  return existsSync(folder) ? folder : undefined;
}

function onPath(names: readonly string[], from: Variables): string | undefined {
  const folders = (from["PATH"] ?? from["Path"] ?? "/usr/bin:/bin").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path) && statSync(path).isFile());
}

const MANIFEST_LIMIT = 1_000_000;

/** The revision of a program that this Playwright wants, by its own list. */
function revisionOf(playwrightFolder: string, name: string): string | undefined {
  try {
    const outer = createRequire(join(playwrightFolder, "package.json"));
    const inner = createRequire(outer.resolve("playwright/package.json"));
    const list = join(dirname(inner.resolve("playwright-core/package.json")), "browsers.json");
    if (statSync(list).size > MANIFEST_LIMIT) return undefined;
    const { browsers } = JSON.parse(readFileSync(list, "utf8")) as { readonly browsers?: readonly { readonly name?: unknown; readonly revision?: unknown }[] };
    const revision = browsers?.find((one) => one.name === name)?.revision;
    return typeof revision === "string" && /^\d{1,8}$/.test(revision) ? revision : undefined;
  } catch {
    return undefined; // laid out in another way: then the system's own are taken
  }
}
