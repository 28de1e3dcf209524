import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { secretHint } from "#change";
import { base62Checksum, crc16 } from "./checksums.ts";
import { allFormats } from "./formats/all-formats.ts";
import { makeSecretScanner } from "./scan-secrets.ts";
import { cpuMs } from "../../../../../tests/support/cpu-time.ts";

// Every planted secret is put together here, at run time, so that no scanner of a code host takes this file for a leak.
const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

let state = 42;
const next = (below: number): number => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return (state >>> 8) % below;
};
const random = (length: number, alphabet = BASE62): string => Array.from({ length }, () => alphabet[next(alphabet.length)]).join("");
const hex = (length: number): string => random(length, "0123456789abcdef");
const upper = (length: number): string => random(length, BASE62.slice(0, 36));
const digits = (length: number): string => random(length, "123456789");
const checked = (): string => {
  const body = random(30);
  return body + base62Checksum(body);
};
const base64url = (text: string): string => Buffer.from(text).toString("base64url");

function nkey(): string {
  const body = Uint8Array.from([0x90, 0x00, ...Array.from({ length: 32 }, () => next(256))]); // "SU"
  body[0] = 18 << 3;
  body[1] = 20 << 3;
  const crc = crc16(body);
  let bits = [...body, crc & 0xff, crc >> 8].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  bits = bits.padEnd(Math.ceil(bits.length / 5) * 5, "0");
  return (bits.match(/.{5}/g) ?? []).map((five) => BASE32[parseInt(five, 2)]).join("");
}

/** A real-looking secret for each rule, and the same with a stand-in where one exists. */
const planted: Readonly<Record<string, () => string>> = {
  "github-token": () => `${"gh"}p_${checked()}`,
  "github-fine-grained-token": () => `${"github"}_pat_${random(22)}_${random(59)}`,
  "gitlab-token": () => `${"gl"}pat-${random(20)}`,
  "azure-devops-token": () => `${random(76)}${"AZ"}DO${random(4)}`,
  "atlassian-token": () => `${"ATATT"}3xFfGF0${random(160)}=${upper(8).replace(/[G-Z]/g, "A")}`,
  "npm-token": () => `${"npm"}_${checked()}`,
  "npmrc-token": () => `//registry.example.com/:_auth${"Token"}=${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`,
  "pypi-token": () => `${"pypi"}-AgEIcHlwaS5vcmc${random(120)}`,
  "rubygems-key": () => `${"rubygems"}_${hex(48)}`,
  "docker-token": () => `${"dckr"}_pat_${random(27)}`,
  "nuget-key": () => `oy2${random(43, "0123456789abcdefghijklmnopqrstuvwxyz")}`,
  "artifactory-key": () => `AKCp${random(69)}`,
  "clojars-token": () => `CLOJARS_${random(60, "0123456789abcdefghijklmnopqrstuvwxyz")}`,
  "azure-storage-key": () => `AccountName=shop;Account${"Key"}=${random(86)}==;EndpointSuffix=core`,
  "azure-bus-key": () => `SharedAccess${"Key"}=${random(43)}=`,
  "azure-client-secret": () => `${random(3)}8Q~${random(33)}`,
  "google-api-key": () => `${"AI"}za${random(35)}`,
  "google-client-secret": () => `${"GOC"}SPX-${random(28)}`,
  "google-refresh-token": () => `1//0${random(70)}`,
  "digitalocean-token": () => `${"dop"}_v1_${hex(64)}`,
  "databricks-token": () => `${"dap"}i${hex(32)}`,
  "vault-token": () => `${"hv"}s.${random(95)}`,
  "terraform-cloud-token": () => `${random(14)}.${"atlas"}v1.${random(67)}`,
  "heroku-key": () => `${"HRKU"}-AA${random(58)}`,
  "planetscale-token": () => `${"pscale"}_tkn_${random(43)}`,
  "supabase-token": () => `${"sb"}p_${hex(40)}`,
  "pulumi-token": () => `${"pu"}l-${hex(40)}`,
  "openai-key": () => `${"sk"}-proj-${random(58)}T3Blbk${"FJ"}${random(58)}`,
  "anthropic-key": () => `${"sk"}-ant-api03-${random(93)}AA`,
  "hugging-face-token": () => `${"h"}f_${random(34, BASE62.slice(10))}`,
  "replicate-token": () => `${"r"}8_${random(37)}`,
  "groq-key": () => `${"gs"}k_${random(52)}`,
  "xai-key": () => `${"xa"}i-${random(80)}`,
  "perplexity-key": () => `${"ppl"}x-${random(48)}`,
  "slack-token": () => `${"xox"}b-${digits(12)}-${digits(13)}-${random(24)}`,
  "slack-app-token": () => `${"xap"}p-1-A${upper(10)}-${digits(13)}-${hex(64)}`,
  "slack-webhook": () => `https://${"hooks"}.slack.com/services/T${upper(10)}/B${upper(10)}/${random(24)}`,
  "discord-webhook": () => `https://${"discord"}.com/api/webhooks/${digits(18)}/${random(68)}`,
  "discord-bot-token": () => `${base64url(digits(18))}.${random(6)}.${random(38)}`,
  "telegram-bot-token": () => `${digits(9)}:AA${random(33)}`,
  "stripe-key": () => `${"sk"}_live_${random(24)}`,
  "shopify-token": () => `${"shp"}at_${hex(32)}`,
  "square-secret": () => `${"sq0"}csp-${random(43)}`,
  "sendgrid-key": () => `${"S"}G.${random(22)}.${random(43)}`,
  "mailchimp-key": () => `${hex(32)}-us${digits(2)}`,
  "brevo-key": () => `${"xkey"}sib-${hex(64)}-${random(16)}`,
  "mailgun-key": () => `MAILGUN_API_KEY=key-${hex(32)}`,
  "twilio-secret": () => `TWILIO_AUTH_TOKEN=${hex(32)}`,
  "linear-key": () => `${"lin"}_api_${random(40)}`,
  "notion-token": () => `${"nt"}n_${digits(11)}${random(35)}`,
  "airtable-token": () => `${"pa"}t${random(14)}.${hex(64)}`,
  "postman-key": () => `${"PM"}AK-${hex(24)}-${hex(34)}`,
  "new-relic-key": () => `${"NR"}AK-${upper(27)}`,
  "grafana-token": () => `${"gl"}sa_${random(32)}_${hex(8)}`,
  "sentry-token": () => `${"sntr"}yu_${hex(64)}`,
  "dynatrace-token": () => `${"dt0"}c01.${random(24, BASE32)}.${random(64, BASE32)}`,
  "figma-token": () => `${"fig"}d_${random(40)}`,
  "1password-token": () => `${"op"}s_${base64url(JSON.stringify({ email: "a@b.example", secretKey: random(40), signInAddress: "acme.1password.com", muk: { k: random(90) } }))}`,
  "nats-seed": nkey,
  "age-key": () => `AGE-SECRET-${"KEY"}-1${random(58, "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L")}`,
  "database-password": () => `postgres${"://"}shop:${random(18)}@db.eu-west-1.rds.amazonaws.com:5432/shop`,
  "address-password": () => `https${"://"}deploy:${random(18)}@packages.acme-corp.io/npm/`,
  "supabase-service-key": () => `${base64url('{"alg":"HS256","typ":"JWT"}')}.${base64url(`{"iss":"supabase","ref":"${random(20).toLowerCase()}","role":"service_role","iat":1}`)}.${random(43)}`,
};

