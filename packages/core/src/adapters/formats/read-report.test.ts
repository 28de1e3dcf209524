import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isProoflineError } from "#kernel";
import type { Evidence, ReportContext, TestRun } from "#evidence";
import { createReportReader } from "./index.ts";
import { cpuMs } from "../../../../../tests/support/cpu-time.ts";

const folder = fileURLToPath(new URL("./fixtures/", import.meta.url));
const NOON = Date.parse("2026-11-21T12:00:00Z");

const read = (
  content: string | Uint8Array,
  about: Partial<ReportContext> & { readonly path?: string; readonly modifiedAt?: number } = {},
): Promise<readonly Evidence[]> => {
  const { path = "report", modifiedAt = NOON, ...context } = about;
  return createReportReader().read(
    { path, bytes: typeof content === "string" ? Buffer.from(content) : content, modifiedAt },
    { subject: "tree", root: "/home/ci/shop", ...context },
  );
};

const code = async (content: string | Uint8Array, about: Parameters<typeof read>[1] = {}): Promise<string> => {
  try {
    await read(content, about);
    return "read";
  } catch (error) {
    if (!isProoflineError(error)) throw error;
    expect(error.message).toContain(about.path ?? "report");
    expect(error.fix.length).toBeGreaterThan(10);
    return error.code;
  }
};

const JUNIT = '<testsuites><testsuite name="a"><testcase name="x" classname="a"/></testsuite></testsuites>';
const LCOV = "SF:src/a.js\nDA:1,1\nend_of_record\n";
const run = async (content: string | Uint8Array, about: Parameters<typeof read>[1] = {}): Promise<TestRun> => (await read(content, about))[0] as TestRun;

describe("what can't be read is refused by name", () => {
  test.each([
    ["evidence/empty", ""],
    ["evidence/empty", " \n\t\n"],
    ["evidence/empty", "\uFEFF"],
    ["evidence/unknown-format", "hello\n"],
    ["evidence/unknown-format", "<html><body/></html>"],
    ["evidence/unknown-format", '{"some":"json"}'],
    ["evidence/unknown-format", "[]"],
    ["evidence/unreadable", "\u007fELF\u0001\u0000\u0000\u0000"],
    ["evidence/truncated", JUNIT.slice(0, -14)],
    ["evidence/truncated", JUNIT.slice(0, 40)],
    ["evidence/truncated", "<testsuites><![CDATA["],
    ["evidence/truncated", "<testsuites><!-- "],
    ["evidence/unreadable", "<testsuites></testsuite>"],
    ["evidence/unreadable", "<testsuite name=a></testsuite>"],
    ["evidence/unreadable", `${JUNIT}npm ERR! code 1`],
    ["evidence/truncated", '{"results":{"summary":{},"tests":[{"name":"a"'],
    ["evidence/unreadable", '{"results":{"summary":{},,}}'],
    ["evidence/truncated", "SF:src/a.js\nDA:1,1\n"],
    ["evidence/unreadable", "SF:src/a.js\nDA:one,1\nend_of_record\n"],
    ["evidence/unreadable", "TN:\nSF:src/a.js\nBRDA:1,0\nend_of_record\n"],
    ["evidence/truncated", "mode: set\na/b.go:1.1,2.2 1 1\na/b.go:3.1,4."],
    ["evidence/unreadable", "mode: set\nnonsense\na/b.go:1.1,2.2 1 1\n"],
    ["evidence/truncated", gzipSync(Buffer.from(JUNIT)).subarray(0, 30)],
    ["evidence/unreadable", Buffer.concat([gzipSync(Buffer.from(JUNIT)).subarray(0, 12), Buffer.alloc(40, 7)])],
    ["evidence/unreadable", '{"auditReportVersion":2,"error":{"code":"ENOLOCK","summary":"This command requires an existing lockfile."}}'],
    ["evidence/truncated", '{"type":"auditAdvisory","data":{}}\n{"type":"audit'],
    ["evidence/unreadable", '{"version":"2.1.0","runs":[{}]}'],
    ["evidence/unreadable", '[{"id":"A","modified":"2024-01-01","affected":[]},{"no":"osv"}]'],
  ])("%s: %j", async (expected, content) => {
    expect(await code(content)).toBe(expected);
  });

  test("an error names the line", async () => {
    await expect(read("TN:\nSF:src/a.js\nDA:x,1\n", { path: "out/lcov.info" })).rejects.toThrow("out/lcov.info:3");
    await expect(read("<testsuites>\n<testsuite>\n</testsuites>", { path: "junit.xml" })).rejects.toThrow("junit.xml:3");
  });

  test("an unknown format lists the known ones, a summary says what to hand in", async () => {
    await expect(read("hello")).rejects.toMatchObject({ fix: expect.stringMatching(/JUnit XML.*SARIF.*lcov/) as string });
    await expect(read(readFileSync(`${folder}vitest-v8-summary.json`))).rejects.toMatchObject({
      code: "evidence/summary-only",
      fix: expect.stringContaining("lcov") as string,
    });
  });
});

