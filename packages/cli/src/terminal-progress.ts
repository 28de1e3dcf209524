import { clip } from "./render/wrap.ts";

/** One line on a terminal that is replaced by the next; in a log, a line at most every ten seconds. */
export interface TerminalProgress {
  says(line: string): void;
  done(): void;
}

const QUIET_FOR_MS = 400;
const LOG_EVERY_MS = 10_000;

/** Shows nothing in the first 400 ms: what is over at once needs no progress. */
export function terminalProgress(stream: NodeJS.WriteStream, env: Readonly<Record<string, string | undefined>>): TerminalProgress {
  const live = stream.isTTY === true && env["TERM"] !== "dumb" && !env["CI"];
  const started = Date.now();
  let shown = false;
  let logged = started;
  return {
    says(line) {
      const now = Date.now();
      if (now - started < QUIET_FOR_MS) return;
      if (live) {
        stream.write(`\r\u001b[2K${clip(`… ${line}`, (stream.columns || 80) - 1)}`);
        shown = true;
      } else if (now - logged >= LOG_EVERY_MS) {
        logged = now;
        stream.write(`… ${clip(line, 120)} (${Math.round((now - started) / 1000)} s)\n`);
      }
    },
    done() {
      if (shown) stream.write("\r\u001b[2K");
      shown = false;
    },
  };
}