const scan = async (texts: readonly string[], file = "src/config.ts") =>
  (await makeSecretScanner().scan(
    texts.map((text, index) => ({ file, line: index + 1, text })),
    "0".repeat(40),
  )).sightings;

test.each(allFormats.map(({ rule }) => rule))("finds a planted %s, never says it aloud, and the hint lets no such line pass", async (rule) => {
  // A random value may by chance look less than random; of five, four must be seen.
  const seen = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const line = `export const setting = "${planted[rule]?.() ?? ""}";`;
      const sightings = await scan([line]);
      if (sightings.length === 0) return 0;
      expect(secretHint(line)).toBe(true);
      expect(sightings.map((sighting) => sighting.rule)).toEqual([rule]);
      const secret = /"(.*)"/.exec(line)?.[1] ?? "";
      expect(JSON.stringify(sightings)).not.toContain(secret.slice(-12, -3));
      return 1;
    }),
  );
  expect(seen.filter(Boolean).length).toBeGreaterThanOrEqual(4);
});

test.each(allFormats.map(({ rule }) => rule))("stays quiet when a %s is a stand-in", async (rule) => {
  const real = planted[rule]?.() ?? "";
  const letters = (text: string, by: (at: number) => string): string => [...text].map((character, at) => (at >= 12 && /[A-Za-z0-9]/.test(character) ? by(at) : character)).join("");
  for (const standIn of [letters(real, () => "x"), letters(real, (at) => "abcdefghijklmnop"[at % 16] ?? ""), letters(real, (at) => "1234567890"[at % 10] ?? "")]) {
    expect(await scan([`export const setting = "${standIn}";`])).toEqual([]);
  }
});

