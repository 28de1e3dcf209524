import { reported, type Figure } from "../../figure.ts";
import type { Label } from "../labels.ts";
import type { Asked, SeenFinding } from "./ask-with-runs.ts";

/** A labelled commit and what was said of it with runs, if anything. */
export interface Answered {
  readonly label: Label;
  readonly asked?: Asked;
}

const alarms = (findings: readonly SeenFinding[] = []): boolean => findings.some(({ effect }) => effect === "ask" || effect === "block");
const holds = (findings: readonly SeenFinding[] = []): boolean => findings.some(({ effect }) => effect === "block");
const decided = (findings: readonly SeenFinding[] = []): boolean => findings.some(({ executed }) => executed !== undefined && factOf(executed) !== "undecided");
const factOf = (executed: SeenFinding["executed"]): string => (typeof executed === "object" && executed !== null && "fact" in executed ? String(executed["fact"]) : "");
const hasFact = (fact: string) => (findings: readonly SeenFinding[] = []): boolean => findings.some(({ executed }) => factOf(executed) === fact);

/** What runs add to reading: over every labelled commit of the list, with what could not run counted beside it. */
export function runsFigures(answered: readonly Answered[]): Figure[] {
  const tried = answered.filter(({ asked }) => asked !== undefined);
  const ran = tried.filter(({ asked }) => asked?.ran !== undefined);
  const told = ran.filter(({ asked }) => asked?.ran?.some(({ executed }) => executed !== undefined) === true);
  const worse = (one: Answered): boolean => one.label.label !== "innocent";
  const read = ({ asked }: Answered): boolean => alarms(asked?.read);
  const now = ({ asked }: Answered): boolean => alarms(asked?.ran);
  const part = (name: string, some: readonly Answered[], of: readonly Answered[]): Figure => reported(`weakened with runs: ${name}`, of.length === 0 ? 0 : Math.round((1000 * some.length) / of.length) / 1000, "", `${some.length} of ${of.length}`);
  const [right, wrong, missed, quiet] = [ran.filter((one) => worse(one) && read(one)), ran.filter((one) => !worse(one) && read(one)), ran.filter((one) => worse(one) && !read(one)), ran.filter((one) => !worse(one) && !read(one))];
  const ofRuns = (test: (findings?: readonly SeenFinding[]) => boolean) => ({ asked }: Answered): boolean => test(asked?.ran);
  const seconds = told.map(({ asked }) => asked?.seconds ?? 0);
  const cpu = told.map(({ asked }) => asked?.cpuSeconds ?? 0);
  return [
    part("labelled commits tried", tried, answered),
    part("could be installed and asked", ran, tried),
    part("of those, runs looked into something", told, ran),
    part("of those, runs decided something", ran.filter(ofRuns(decided)), told),
    part("true alarms of reading confirmed by a fault", right.filter(ofRuns(hasFact("weaker"))), right),
    part("true alarms of reading cleared, wrongly", right.filter((one) => !now(one)), right),
    part("true alarms of reading that hold now and did not", right.filter(({ asked }) => holds(asked?.ran) && !holds(asked?.read)), right),
    part("false alarms of reading cleared", wrong.filter((one) => !now(one)), wrong),
    part("false alarms of reading confirmed by a fault", wrong.filter(ofRuns(hasFact("weaker"))), wrong),
    part("missed by reading, found by a run", missed.filter(now), missed),
    part("innocent and silent, alarmed on after runs", quiet.filter(now), quiet),
    reported("weakened with runs: seconds a commit, median", middle(seconds), "s", `most ${Math.max(0, ...seconds)}; where something was looked into`),
    reported("weakened with runs: processor seconds a commit, median", middle(cpu), "s", `most ${Math.max(0, ...cpu)}`),
  ];
}

function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