describe("hostile reports are stopped, not suffered", () => {
  const lol = `<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>`;
  test.each([
    ["entity bomb", "evidence/hostile", `<?xml version="1.0"?>${lol}<testsuites>&b;</testsuites>`],
    ["external entity", "evidence/hostile", `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><testsuites>&x;</testsuites>`],
    ["parameter entity behind a comment", "evidence/hostile", `<!DOCTYPE a [<!-- " --><!ENTITY % x SYSTEM "http://example.com/">]><testsuites/>`],
    ["deep nesting", "evidence/hostile", "<testsuite>".repeat(100_000)],
    ["thousands of attributes", "evidence/hostile", `<testsuites ${Array.from({ length: 5000 }, (_, n) => `a${n}="1"`).join(" ")}/>`],
    ["one huge attribute", "evidence/hostile", `<testsuites name="${"a".repeat(17 * 1024 * 1024)}"/>`],
    ["gzip bomb", "evidence/too-large", gzipSync(Buffer.alloc(300 * 1024 * 1024, 32))],
    ["an attribute without end", "evidence/truncated", `<testsuites name="${"a".repeat(5_000_000)}`],
    ["deep JSON", "evidence/unknown-format", `${"[".repeat(500_000)}${"]".repeat(500_000)}`],
  ])("%s", async (_, expected, content) => {
    const started = cpuMs();
    expect(await code(content)).toBe(expected);
    expect(cpuMs() - started).toBeLessThan(5000);
  });

  test("a plain document type is no attack, and no entity of it is ever resolved", async () => {
    expect(
      (await run('<!DOCTYPE x PUBLIC "-//JUNIT" "junit.dtd" [<!ELEMENT a (b)>]><testsuite name="s"><testcase name="a &nbsp; &amp; &#65;"/></testsuite>'))
        .cases[0]?.id.name,
    ).toBe("a &nbsp; & A");
  });

  test("keys and names that mean something to JavaScript are names like others", async () => {
    const istanbul =
      '{"__proto__":{"statementMap":{"0":{"start":{"line":1}}},"s":{"0":1},"branchMap":{},"b":{}},"constructor":{"statementMap":{},"s":{},"branchMap":{},"b":{}}}';
    const [coverage] = await read(istanbul);
    expect(coverage?.kind === "coverage" && [...coverage.files.keys()]).toEqual(["__proto__", "constructor"]);
    expect(({} as Record<string, unknown>)["statementMap"]).toBeUndefined();
    const ctrf = await run('{"results":{"tool":{"name":"t"},"summary":{},"tests":[],"environment":{"__proto__":"x","a":"b"}}}');
    expect(ctrf.environment).toEqual({ a: "b" });
  });

  test.each([
    ["attributes", (n: number) => `<testsuites>${'<testcase a="1" b="2"/>'.repeat(n)}</testsuites>`],
    ["text", (n: number) => `<testsuite><testcase name="a"><failure>${"x:1 ".repeat(n * 4)}</failure></testcase></testsuite>`],
    ["comments in TAP", (n: number) => `1..1\nok 1\n${"# a # skip\n".repeat(n)}`],
    ["points of TAP", (n: number) => `${"ok 1 - a # # # b\n".repeat(n)}1..${n}\n`],
    ["subtests of TAP", (n: number) => `TAP version 13\n${"    ok 1 - a\n    1..1\nok 1 - b\n".repeat(n)}1..${n}\n`],
    ["branches of lcov", (n: number) => `SF:a\n${"BRDA:1,0,0,1\nBRDA:9,1,2,-\n".repeat(n)}end_of_record\n`],
    ["records of lcov", (n: number) => "SF:a\nDA:1,1\nend_of_record\n".repeat(n)],
    ["spec output", (n: number) => `✔ a (1ms)\n${"  ".repeat(1000)}${"▶ a\n".repeat(n)}ℹ tests 1\n`],
    ["blocks of Go", (n: number) => `mode: set\n${"a/b.go:1.1,2.2 1 1\n".repeat(n)}`],
  ])("twenty times the %s take no more than linear time allows", async (_, make) => {
    await read(make(1000));
    const time = async (n: number): Promise<number> => {
      const started = cpuMs();
      await read(make(n));
      return cpuMs() - started;
    };
    const small = Math.min(await time(2000), await time(2000), await time(2000));
    expect(await time(40_000)).toBeLessThan(Math.max(small, 2) * 20 * 8);
  });
});

