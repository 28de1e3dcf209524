import { randomUUID } from "node:crypto";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { findChromium, findRecorder, NO_CHROMIUM } from "../browser.ts";
import { node, type Driver, type DriverRequest } from "./driver.ts";

/** Names Playwright's own settings go by. */
export const PLAYWRIGHT_CONFIG = /^playwright\.config\.[cm]?[jt]s$/;

/** Starts Playwright with the project's own settings, our reporter, a browser that is here, and everything kept that people look at afterwards. */
export const playwright: Driver = {
  package: "@playwright/test",
  since: "1.40.0",
  unable: ({ tool }) => (tool && findChromium(tool.folder) === undefined ? { kind: "environment", message: NO_CHROMIUM } : undefined),
  invocations: (request) => {
    const { cwd, root, files, selected, start, tool } = request;
    const own = files.map((path) => join(root, path)).find((path) => dirname(path) === cwd && PLAYWRIGHT_CONFIG.test(basename(path)));
    const browsers = request.attachments === true && tool ? recorderFolder(request, tool.folder) : undefined;
    const config = own === undefined ? [] : ["--config", writeSettings(own, settingsFor(request, browsers !== undefined))];
    const argv = node(request, tool?.script ?? "", "test", ...(start.options ?? []), ...config, `--reporter=${request.reporter}`, ...(selected ?? []).map(asPattern));
    return [{ argv, ...(typeof browsers === "string" && { env: { PLAYWRIGHT_BROWSERS_PATH: browsers } }) }];
  },
};

/** Playwright reads its arguments as patterns over whole paths. */
const asPattern = (path: string): string => `${path.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`;

/** What is put in the place of the project's own settings. */
export interface Settings {
  /** Absolute path of the browser to start instead of Playwright's own. */
  readonly executable?: string;
  readonly output: string;
  /** A folder with a short name for the browser's own temporary files. */
  readonly short: string;
  readonly use: Readonly<Record<string, unknown>>;
}

function settingsFor({ tool, reporter, attachments, cacheFolder }: DriverRequest, video: boolean): Settings {
  const found = tool && findChromium(tool.folder);
  return {
    ...(found?.path !== undefined && { executable: found.path }),
    output: join(dirname(reporter), "output"),
    // Beside the trees of this session: a socket's path has at most 107 characters, and Chromium opens one below its temporary folder.
    short: resolve(cacheFolder, "../../../b"),
    use: attachments === true ? { trace: "on", screenshot: "on", video: video ? "on" : "off" } : {},
  };
}

/** True where Playwright's own recorder is there; a folder of ours that leads to the system's; undefined where nothing records. */
function recorderFolder({ cacheFolder }: DriverRequest, playwrightFolder: string): string | true | undefined {
  const found = findRecorder(playwrightFolder);
  if (found === undefined || found.own) return found?.own;
  const folder = join(cacheFolder, `browsers-${randomUUID()}`);
  mkdirSync(join(folder, found.folder), { recursive: true });
  symlinkSync(found.path, join(folder, found.folder, "ffmpeg-linux"));
  return folder;
}

/**
 * Settings beside the project's own, in the tree of ours, that take these over and change what its people would have to change by hand. Beside, because
 * every relative path in them is read from there. By a name nobody can know: code of the tree may have run, and left links.
 */
function writeSettings(own: string, settings: Settings): string {
  const path = join(dirname(own), `.playwright.proofline-${randomUUID()}${extname(own)}`);
  writeFileSync(path, settingsText(basename(own), settings), { flag: "wx" });
  return path;
}

/** The text of such a file: in the module kind of the one it takes over. */
export function settingsText(own: string, settings: Settings): string {
  const isCommonJs = /\.c[jt]s$/.test(own);
  const from = JSON.stringify(`./${own}`);
  const [take, give] = isCommonJs ? [`const { mkdirSync } = require("node:fs");\nconst given = require(${from});`, "module.exports ="] : [`import { mkdirSync } from "node:fs";\nimport * as given from ${from};`, "export default"];
  return `${take}\nconst settings = ${JSON.stringify(settings)};\n${APPLY}\n${give} apply(given);\n`;
}

const APPLY = String.raw`
function temporary() {
  if (process.platform === "win32" || settings.executable === undefined) return {};
  try {
    mkdirSync(settings.short, { recursive: true });
    return { TMPDIR: settings.short };
  } catch {
    return { TMPDIR: "/tmp" }; // under strict isolation, where it is a folder of the run alone
  }
}
function apply(given) {
  let own = given;
  for (let depth = 0; depth < 3 && own.default && typeof own.default === "object"; depth++) own = own.default;
  const over = (use, base) => {
    const all = { ...use, ...settings.use };
    if (settings.executable === undefined) return all;
    delete all.channel;
    return { ...all, launchOptions: { ...base, ...use.launchOptions, executablePath: settings.executable, env: { ...process.env, ...(base.env || {}), ...((use.launchOptions && use.launchOptions.env) || {}), ...temporary() } } };
  };
  const base = (own.use && own.use.launchOptions) || {};
  const nameOf = (use) => use.browserName || (own.use && own.use.browserName) || use.defaultBrowserType || (own.use && own.use.defaultBrowserType) || "chromium";
  const wanted = (project) => settings.executable === undefined || nameOf(project.use || {}) === "chromium";
  return {
    ...own,
    outputDir: settings.output,
    use: over(own.use || {}, base),
    ...(own.projects && { projects: own.projects.filter(wanted).map(({ outputDir, ...project }) => ({ ...project, use: over(project.use || {}, base) })) }),
  };
}`;
