import { load, moduleOf, type Dialect } from "./runners.ts";

/** Files of one side by path; the test's path comes from the dialect. */
export type Files = Readonly<Record<string, string>>;

/** A change that shows nothing, however red its test may be somewhere. Or a twin that does, so that the set can fail. */
export interface Control {
  readonly kind: string;
  /** What `prove` may answer; `proven` only for twins. */
  readonly expected: readonly ("proven" | "refuted" | "not proven")[];
  /** The message of the change's commit. */
  readonly message?: string;
  /** Asks about another pair than the change's own. */
  readonly pair?: "after-the-fix";
  readonly files: (dialect: Dialect) => { readonly base: Files; readonly head: Files };
}

const WRONG = "(n) => n * 2";
const RIGHT = "(n) => n * 3";
const SOURCE = "src/price.js";
const FROM = "../src/price.js";

/** One module and one test file on each side. */
function change(dialect: Dialect, base: string, head: string, test: string, more: Files = {}): { base: Files; head: Files } {
  const old = lines(dialect.opening, load(dialect, "{ total }", FROM), dialect.test("doubles nothing", dialect.expect("total(0)", "0")));
  return { base: { [SOURCE]: base, [dialect.testFile]: old }, head: { [SOURCE]: head, [dialect.testFile]: test, ...more } };
}

const lines = (...parts: readonly string[]): string => `${parts.filter((part) => part !== "").join("\n")}\n`;
const price = (dialect: Dialect, total: string, before = ""): string => moduleOf(dialect, { total }, before);
const testOf = (dialect: Dialect, ...body: readonly string[]): string => lines(dialect.opening, load(dialect, "{ total }", FROM), ...body);
const TRIPLES = (dialect: Dialect): string => dialect.test("triples", dialect.expect("total(2)", "6"));
const ZERO = (dialect: Dialect): string => dialect.test("keeps zero", dialect.expect("total(0)", "0"));
const fsIn = (dialect: Dialect): string => lines(load(dialect, "fs", "node:fs"), load(dialect, "os", "node:os"), load(dialect, "path", "node:path"));

const twins: readonly Control[] = [
  { kind: "twin: a fix its test shows", expected: ["proven"], files: (d) => change(d, price(d, WRONG), price(d, RIGHT), testOf(d, TRIPLES(d), ZERO(d))) },
  {
    kind: "twin: the old code throws",
    expected: ["proven"],
    files: (d) => change(d, price(d, `(n) => { if (n === 2) throw new RangeError("two"); return n * 3; }`), price(d, RIGHT), testOf(d, TRIPLES(d))),
  },
  {
    kind: "twin: a hang, and the change says so",
    expected: ["proven"],
    message: "fix: total never resolves for two",
    files: (d) => change(d, price(d, `(n) => (n === 2 ? new Promise(() => setTimeout(() => {}, 3000)) : n * 3)`), price(d, RIGHT), testOf(d, d.test("triples", d.expect("await total(2)", "6"), { timeoutMs: 700 }))),
  },
];

const greenOnBoth: readonly Control[] = [
  { kind: "passes on both sides", expected: ["refuted"], files: (d) => change(d, price(d, WRONG), price(d, RIGHT), testOf(d, ZERO(d))) },
  {
    kind: "unrelated to the fix",
    expected: ["refuted"],
    files: (d) => {
      const { base, head } = change(d, price(d, WRONG), price(d, RIGHT), lines(d.opening, load(d, "{ name }", "../src/name.js"), d.test("has a name", d.expect("name()", `"price"`))));
      const other = { "src/name.js": moduleOf(d, { name: `() => "price"` }) };
      return { base: { ...base, ...other }, head: { ...head, ...other } };
    },
  },
  { kind: "wrong pair: the fix was there before", expected: ["refuted"], pair: "after-the-fix", files: (d) => change(d, price(d, WRONG), price(d, RIGHT), testOf(d, TRIPLES(d))) },
  {
    kind: "prints failure where the old code is",
    expected: ["refuted"],
    files: (d) => change(d, price(d, WRONG), price(d, RIGHT), testOf(d, `if (total(2) !== 6) console.log("TAP version 13\\nnot ok 1 - keeps zero\\n1..1\\n# fail 1");`, ZERO(d))),
  },
  {
    kind: "edits the source it tests",
    expected: ["refuted", "not proven"],
    files: (d) => {
      const spoil = `fs.writeFileSync(path.resolve("src/price.js"), fs.readFileSync(path.resolve("src/price.js"), "utf8").replace("n * 3", "n * 4"));`;
      return change(d, price(d, RIGHT), price(d, RIGHT, "// tidied"), lines(d.opening, fsIn(d), load(d, "{ total }", FROM), d.test("triples", `const was = total(2); ${spoil} ${d.expect("was", "6")}`)));
    },
  },
];

