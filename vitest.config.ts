import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["packages/*/src/**/*.test.ts", "tests/**/*.test.ts", "tools/**/*.test.ts", "eval/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/fixtures/**", "**/dist/**"],
    testTimeout: 30_000,
    maxWorkers: 2,
  },
});
