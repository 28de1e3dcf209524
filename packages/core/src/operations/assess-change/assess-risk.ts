import { fileKind, riskFeatures, riskLevel, riskPercentile, scoreRisk, type ChangedFile, type PastChange, type Risk } from "#change";

/** Of an earlier change with more files, the rest can only say that it was large, which is known by then. */
const MOST_FILES = 300;

/** Scores a change and ranks it among this repository's last ones. Reasons speak of the change, never of a person. */
export function assessRisk(files: readonly ChangedFile[], past: readonly PastChange[]): Risk {
  const { score, reasons } = scoreRisk(riskFeatures({ files }));
  const kindOf = eachOnce(fileKind);
  const others = past.map((change) => scoreRisk(riskFeatures({ files: change.files.slice(0, MOST_FILES).map((file) => ({ ...file, kind: kindOf(file.path) })) })).score);
  const percentile = riskPercentile(score, others);
  return {
    score: Math.round(score * 1000) / 1000,
    ...(percentile !== undefined && { percentile }),
    level: riskLevel(percentile, score),
    reasons: reasons.slice(0, 5).map((reason) => reason.words),
  };
}

/** The same files change again and again: each path is looked at once. */
function eachOnce<T>(look: (path: string) => T): (path: string) => T {
  const known = new Map<string, T>();
  return (path) => {
    const found = known.get(path) ?? look(path);
    known.set(path, found);
    return found;
  };
}