const redOnBoth: readonly Control[] = [
  { kind: "always fails", expected: ["not proven"], files: (d) => change(d, price(d, WRONG), price(d, RIGHT), testOf(d, d.test("is seven", d.expect("total(2)", "7")))) },
  { kind: "syntax error", expected: ["not proven"], files: (d) => change(d, price(d, WRONG), price(d, RIGHT), testOf(d, `${TRIPLES(d)}\nconst = ;`)) },
  {
    kind: "missing dependency",
    expected: ["not proven"],
    files: (d) => change(d, price(d, WRONG), price(d, RIGHT), lines(d.opening, load(d, "* as pad", "not-a-package-we-have"), load(d, "{ total }", FROM), TRIPLES(d), `void pad;`)),
  },
  { kind: "no test in the file", expected: ["not proven"], files: (d) => change(d, price(d, WRONG), price(d, RIGHT), testOf(d, "void total;")) },
  {
    kind: "prints success, tests nothing",
    expected: ["not proven"],
    files: (d) => change(d, price(d, WRONG), price(d, RIGHT), testOf(d, `console.log("TAP version 13\\n" + (total(2) === 6 ? "" : "not ") + "ok 1 - triples\\n1..1"); if (total(2) !== 6) process.exitCode = 1;`)),
  },
  { kind: "skipped", expected: ["not proven"], files: (d) => change(d, price(d, WRONG), price(d, RIGHT), testOf(d, d.test("triples", d.expect("total(2)", "6"), { skip: true }))) },
];

const redOnBaseOnly: readonly Control[] = [
  { kind: "skips itself on the old code", expected: ["not proven", "refuted"], files: (d) => change(d, price(d, WRONG), price(d, RIGHT), testOf(d, d.skipWhen("triples", "total(2) !== 6", d.expect("total(2)", "6")))) },
  {
    kind: "surroundings fail on the old code",
    expected: ["not proven"],
    files: (d) => {
      const dials = `(n) => new Promise((done, fail) => net.connect(1, "127.0.0.1", () => done(n * 3)).on("error", fail))`;
      return change(d, price(d, dials, load(d, "net", "node:net")), price(d, RIGHT), testOf(d, d.test("triples", d.expect("await total(2)", "6"))));
    },
  },
  {
    kind: "times out on the old code",
    expected: ["not proven"],
    files: (d) => change(d, price(d, `(n) => (n === 2 ? new Promise(() => setTimeout(() => {}, 3000)) : n * 3)`), price(d, RIGHT), testOf(d, d.test("triples", d.expect("await total(2)", "6"), { timeoutMs: 700 }))),
  },
  {
    kind: "asks for a function the change adds",
    expected: ["not proven"],
    files: (d) => change(d, price(d, WRONG), moduleOf(d, { total: WRONG, triple: RIGHT }), lines(d.opening, load(d, "{ triple }", FROM), d.test("triples", d.expect("triple(2)", "6")))),
  },
  {
    kind: "asks for a file the change adds",
    expected: ["not proven"],
    files: (d) =>
      change(d, price(d, WRONG), price(d, WRONG), lines(d.opening, load(d, "{ triple }", "../src/triple.js"), d.test("triples", d.expect("triple(2)", "6"))), { "src/triple.js": moduleOf(d, { triple: RIGHT }) }),
  },
  { kind: "the old code ends the process", expected: ["not proven"], files: (d) => change(d, price(d, WRONG, "process.exit(1);"), price(d, RIGHT), testOf(d, TRIPLES(d))) },
  { kind: "the old code does not parse", expected: ["not proven"], files: (d) => change(d, `${price(d, WRONG)}\nconst = ;\n`, price(d, RIGHT), testOf(d, TRIPLES(d))) },
  { kind: "another name on every run", expected: ["not proven", "refuted"], files: (d) => change(d, price(d, WRONG), price(d, RIGHT), testOf(d, TRIPLES(d).replace(`"triples"`, `"triples " + Math.random()`))) },
  {
    kind: "counts its runs outside the tree",
    expected: ["refuted", "not proven"],
    files: (d) => {
      const count = `const note = path.join(os.tmpdir(), "proofline-control-count"); const runs = Number(fs.existsSync(note) ? fs.readFileSync(note, "utf8") : 0) + 1; fs.writeFileSync(note, String(runs));`;
      return change(d, price(d, RIGHT), price(d, RIGHT, "// tidied"), lines(d.opening, fsIn(d), load(d, "{ total }", FROM), d.test("triples", `${count} ${d.expect("total(2) + (runs % 2 === 0 ? 1 : 0)", "6")}`)));
    },
  },
];

export const CONTROLS: readonly Control[] = [...twins, ...greenOnBoth, ...redOnBoth, ...redOnBaseOnly];

/** Fails one run in three on either side, whatever the code: nothing in the change can make it red. */
export const flaky: Control = {
  kind: "fails one run in three",
  expected: ["refuted", "not proven"],
  files: (d) => change(d, price(d, RIGHT), price(d, RIGHT, "// tidied"), testOf(d, d.test("triples", d.expect("Math.random() < 1 / 3 ? 0 : total(2)", "6")))),
};
