import { expect, test } from "vitest";
import { effectiveAreas, type Area } from "#intent";
import { diffOf } from "../../../../tests/support/diff-of.ts";
import { areasOfFiles } from "./areas.ts";
import type { FileKind } from "./change.ts";
import { changedCode } from "./code/changed-code.ts";
import { languageOf } from "./code/language.ts";
import { fileKind } from "./kinds/file-kind.ts";
import { cpuMs } from "../../../../tests/support/cpu-time.ts";

function areasFor(
  path: string,
  line = "",
  { kind = fileKind(path), areas = effectiveAreas([]) }: { readonly kind?: FileKind; readonly areas?: readonly Area[] } = {},
): readonly string[] {
  const file = diffOf(path, "", `${line}\n`);
  const language = languageOf(path);
  return areasOfFiles(areas)({ path, kind }, language ? changedCode(file, language) : []);
}

test.each([
  ["authentication", "src/a.ts", "const claims = jwt.verify(token, key);"],
  ["authentication", "src/a.js", "if (await bcrypt.compare(given, stored)) return user;"],
  ["authentication", "src/a.go", "err := bcrypt.CompareHashAndPassword(hash, given)"],
  ["authentication", "app/a.py", "    if check_password_hash(user.hash, given):"],
  ["access-control", "src/A.java", '@PreAuthorize("hasRole(ADMIN)")'],
  ["access-control", "src/a.cs", '[Authorize(Roles = "Admin")]'],
  ["access-control", "src/a.ts", "if (!user.hasPermission('orders:write')) throw denied();"],
  ["payment", "src/a.ts", "await stripe.paymentIntents.create({ amount });"],
  ["payment", "app/a.rb", "Stripe::Charge.create(amount: total)"],
  ["cryptography", "src/a.ts", "const cipher = createCipheriv('aes-256-gcm', key, iv);"],
  ["cryptography", "src/a.ts", "return timingSafeEqual(a, b);"],
  ["cryptography", "src/a.ts", "await crypto.subtle.deriveKey(params, base, algorithm, false, usages);"],
  ["cryptography", "src/a.py", "digest = hmac.new(key, body, sha256)"],
  ["concurrency", "src/a.go", "var mu sync.Mutex"],
  ["concurrency", "src/a.ts", "Atomics.wait(flags, 0, 1);"],
])("%s is known by what a line of %s does: %s", (area, path, line) => {
  expect(areasFor(path, line)).toContain(area);
});

/** The same words in parsers, test runners, caches and tools. */
test.each([
  ["src/parser.ts", "const token = this.tokens.next();"],
  ["src/runner.ts", "const session = new TestSession(config);"],
  ["src/lock.ts", "const lock = await readLockfile(dir);"],
  ["src/map.ts", "for (const key of map.keys()) sign(key);"],
  ["src/cache.ts", "const id = createHash('md5').update(text).digest('hex');"],
  ["src/cache.ts", "const digest = await crypto.subtle.digest('SHA-1', bytes);"],
  ["src/id.ts", "return crypto.randomUUID();"],
  ["src/math.ts", "const sign = Math.sign(delta);"],
  ["src/git.ts", "await git.checkout(branch);"],
  ["src/router.ts", "const verify = route.verify(url);"],
  ["src/graphql.ts", "schema.subscriptions.create(field);"],
  ["src/driver.ts", "query = `ALTER TABLE ${table} ADD COLUMN ${column}`;"],
  ["src/a.ts", "// call jwt.verify(token) here"],
  ["src/a.ts", "stripes.customers = 3;"],
  ["src/color.ts", "const cipherText = label;"],
  ["src/worker.ts", "const pool = new Worker(file);"],
])("%s: %s belongs to no area", (path, line) => {
  expect(areasFor(path, line)).toEqual([]);
});

test.each([
  ["test/auth/login.test.ts", "jwt.verify(token, key)"],
  ["docs/auth/login.md", ""],
  ["examples/auth/server.ts", "jwt.verify(token, key)"],
  ["src/__fixtures__/auth/a.ts", "bcrypt.compare(a, b)"],
  ["dist/auth.js", "jwt.verify(token, key)"],
  ["src/auth/types.d.ts", ""],
  ["app/views/payments/_form.html.erb", ""],
  ["src/login/login.css", ""],
  ["scripts/auth/setup.ts", ""],
])("%s carries no risk of its own", (path, line) => {
  expect(areasFor(path, line)).toEqual([]);
});

test("settings may be infrastructure or a public interface", () => {
  expect(areasFor("Dockerfile")).toEqual(["infrastructure"]);
  expect(areasFor("api/openapi.yaml")).toEqual(["public-api"]);
});

test("a migration is one by its kind", () => {
  expect(areasFor("db/migrate/20260815000002_add_users.rb", "add_column :users, :email, :string")).toEqual(["migration"]);
});

test("a declared area takes every kind its globs name, and turns off the built-in one's signs", () => {
  const declared: Area = { name: "authentication", paths: ["identity/**"], risk: "high", owners: [], declared: true };
  const areas = effectiveAreas([declared]);
  expect(areasFor("identity/README.md", "", { areas })).toEqual(["authentication"]);
  expect(areasFor("src/a.ts", "jwt.verify(token, key)", { areas })).toEqual([]);
});

test("a file moved out of an area still belongs to it", () => {
  const areasOf = areasOfFiles(effectiveAreas([]));
  expect(areasOf({ path: "src/session.ts", basePath: "src/auth/session.ts", kind: "source" }, [])).toEqual(["authentication"]);
});

test("hostile lines are looked at in no time", () => {
  const started = cpuMs();
  for (const line of ["ALTER TABLE ".repeat(1e5), "stripe.".repeat(1e5), "a".repeat(1e6), "@PreAuthorize".repeat(1e4)]) areasFor("src/a.ts", line);
  expect(cpuMs() - started).toBeLessThan(2_000);
});
