import { expect, test } from "vitest";
import type { Area } from "./area.ts";
import { compileAreas } from "./area-matcher.ts";
import { DEFAULT_AREAS, effectiveAreas } from "./default-areas.ts";

const areasOf = compileAreas(DEFAULT_AREAS);
const namesOf = (path: string): readonly string[] => areasOf(path).map((area) => area.name);

test.each([
  ["authentication", "src/auth/index.ts"],
  ["authentication", "src/Auth.js"],
  ["authentication", "src/Adapters/Auth/ldap.js"],
  ["authentication", "app/controllers/AuthController.java"],
  ["authentication", "src/hooks/useAuth.ts"],
  ["authentication", "lib/OAuth2Client.ts"],
  ["authentication", "src/requests/auth.py"],
  ["authentication", "server/login.go"],
  ["authentication", "src/routes/forgot-password.tsx"],
  ["authentication", "config/passport.js"],
  ["access-control", "src/permissions/check.ts"],
  ["access-control", "internal/rbac/policy.go"],
  ["access-control", "app/policies/post_policy.rb"],
  ["access-control", "api/admin/roles_controller.rb"],
  ["payment", "app/models/spree/payment/processing.rb"],
  ["payment", "src/billing/index.ts"],
  ["payment", "services/stripe.ts"],
  ["payment", "src/PaymentService.kt"],
  ["payment", "server/refund_handler.go"],
  ["cryptography", "src/encryption/aes.ts"],
  ["infrastructure", "deploy/terraform/main.tf"],
  ["infrastructure", "Dockerfile"],
  ["infrastructure", "docker-compose.prod.yml"],
  ["public-api", "api/openapi.yaml"],
  ["public-api", "proto/user.proto"],
  ["concurrency", "src/mutex.ts"],
  ["shared-library", "packages/shared/src/a.ts"],
])("%s: %s", (area, path) => {
  expect(namesOf(path)).toContain(area);
});

/** Words that mean something else in parsers, test runners, package managers and Git tools. */
test.each([
  "src/authors/list.ts",
  "src/author.ts",
  "src/parser/token.ts",
  "src/tokenizer.ts",
  "lib/session.js",
  "src/test-runner/session.ts",
  "src/lockfile/lock.ts",
  "src/yarn-lock.ts",
  "src/map/key.ts",
  "src/keys.ts",
  "src/git/checkout.ts",
  "src/graphql/subscriptions.ts",
  "packages/router/src/navigationGuards.ts",
  "src/router/guards.ts",
  "src/policies.ts",
  "src/utils/hash.ts",
  "lib/accept.js",
  "src/signals/signal.ts",
  "src/access.ts",
  "src/logging/logger.ts",
  "src/ledger.ts",
  "src/charge-particle.ts",
  "src/threads.md",
  "src/author-login-free.ts",
])("%s belongs to no area", (path) => {
  expect(namesOf(path)).toEqual([]);
});

test("a declared area replaces the built-in one of its name and reads paths as they stand", () => {
  const declared: Area = { name: "authentication", paths: ["src/Identity/**"], risk: "medium", owners: ["@acme/id"], declared: true };
  const areas = effectiveAreas([declared]);
  expect(areas.filter((area) => area.name === "authentication")).toEqual([declared]);
  const compiled = compileAreas(areas);
  expect(compiled("src/Identity/a.ts").map((area) => area.name)).toEqual(["authentication"]);
  expect(compiled("src/identity/a.ts")).toEqual([]);
  expect(compiled("src/auth/a.ts")).toEqual([]);
});

test("the built-in areas cover what the product promises, each once", () => {
  expect(DEFAULT_AREAS.map((area) => area.name)).toEqual([
    "authentication",
    "access-control",
    "payment",
    "migration",
    "cryptography",
    "infrastructure",
    "public-api",
    "concurrency",
    "shared-library",
  ]);
  expect(DEFAULT_AREAS.every((area) => !area.declared && area.owners.length === 0)).toBe(true);
});