describe("any encoding a writer may use", () => {
  const text = '<?xml version="1.0"?><testsuite name="s"><testcase name="größer ✓"/></testsuite>';
  const swapped = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16();
  test.each([
    ["UTF-8 with mark", Buffer.from(`\uFEFF${text}`)],
    ["UTF-16 LE with mark", Buffer.from(`\uFEFF${text}`, "utf16le")],
    ["UTF-16 BE with mark", swapped(Buffer.from(`\uFEFF${text}`, "utf16le"))],
    ["UTF-16 LE without mark", Buffer.from(text, "utf16le")],
    ["UTF-16 BE without mark", swapped(Buffer.from(text, "utf16le"))],
    ["gzip", gzipSync(Buffer.from(text))],
    ["UTF-8 declared as UTF-16", Buffer.from(text.replace('"1.0"', '"1.0" encoding="utf-16"'))],
  ])("%s", async (_, bytes) => {
    expect((await run(bytes)).cases[0]?.id.name).toBe("größer ✓");
  });

  test("Latin-1, when the declaration says so", async () => {
    const latin = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><testsuite><testcase name="größer"/></testsuite>', "latin1");
    expect((await run(latin)).cases[0]?.id.name).toBe("größer");
  });
});

describe("what a report is about", () => {
  const head = "a".repeat(40);
  const other = "b".repeat(40);
  const named = (commit: string): readonly (readonly [string, string])[] => [
    ["JUnit", `<testsuites><properties><property name="git.commit" value="${commit}"/></properties></testsuites>`],
    ["JUnit suite", `<testsuite><properties><property name="GITHUB_SHA">${commit}</property></properties></testsuite>`],
    ["CTRF", `{"results":{"tool":{"name":"t"},"summary":{},"tests":[],"environment":{"commit":"${commit}"}}}`],
    ["SARIF", `{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"versionControlProvenance":[{"revisionId":"${commit}"}]}]}`],
  ];

  test.each(named(other))("%s naming another commit is refused", async (_, content) => {
    expect(await code(content, { headCommit: head })).toBe("evidence/other-commit");
  });
  test.each([...named(head), ...named(head.slice(0, 8)), ...named("v1.2.3")])("%s naming this commit, or none, is read", async (_, content) => {
    expect(await code(content, { headCommit: head })).toBe("read");
  });
  test("a working tree is no commit, so no commit is another one", async () => {
    expect(await code(named(other)[0]?.[1] ?? "")).toBe("read");
  });

  const headTime = NOON / 1000;
  const stamped = (stamp: string): string => `<testsuites timestamp="${stamp}"><testsuite name="a"/></testsuites>`;
  test.each([
    ["evidence/older-than-head", stamped("2026-11-21T11:59:50Z"), NOON],
    ["evidence/older-than-head", stamped("2026-11-21T13:59:50+02:00"), NOON],
    ["read", stamped("2026-11-21T11:59:56Z"), NOON],
    ["read", stamped("2026-11-21T13:00:00Z"), NOON - 3_600_000], // its own time wins over that of the file
    ["read", stamped("2026-11-21T04:00:00"), NOON], // read off a clock in the west
    ["evidence/older-than-head", stamped("2026-11-20T23:00:00"), NOON],
    ["evidence/older-than-head", stamped("2026-11-21T13:00:00"), NOON - 60_000],
    ["evidence/older-than-head", stamped("1970-01-01T00:00:00"), NOON - 60_000], // no time of a real run: that of the file counts
    ["read", LCOV, NOON - 4000],
    ["evidence/older-than-head", LCOV, NOON - 6000],
    ["evidence/older-than-head", `<coverage clover="4" generated="${(NOON - 60_000) / 1000}"/>`, NOON],
    ["evidence/older-than-head", `<coverage line-rate="1" timestamp="${NOON - 60_000}"><packages/></coverage>`, NOON],
    ["evidence/older-than-head", `<report name="x"><sessioninfo id="a" start="1" dump="${NOON - 60_000}"/></report>`, NOON],
    ["evidence/older-than-head", `{"results":{"tool":{"name":"t"},"summary":{"start":${NOON - 60_000}},"tests":[]}}`, NOON],
  ])("%s: %s", async (expected, content, modifiedAt) => {
    expect(await code(content, { headTime, modifiedAt })).toBe(expected);
  });

  test("an OSV export describes the world and may be old", async () => {
    expect(await code(readFileSync(`${folder}osv-list.json`), { headTime, modifiedAt: 0 })).toBe("read");
    expect(await code(readFileSync(`${folder}osv-scanner.json`), { headTime, modifiedAt: 0 })).toBe("evidence/older-than-head");
  });

  test("evidence names its subject, its file and the digest of its bytes, and is reported", async () => {
    const [evidence] = await read(gzipSync(Buffer.from(JUNIT)), { path: "out/junit.xml.gz" });
    expect(evidence).toMatchObject({
      source: "reported",
      subject: "tree",
      origin: "out/junit.xml.gz",
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string,
    });
  });
});

