import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { atMost, reported, type Figure } from "../../figure.ts";
import { askProve, type ProofAnswer } from "../ask-prove.ts";
import { makeRepository } from "./control-repository.ts";
import { CONTROLS, flaky, type Control } from "./kinds.ts";
import { DIALECTS, tapIn, type Dialect } from "./runners.ts";

export interface ControlsOptions {
  /** How often the flaky control is asked. */
  readonly count: number;
  /** Folders named by a version, each with node-tap installed in it. */
  readonly taps?: string;
  /** One runner instead of all. */
  readonly only?: string;
  readonly say: (line: string) => void;
}

interface Asked {
  readonly runner: string;
  readonly control: Control;
  readonly answer: ProofAnswer;
}

const CLI = fileURLToPath(new URL("../../../bin/proofline.js", import.meta.url));

/** Runs a side of the flaky control gets. */
const REPEATS = 5;

/** Puts every control before `prove` in every runner. Nothing but the twins may be proven. */
export function judgeControls({ count, taps, only, say }: ControlsOptions): Figure[] {
  const folder = mkdtempSync(join(tmpdir(), "proofline-controls-"));
  try {
    const more = taps === undefined ? [] : readdirSync(taps).filter((name) => existsSync(join(taps, name, "node_modules/tap"))).map((name) => tapIn(taps, name));
    const dialects = [...DIALECTS, ...more].filter(({ runner }) => only === undefined || runner === only);
    const asked = dialects.flatMap((dialect) => CONTROLS.map((control) => ask(control, dialect, { folder, say })));
    return [...figures(asked), ...flakyFigures(askFlaky(count, { folder, say }), count)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function ask(control: Control, dialect: Dialect, { folder, say }: { readonly folder: string; readonly say: (line: string) => void }): Asked {
  const { dir, broken, fixed, testFile } = makeRepository(control, dialect, folder);
  const answer = askProve({ cli: CLI, dir, tests: [testFile], broken, fixed });
  if (!isRight({ control, answer })) say(`WRONG ${dialect.runner}, ${control.kind}: ${answer.outcome}: ${answer.because} (expected ${control.expected.join(" or ")})`);
  else say(`ok    ${dialect.runner}, ${control.kind}: ${answer.outcome} ${Math.round(answer.tookMs / 100) / 10} s`);
  return { runner: dialect.runner, control, answer };
}

const isTwin = (control: Control): boolean => control.expected.includes("proven");
const isRight = ({ control, answer }: Pick<Asked, "control" | "answer">): boolean => control.expected.some((outcome) => outcome === answer.outcome);

function figures(asked: readonly Asked[]): Figure[] {
  const twins = asked.filter(({ control }) => isTwin(control));
  const controls = asked.filter(({ control }) => !isTwin(control));
  const proven = controls.filter(({ answer }) => answer.outcome === "proven").length;
  const missed = twins.filter(({ answer }) => answer.outcome !== "proven").length;
  const other = controls.filter((one) => !isRight(one) && one.answer.outcome !== "proven").length;
  const kinds = new Set(controls.map(({ control }) => control.kind)).size;
  return [
    reported("red-green controls, asked", controls.length, "", `${kinds} kinds in ${new Set(asked.map(({ runner }) => runner)).size} runners`),
    atMost("red-green controls, proven", proven, 0, "", `${controls.length} controls`),
    atMost("red-green controls, another answer than due", other, 0, "", `${controls.length} controls`),
    atMost("red-green controls, twins not proven", missed, 0, "", `${twins.length} twins`),
  ];
}

/** A wrong proof needs green in all runs of the head and red in all of the base. */
function askFlaky(count: number, about: { readonly folder: string; readonly say: (line: string) => void }): number {
  const dialect = DIALECTS.find(({ runner }) => runner === "node:test");
  if (!dialect || count === 0) return 0;
  const { dir, broken, fixed, testFile } = makeRepository(flaky, dialect, about.folder);
  const answers = Array.from({ length: count }, () => askProve({ cli: CLI, dir, tests: [testFile], broken, fixed, repeat: REPEATS }).outcome);
  about.say(`flaky: ${answers.length} times asked, ${answers.filter((outcome) => outcome === "refuted").length} refuted, ${answers.filter((outcome) => outcome === "not proven").length} not proven`);
  return answers.filter((outcome) => outcome === "proven").length;
}

/** A test that is green with chance p, whatever the code, is wrongly proven with chance (p (1 - p)) ^ runs a side: at most 4 ^ -runs. */
function flakyFigures(proven: number, count: number): Figure[] {
  const bound = (2 / 9) ** REPEATS;
  return [
    atMost("red-green controls, flaky one proven", proven, Math.ceil(bound * count), "", `${count} times with --repeat ${REPEATS}; chance ${(100 * bound).toFixed(3)} % each for one in three, at most ${(100 * 4 ** -REPEATS).toFixed(2)} % for any`),
  ];
}
