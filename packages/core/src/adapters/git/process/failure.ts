import type { ProoflineError } from "#kernel";
import { damagedRepository, gitFailed, gitTooOld, notARepository, untrustedOwner } from "../errors.ts";

const DAMAGED =
  /index file (?:corrupt|smaller)|bad signature|index uses .* extension|is corrupt|is empty|bad object|bad tree object|unable to read tree|invalid gitfile format|bad config|missing or corrupt|packfile .* cannot be accessed/i;

/** Turns what Git said into an error of ours. `place` is the folder Git ran in. */
export function failureOf(command: string, err: string, place: string): ProoflineError {
  const says = lastWords(err);
  const owner = /dubious ownership in repository at '(.*)'/.exec(err)?.[1];
  if (owner !== undefined) return untrustedOwner({ path: owner });
  if (/not a git repository/i.test(err)) return notARepository({ dir: place });
  if (/unknown repository extension|expected git repo version|unknown option|unknown switch/i.test(err)) return gitTooOld({ says });
  if (DAMAGED.test(err)) return damagedRepository({ path: place, says });
  return gitFailed({ command, says });
}

/** The line that says why: the last `fatal:` or `error:`, without advice. */
export function lastWords(err: string): string {
  const lines = err.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("hint:"));
  const telling = lines.findLast((line) => /^(?:fatal|error):/.test(line)) ?? lines.at(-1) ?? "";
  return telling.replace(/^(?:fatal|error):\s*/, "").slice(0, 500);
}