describe("whatever bytes come", () => {
  const samples = readdirSync(folder)
    .filter((name) => !name.endsWith(".json") && !name.endsWith(".md"))
    .concat("jest-ctrf.json", "allure-mocha.json", "nyc-istanbul.json", "npm-audit-second.json", "osv-list.json");
  const survives = async (bytes: Uint8Array): Promise<void> => void (await code(bytes));

  test("random ones end in evidence or a named error", async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), survives));
    await fc.assert(
      fc.asyncProperty(
        fc.string({
          unit: fc.constantFrom(
            "<",
            ">",
            "testsuite",
            "testcase ",
            "/",
            '"',
            "=",
            " ",
            "&#0;",
            "&",
            "]]>",
            "<![CDATA[",
            "<!--",
            "-->",
            "<?",
            "\n",
            "ok 1 ",
            "1..1",
            "SF:",
            "DA:1,1",
            "{",
            "}",
          ),
        }),
        (text) => survives(Buffer.from(text)),
      ),
      { numRuns: 500 },
    );
  });

  test.each(samples)("%s, cut, spliced and flipped, ends in evidence or a named error", async (name) => {
    const bytes = readFileSync(`${folder}${name}`);
    const place = fc.nat({ max: bytes.length - 1 });
    await fc.assert(
      fc.asyncProperty(place, place, fc.array(fc.tuple(place, fc.nat({ max: 255 })), { maxLength: 6 }), async (from, to, flips) => {
        const broken = Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
        for (const [at, value] of flips) if (at < broken.length) broken[at] = value;
        await survives(broken);
      }),
      { numRuns: 25 },
    );
  });

  test.each(samples.filter((name) => /\.(?:xml|json|sarif)$/.test(name)))("%s without its end is never read as whole", async (name) => {
    const bytes = readFileSync(`${folder}${name}`);
    const end = bytes.toString("latin1").trimEnd().length;
    for (const share of [0.3, 0.6, 0.9, 0.99]) expect(await code(bytes.subarray(0, Math.min(end - 1, Math.floor(end * share))))).not.toBe("read");
  });
});
