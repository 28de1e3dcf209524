import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { settingsText, type Settings } from "./playwright.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "playwright-settings-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Taken {
  readonly use?: Record<string, unknown> & { readonly launchOptions?: Record<string, unknown> };
  readonly outputDir?: string;
  readonly testDir?: string;
  readonly projects?: readonly (Taken & { readonly name?: string })[];
}

/** What Playwright would read: the project's settings as ours take them over. */
async function taken(own: string, text: string, settings: Partial<Settings> = {}): Promise<Taken> {
  writeFileSync(join(folder, own), text);
  const ours = join(folder, own.replace("playwright.config", "ours"));
  writeFileSync(ours, settingsText(own, { output: "/out", short: join(folder, "b"), use: { trace: "on" }, ...settings }));
  return /\.cjs$/.test(own) ? (createRequire(import.meta.url)(ours) as Taken) : ((await import(pathToFileURL(ours).href)) as { default: Taken }).default;
}

const PROJECTS = `{ testDir: "e2e", use: { trace: "off", baseURL: "http://x", launchOptions: { slowMo: 1 } }, projects: [
  { name: "desktop", outputDir: "own", use: { video: "off", channel: "chrome", launchOptions: { args: ["--a"] } } },
  { name: "fox", use: { browserName: "firefox" } }, { name: "safari", use: { defaultBrowserType: "webkit" } } ] }`;

test.each([
  ["playwright.config.mjs", `export default ${PROJECTS};`],
  ["playwright.config.cjs", `module.exports = ${PROJECTS};`],
  ["playwright.config.mjs", `const made = ${PROJECTS}; export default { default: made };`],
])("%s is taken over: ours wins, the rest is theirs", async (own, text) => {
  const made = await taken(own, text);
  expect(made).toMatchObject({ testDir: "e2e", outputDir: "/out", use: { trace: "on", baseURL: "http://x" } });
  expect(made.projects?.map(({ name, outputDir, use }) => [name, outputDir, use?.["trace"], use?.["video"]])).toEqual([["desktop", undefined, "on", "off"], ["fox", undefined, "on", undefined], ["safari", undefined, "on", undefined]]);
});

test("with a browser of the system, only projects of Chromium are left, and they start that one", async () => {
  const made = await taken("playwright.config.mjs", `export default ${PROJECTS};`, { executable: "/usr/bin/some-chromium" });
  expect(made.projects?.map(({ name }) => name)).toEqual(["desktop"]);
  const [{ use } = {}] = made.projects ?? [];
  expect(use).not.toHaveProperty("channel");
  expect(use?.launchOptions).toMatchObject({ executablePath: "/usr/bin/some-chromium", slowMo: 1, args: ["--a"] });
  expect((use?.launchOptions?.["env"] as Record<string, string>)["TMPDIR"]?.length).toBeLessThan(62);
});

test("settings without projects, and none to speak of, are fine", async () => {
  expect(await taken("playwright.config.mjs", "export default {};", { executable: "/x" })).toMatchObject({ use: { trace: "on", launchOptions: { executablePath: "/x" } } });
});
