import { defineConfig, devices } from "@playwright/test";

// A browser of the system instead of Playwright's own, where that is not installed.
const executablePath = process.env.PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH;
const port = Number(process.env.PORT ?? 4173);

export default defineConfig({
  testDir: "e2e",
  // One database for all: one after the other.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: "list",
  use: { baseURL: `http://127.0.0.1:${port}`, launchOptions: { ...(executablePath && { executablePath }) } },
  projects: [{ name: "chromium", use: { ...devices["Desktop Chrome"] } }],
  webServer: { command: "node src/start.js", url: `http://127.0.0.1:${port}/healthz`, env: { PORT: String(port) }, gracefulShutdown: { signal: "SIGTERM", timeout: 10_000 } },
});
