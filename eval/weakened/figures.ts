import { reported, type Figure } from "../figure.ts";
import type { Label, SampledCommit } from "./labels.ts";
import type { Said } from "./seen-change.ts";

/** One commit with its label, if somebody read it, and both judges' answers. */
export interface Judged extends SampledCommit {
  readonly ordinary: boolean;
  readonly label?: Label;
  /** Absent where the check does not exist or the commit could not be judged: counts as silence. */
  readonly said?: Said;
  /** The line-counting judge: fewer assert lines than before. */
  readonly fewerLines: boolean;
}

const weaker = ({ label }: Judged): boolean => label !== undefined && label.label !== "innocent";
const alarmed = ({ said }: Judged): boolean => said !== undefined && said.effect !== "none";
const blocked = ({ said }: Judged): boolean => said?.effect === "block";

/** Recall and precision over what was read, alarms over the uniform sample. `bars`: whether the targets apply, or the figures are only reported. */
export function weakenedFigures(split: string, judged: readonly Judged[], { checked, bars }: { readonly checked: boolean; readonly bars: boolean }): Figure[] {
  return [...(checked ? checkFigures(split, judged, bars) : []), ...countingFigures(split, judged)];
}

function checkFigures(split: string, judged: readonly Judged[], bars: boolean): Figure[] {
  const read = judged.filter((item) => item.label !== undefined);
  const owed = read.filter(weaker);
  const bold = owed.filter((item) => item.label?.label === "weakened");
  const asked = read.filter(alarmed);
  const held = read.filter(blocked);
  const answered = judged.filter((item) => item.said !== undefined);
  const quiet = judged.filter((item) => item.ordinary && !weaker(item));
  const noisy = quiet.filter(alarmed);
  const figure = (name: string, part: readonly Judged[], whole: readonly Judged[], bar?: { readonly least?: number; readonly most?: number }): Figure => ratio(`weakened ${split}: ${name}`, part.length, whole.length, bars ? bar : undefined);
  return [
    figure("commits judged", answered, judged, { least: 1 }),
    figure("recall, weakened or worth a question", owed.filter(alarmed), owed, { least: 0.9 }),
    figure("recall, weakened alone", bold.filter(alarmed), bold),
    figure("recall, in the file the label names", owed.filter((item) => item.said?.files.includes(item.label?.file ?? "")), owed),
    figure("precision of every alarm", asked.filter(weaker), asked, { least: 0.85 }),
    figure("precision of what blocks", held.filter((item) => item.label?.mayBlock === true), held, { least: 0.95 }),
    figure("of what blocks, weakened at all", held.filter(weaker), held),
    figure("ordinary commits alarmed on", noisy, quiet, { most: 0.03 }),
    reported(`weakened ${split}: alarms on commits nobody read`, noisy.filter((item) => item.label === undefined).length, "", "counted as wrong above"),
  ];
}

function countingFigures(split: string, judged: readonly Judged[]): Figure[] {
  const read = judged.filter((item) => item.label !== undefined);
  const [owed, asked] = [read.filter(weaker), read.filter((item) => item.fewerLines)];
  const quiet = judged.filter((item) => item.ordinary && !weaker(item));
  return [
    ratio(`weakened ${split}, counting lines: recall`, owed.filter((item) => item.fewerLines).length, owed.length),
    ratio(`weakened ${split}, counting lines: precision`, asked.filter(weaker).length, asked.length),
    ratio(`weakened ${split}, counting lines: ordinary alarmed on`, quiet.filter((item) => item.fewerLines).length, quiet.length),
  ];
}

/** A share with its counts; nothing of nothing meets no floor and breaks no ceiling. */
function ratio(name: string, part: number, whole: number, bar: { readonly least?: number; readonly most?: number } = {}): Figure {
  const value = whole === 0 ? 0 : Math.round((part / whole) * 1000) / 1000;
  const figure = { name, value, unit: "", against: `${part} of ${whole}` };
  if (bar.least !== undefined) return { ...figure, target: bar.least, bar: "at least", ok: value >= bar.least };
  return bar.most === undefined ? { ...figure, ok: true } : { ...figure, target: bar.most, bar: "at most", ok: value <= bar.most };
}
