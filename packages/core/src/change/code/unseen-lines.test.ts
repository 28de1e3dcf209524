import fc from "fast-check";
import { expect, test } from "vitest";
import { diffOf } from "../../../../../tests/support/diff-of.ts";
import { isUnseenByTests, onlyLogs } from "./unseen-lines.ts";

const unseen = (base: string, head: string, path = "a.ts"): boolean => isUnseenByTests(diffOf(path, base, head));
const AROUND = "start();\n";

test.each([
  ["what a log is told", 'console.warn("late");'],
  ["a log by way of a chain", 'log.Error().Err(err).Uint("user", user.ID).Msg("not told")'],
  ["a log of a class", 'this.logger.debug(`seen ${count(items)} items; all well`);'],
  ["a log of PHP", '$this->logger->info("sent");'],
  ["a macro of Rust", 'tracing::debug!("{}", x);'],
  ["a logger that is handed on", "rp.WithLogger(slog.New(handler(log.Logger))),"],
  ["a lock", "m.mutex.Lock()"],
  ["a lock given back at the end", "defer s.mu.RUnlock()"],
])("%s is no behaviour a test sees", (_, line) => {
  expect(unseen(AROUND, `${AROUND}${line}\n`)).toBe(true);
  expect(unseen(`${AROUND}${line}\n`, AROUND)).toBe(true);
  expect(unseen(AROUND, `import { x } from "x";\n${AROUND}// why\n${line}\n`)).toBe(true);
});

test.each([
  ["what is done after the log", 'console.warn("late"); stop();'],
  ["what is done where the log is", 'log.info("late") && stop()'],
  ["a value that is set", "result = log.transform(input)"],
  ["what only sounds like it", 'catalog.add("apple");'],
  ["a function of one's own", 'logTotal("late");'],
  ["a list that is called a log", "log.push(entry);"],
  ["a log that ends the program", 'log.Fatal("no key")'],
  ["a lock on a door", "door.lock(key);"],
  ["a call that goes on below", 'logger.info(\n  stop(),\n);'],
  ["a text left open", 'console.log("late);'],
  ["a way out", 'if (late) { console.warn("late"); return; }'],
])("%s is behaviour", (_, line) => {
  expect(unseen(AROUND, `${AROUND}${line}\n`)).toBe(false);
  expect(unseen(AROUND, `${AROUND}${line}\nconsole.warn("late");\n`)).toBe(false);
});

test("imports and remarks alone, a new file and a deleted one say nothing of logs", () => {
  expect(unseen(AROUND, `import { x } from "x";\n// why\n${AROUND}`)).toBe(false);
  expect(isUnseenByTests(diffOf("a.ts", undefined, 'console.warn("late");\n'))).toBe(false);
  expect(isUnseenByTests(diffOf("a.ts", 'console.warn("late");\n', undefined))).toBe(false);
});

test("a lock is no log", () => {
  expect(onlyLogs(diffOf("a.ts", AROUND, `${AROUND}console.warn("late");\n`))).toBe(true);
  expect(onlyLogs(diffOf("a.ts", AROUND, `${AROUND}m.mutex.Lock();\n`))).toBe(false);
});

test("one line that does something makes it behaviour, wherever it stands", () => {
  const logs = fc.array(fc.constantFrom('console.log("a");', "m.mu.Lock()", "logger.warn(x);"), { minLength: 1, maxLength: 5 });
  fc.assert(fc.property(logs, fc.nat(4), (lines, at) => {
    const with_ = [...lines.slice(0, at), "total += 1;", ...lines.slice(at)];
    expect([unseen(AROUND, AROUND + lines.join("\n")), unseen(AROUND, AROUND + with_.join("\n"))]).toEqual([true, false]);
  }));
});
