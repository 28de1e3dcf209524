import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { gitNotInstalled } from "../errors.ts";
import { startGit, type GitCall } from "../process/git-process.ts";

export interface GitObject {
  readonly id: string;
  readonly type: "commit" | "tree" | "blob" | "tag";
  readonly bytes: number;
  /** Absent when the object is larger than what was asked for. */
  readonly content?: Buffer;
}

/** `missing` also stands for an object that is there and can't be read. */
export type ObjectAnswer = GitObject | "missing" | "ambiguous";

/** Reads objects through one `git cat-file --batch`, kept open; answers come in the order of the questions. */
export interface ObjectReader {
  /** `name` is an id or any revision; it can be no option, because it is no argument. */
  read(name: string, upTo?: number): Promise<ObjectAnswer>;
  /** Starts anew, so that object folders made since are seen. */
  restart(): void;
  close(): Promise<void>;
}

interface Question {
  readonly name: string;
  readonly upTo: number;
  answer(found: ObjectAnswer): void;
  fail(error: unknown): void;
}

/** Skipping more than this takes longer than starting another process. */
const SKIP_UP_TO = 32 * 1024 * 1024;
const HEADER = /^([0-9a-f]{40,64}) (commit|tree|blob|tag) (\d+)$/;

/** The process starts at once, so that it is there when the first question comes. `call` is asked at each start. */
export function openObjectReader(call: () => Pick<GitCall, "cwd" | "env">): ObjectReader {
  const pending: Question[] = [];
  let child: ChildProcessWithoutNullStreams | undefined;
  let closed = false;

  const start = (): ChildProcessWithoutNullStreams => {
    const started = startGit(["cat-file", "--batch"], call());
    const answers = readAnswers(pending, () => replace(started));
    started.stdout.on("data", (chunk: Buffer) => started === child && answers(chunk));
    started.stderr.resume();
    started.stdin.on("error", () => undefined); // its end is noticed by "close"
    started.on("error", (error) => {
      if (started !== child) return;
      child = undefined;
      for (const question of pending.splice(0)) question.fail(gitNotInstalled({ says: error.message }, error));
    });
    started.on("close", () => {
      // Git ends at an object it can't read: the first open question was its last.
      if (started !== child) return;
      child = undefined;
      if (closed) return giveUp();
      pending.shift()?.answer("missing");
      if (pending.length > 0) ask(pending);
    });
    return started;
  };
  /** After the end nothing is started any more, whoever still waits: an object that was not read is missing. */
  const giveUp = (): void => {
    for (const question of pending.splice(0)) question.answer("missing");
  };
  const ask = (questions: readonly Question[]): void => {
    child ??= start();
    child.stdin.write(questions.map((question) => `${question.name}\n`).join(""));
  };
  const replace = (old: ChildProcessWithoutNullStreams): void => {
    if (old !== child) return;
    child = undefined;
    old.kill();
    if (closed) giveUp();
    else if (pending.length > 0) ask(pending);
  };
  child = start();
  return {
    read: (name, upTo = Number.POSITIVE_INFINITY) =>
      new Promise((answer, fail) => {
        // A line break would become two questions; no name holds one.
        if (closed || name === "" || /[\0-\x1f]/.test(name)) return answer("missing");
        const question = { name, upTo, answer, fail };
        pending.push(question);
        ask([question]);
      }),
    restart: () => child && replace(child),
    close: () => {
      closed = true;
      return endOf(child);
    },
  };
}

function endOf(child: ChildProcessWithoutNullStreams | undefined): Promise<void> {
  return new Promise((done) => {
    if (!child || child.exitCode !== null) return done();
    child.once("close", () => done());
    child.stdin.end();
  });
}

/** Takes the output apart: header line, content, line break. `giveUp` is called where an answer is too long to skip. */
function readAnswers(pending: Question[], giveUp: () => void): (chunk: Buffer) => void {
  let header = "";
  let over = false;
  let open: { readonly object: Omit<GitObject, "content">; readonly content: Buffer | undefined; read: number } | undefined;

  const headerLine = (line: string): void => {
    const found = HEADER.exec(line);
    const question = pending[0];
    if (!question) return;
    if (!found) {
      pending.shift();
      question.answer(line.endsWith(" ambiguous") ? "ambiguous" : "missing");
      return;
    }
    const object = { id: found[1] ?? "", type: found[2] as GitObject["type"], bytes: Number(found[3]) };
    const wanted = object.bytes <= question.upTo;
    open = { object, content: wanted ? Buffer.allocUnsafe(object.bytes) : undefined, read: 0 };
    if (wanted || object.bytes <= SKIP_UP_TO) return;
    open = undefined;
    over = true;
    pending.shift();
    question.answer(object);
    giveUp();
  };
  /** Content and the line break after it; answers the offset after what was taken. */
  const contentPart = (chunk: Buffer, from: number): number => {
    if (!open) return from;
    const { object, content } = open;
    const to = Math.min(chunk.length, from + object.bytes + 1 - open.read);
    if (content && open.read < object.bytes) chunk.copy(content, open.read, from, to);
    open.read += to - from;
    if (open.read === object.bytes + 1) {
      open = undefined;
      pending.shift()?.answer(content ? { ...object, content } : object);
    }
    return to;
  };
  return (chunk) => {
    let at = 0;
    while (at < chunk.length && !over) {
      if (open) {
        at = contentPart(chunk, at);
        continue;
      }
      const end = chunk.indexOf(10, at);
      header += chunk.toString("latin1", at, end < 0 ? chunk.length : end);
      if (end < 0) return;
      const line = header;
      header = "";
      at = end + 1;
      headerLine(line);
    }
  };
}
