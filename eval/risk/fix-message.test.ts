import { expect, it } from "vitest";
import { saysFix } from "./fix-message.ts";

it.each([
  "fix: total is wrong for empty carts",
  "fix(core)!: release the lock",
  "Fixed crash on empty input",
  "Handle null bodies\n\nFixes #12",
  "Incorrect rounding of prices",
])("takes %j for a fix", (message) => {
  expect(saysFix(message)).toBe(true);
});

it.each([
  "feat: add carts (fixes #3)",
  "fix(deps): update all",
  "fix(docs): link",
  "docs: fix typo",
  "Fix typo in readme",
  "Fix lint errors",
  "fix failing tests on windows",
  'Revert "fix: total"',
  "Add a prefix option",
  "",
  "chore: fix release script",
])("takes %j for no fix of the product", (message) => {
  expect(saysFix(message)).toBe(false);
});
