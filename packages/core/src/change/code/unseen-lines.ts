import type { DiffFile } from "../diff.ts";

/** A line that tells a log something and goes on, from its first character to its last: `log.Error().Err(err).Msg("no key")`, `console.warn("late");`, `tracing::debug!("{x}")`. */
const LOGS = /^(?:[\w$]+(?:\.|->|::|!\.))*(?:\$?this->)?_?(?:log|logger|logging|slog|zap|console|tracing|syslog)(?:\.|->|::)(?:trace|debug|verbose|info|notice|warn|warning|error|err|critical|exception|log|print)(?:f|ln|w|_once)?!?\(.*\)[;,]?$/i;
/** A logger handed on: `rp.WithLogger(logger),`, `logger: log,`. */
const HANDS_LOGGER = /^(?:[\w$]+\.)*(?:[Ww]ith_?[Ll]ogger\(.*\)|logger\s*[:=]\s*[\w$.]+)[;,]?$/;
/** A lock taken or given back. */
const LOCKS = /^(?:defer\s+)?(?:[\w$]+(?:\.|->))*\w*(?:mu|mutex|mtx|lock)\w*(?:\.|->)(?:R?Lock|R?Unlock|lock|unlock|acquire|release)\(\);?$/i;
const IMPORTS = /^(?:import\b(?!\()|from [\w.]+ import\b|use [\w:\\]|using [\w.]+;|#include\b|(?:[\w.]+ )?"[\w./-]+"$)/;
const REMARKS = /^(?:\/\/|#(?!include)|\/\*.*\*\/$|$)/;

/** Longer lines are looked at no further. */
const LONGEST = 500;

type Changed = Pick<DiffFile, "status" | "hunks" | "binary">;

/** True where all that changed in a file is what it logs. By whole lines; a statement over several lines is taken for something else. */
export const onlyLogs = (file: Changed): boolean => everyLine(file, logs);

/**
 * True where all that changed in a file is what it logs, or where it takes and gives back a lock: no test of its behaviour can see the one, and none can be
 * sure to meet what the other prevents.
 */
export const isUnseenByTests = (file: Changed): boolean => everyLine(file, (line) => LOCKS.test(line) || logs(line));

const logs = (line: string): boolean => HANDS_LOGGER.test(line) || (LOGS.test(line) && closesOnce(line));

function everyLine({ status, hunks, binary }: Changed, is: (line: string) => boolean): boolean {
  if (status !== "modified" || binary || hunks.length === 0) return false;
  const lines = hunks.flatMap((hunk) => hunk.lines.map(({ text }) => text.trim()));
  const telling = lines.filter((line) => !REMARKS.test(line) && !IMPORTS.test(line));
  return telling.length > 0 && telling.every((line) => line.length <= LONGEST && is(line));
}

/** One call, and nothing after it: the bracket that ends the line is one of the call's own. */
function closesOnce(line: string): boolean {
  let open = 0;
  let quote = "";
  for (let at = 0; at < line.length; at += 1) {
    const char = line.charAt(at);
    if (quote !== "") {
      if (char === "\\") at += 1;
      else if (char === quote) quote = "";
    } else if (char === '"' || char === "'" || char === "`") quote = char;
    else if (char === "(") open += 1;
    else if (char === ")") open -= 1;
    else if (open === 0 && /[;&|?+*={}]/.test(char) && at < line.length - 1) return false;
    if (open < 0) return false;
  }
  return open === 0 && quote === "";
}
