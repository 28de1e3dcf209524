import { cpSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findChromium, NO_CHROMIUM } from "../../packages/core/src/adapters/runners/browser.ts";

const modules = fileURLToPath(new URL("../../node_modules", import.meta.url));

/** Chromium for tests with a real browser, or why there is none. Installed by nobody here: `.ci/run` does that. */
export function chromiumHere(): { readonly there: true } | { readonly there: false; readonly why: string } {
  const folder = join(modules, "@playwright", "test");
  if (!existsSync(folder)) return { there: false, why: "@playwright/test is not installed: npm ci" };
  if (findChromium(folder)) return { there: true };
  return { there: false, why: NO_CHROMIUM };
}

/** Copies installed packages into a test's repository: no installation, and no link out of it. */
export function bringPackages(repo: string, names: readonly string[]): void {
  for (const name of names) {
    const to = join(repo, "node_modules", name);
    mkdirSync(dirname(to), { recursive: true });
    cpSync(join(modules, name), to, { recursive: true, dereference: true });
  }
}

/** What Playwright consists of. */
export const PLAYWRIGHT = ["@playwright/test", "playwright", "playwright-core"] as const;