test.each([
  `AWS_ACCESS_KEY_ID=${"AKIA"}IOSFODNN7EXAMPLE AWS_SECRET_ACCESS_KEY=${"wJalrXUtnFEMI"}/K7MDENG/bPxRfiCYEXAMPLEKEY`,
  `DATABASE_URL=postgres${"://"}postgres:postgres@localhost:5432/app`,
  `DATABASE_URL=postgres${"://"}user:\${DB_PASSWORD}@db.acme-corp.io/app`,
  `DATABASE_URL=mysql${"://"}root:x7Gh2kLq9ZpR4w@db/app`,
  `git clone https${"://"}<user>:<token>@github.com/acme/shop`,
  `https${"://"}user:pass@example.com/`,
  `token: \${{ secrets.GITHUB_TOKEN }}`,
  `"integrity": "sha512-${Buffer.from("0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopq.").toString("base64")}"`,
  `see https://acme.s3.amazonaws.com/a.zip?AWSAccessKeyId=${"AKIA"}J2VKX4QWZT5NBHR6&Signature=abc`,
  `commit 3f1c2aa0b7d9e8f6a5b4c3d2e1f0a9b8c7d6e5f4`,
])("stays quiet about %s", async (line) => {
  expect(await scan([line])).toEqual([]);
});

test("a GitHub token whose checksum is wrong was never issued", async () => {
  expect(await scan([`${"gh"}p_${random(36)}`])).toEqual([]);
});

test("an AWS secret is found next to its id, or by its name, and not on its own", async () => {
  const secret = `${random(20)}/${random(19)}`;
  expect(await scan([`id = "${"AKIA"}${random(16, BASE32)}"`, "", `secret = "${secret}"`])).toMatchObject([{ rule: "aws-secret-key", place: { line: 3 } }]);
  expect(await scan([`aws_secret_access_key = ${secret}`])).toHaveLength(1);
  expect(await scan([`checksum = "${secret}"`])).toEqual([]);
});

const pem = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs8", format: "pem" }).toString().trim();

test.each([
  ["in a file of its own", pem.split("\n")],
  ["in one string", [`key: ${JSON.stringify(pem)},`]],
  ["in one string per line", pem.split("\n").map((line) => `    + "${line}\\n"`)],
  ["in one string per line, plus signs behind", pem.split("\n").map((line) => `    "${line}\\n" +`)],
  ["indented in YAML", ["key: |", ...pem.split("\n").map((line) => `  ${line}`)]],
])("finds a private key %s, once, from marker to marker", async (_, lines) => {
  const [first, ...more] = await scan(lines, "deploy/server.key");
  expect(more).toEqual([]);
  expect(first).toMatchObject({ rule: "private-key", strength: "generated" });
  expect(first?.hash).toBe((await scan(pem.split("\n")))[0]?.hash);
});

test.each([
  ["an encrypted key", generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "p" }).toString()],
  ["a public key", generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ type: "spki", format: "pem" }).toString()],
  ["a truncated key", [...pem.split("\n").slice(0, 4), "...", "-----END PRIVATE KEY-----"].join("\n")],
  ["a key said to be fake", pem.replace("-----\n", "----- fake\n")],
  ["a marker in prose", "paste everything from -----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY-----"],
])("stays quiet about %s", async (_, text) => {
  expect(await scan(text.split("\n"))).toEqual([]);
});

test("a documentation line that says example is believed, a checksum is not argued away", async () => {
  const stripe = planted["stripe-key"]?.() ?? "";
  expect(await scan([`Use your key, for example ${stripe}`], "docs/setup.md")).toEqual([]);
  expect(await scan([`Use your key, for example ${stripe}`], "src/setup.ts")).toHaveLength(1);
  expect(await scan([`Use your key, for example ${planted["github-token"]?.() ?? ""}`], "docs/setup.md")).toHaveLength(1);
});

test("a deleted and an added copy share one identity; a rotated password does not", async () => {
  const line = (password: string): string => `redis${"://"}app:${password}@cache.acme-corp.io:6379`;
  const [first, second] = [random(16), random(16)];
  const { sightings } = await makeSecretScanner().scan(
    [
      { file: "a.ts", line: 1, text: line(first), side: "base" },
      { file: "b.ts", line: 9, text: line(first), side: "head" },
      { file: "c.ts", line: 9, text: line(second), side: "head" },
    ],
    "0".repeat(40),
  );
  const [base, moved, rotated] = sightings;
  expect(moved?.hash).toBe(base?.hash);
  expect(rotated?.hash).not.toBe(base?.hash);
});

test("a ten-megabyte line is searched in linear time and the secret in its middle is found", async () => {
  const secret = planted["stripe-key"]?.() ?? "";
  const hostile = "const a=b(c,{d:1});x://y:z@".repeat(370_000);
  const started = cpuMs();
  await scan([`${hostile}"${secret}"`], "dist/app.js");
  expect(cpuMs() - started).toBeLessThan(15_000);
  const minified = "const a=b(c,{d:1});".repeat(260_000);
  expect(await scan([`${minified}"${secret}"${minified}`], "dist/app.js")).toHaveLength(1);
});

test("no text makes the scanner throw or repeat what it was given", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^(:\/\/|AKIA|-----BEGIN |xoxb-|eyJ|=|@|A)*$/)), { maxLength: 20 }), async (lines) => {
      expect(await scan(lines)).toBeInstanceOf(Array);
    }),
  );
});
