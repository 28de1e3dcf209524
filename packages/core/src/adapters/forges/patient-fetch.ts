import { outOfTime, rateLimited, unreachable } from "./errors.ts";
import { hostPace, waitAskedFor, type Pace } from "./pace.ts";

export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

const MAX_TRIES = 4;
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

interface Call {
  readonly name: string;
  readonly host: string;
  readonly reads: boolean;
}

/**
 * A `fetch` that waits when the host asks for it (Retry-After, spent allowance), tries reads again after a failure, paces writes,
 * and ends with a named error once the deadline of the whole posting is reached. A write that failed in an unknown way is not sent
 * again from here: only who can look whether it arrived may do that (`untilSettled`). Answers in `busy` say that nothing was done, for the moment:
 * those are tried again too.
 */
export function patientFetch(pace: Pace = hostPace, send: Fetch = fetch, busy: readonly number[] = []): Fetch {
  const clock = new Deadline(pace);
  let nextWriteAt = 0;
  return async (url, init) => {
    const call = describe(url, init);
    for (let tries = 1; ; tries += 1) {
      if (!call.reads) {
        await clock.wait(nextWriteAt - pace.now(), call);
        nextWriteAt = pace.now() + pace.betweenWritesMs;
      }
      const answer = await attempt(() => send(url, { ...init, signal: AbortSignal.timeout(clock.attemptMs(call)) }));
      const asked = answer instanceof Response ? await pauseAsked(answer, pace.now()) : undefined;
      const failed = !(answer instanceof Response) || answer.status >= 500;
      const refusedForNow = answer instanceof Response && busy.includes(answer.status);
      if (tries === MAX_TRIES || (asked === undefined && !refusedForNow && !(failed && call.reads))) return settle(answer, call);
      if (asked === undefined) await clock.wait(pace.firstPauseMs * 2 ** (tries - 1), call);
      else await clock.obey(asked, call);
    }
  };
}

/** Everything a posting waits for counts against one deadline. */
class Deadline {
  readonly #endsAt: number;

  constructor(readonly pace: Pace) {
    this.#endsAt = pace.now() + pace.deadlineMs;
  }

  attemptMs(call: Call): number {
    const left = this.#endsAt - this.pace.now();
    if (left <= 0) throw this.#over(call, "no time is left");
    return Math.min(left, this.pace.attemptMs);
  }

  async wait(ms: number, call: Call): Promise<void> {
    if (ms <= 0) return;
    if (this.pace.now() + ms > this.#endsAt) throw this.#over(call, "the next try would come after it");
    await this.pace.sleep(ms);
  }

  /** A pause the host asked for: too long is its own error, for the way out differs. */
  async obey(ms: number, call: Call): Promise<void> {
    if (this.pace.now() + ms > this.#endsAt) throw rateLimited({ host: call.host, call: call.name, says: "", seconds: Math.ceil(ms / 1000) });
    if (ms > 0) await this.pace.sleep(ms);
  }

  #over(call: Call, says: string): Error {
    return outOfTime({ host: call.host, call: call.name, says, seconds: Math.round(this.pace.deadlineMs / 1000) });
  }
}

function describe(url: string, init: RequestInit | undefined): Call {
  const { host, pathname } = new URL(url);
  const method = (init?.method ?? "GET").toUpperCase();
  return { name: `${method} ${pathname}`, host, reads: method === "GET" || method === "HEAD" };
}

async function pauseAsked(answer: Response, now: number): Promise<number | undefined> {
  if (answer.status < 400) return undefined;
  return waitAskedFor({ status: answer.status, headers: answer.headers, text: await answer.clone().text() }, now);
}

/** The body is read here, so that a connection cut in its middle is a failure of the attempt like any other. */
async function attempt(send: () => Promise<Response>): Promise<Response | Error> {
  try {
    const { body, status, statusText, headers } = await send();
    return new Response(body === null ? null : await boundedBytes(body), { status, statusText, headers });
  } catch (cause) {
    return cause instanceof Error ? cause : new TypeError(String(cause));
  }
}

async function boundedBytes(body: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) throw new RangeError(`the answer is longer than ${MAX_ANSWER_BYTES} bytes`);
    chunks.push(chunk);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function settle(answer: Response | Error, call: Call): Response {
  if (answer instanceof Response) return answer;
  throw unreachable({ host: call.host, call: call.name, says: reasonOf(answer) }, answer);
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: Error): string {
  const cause = error.cause;
  if (cause instanceof Error && cause.message !== "") return cause.message;
  if (typeof cause === "object" && cause !== null && "code" in cause) return String(cause.code);
  return error.message;
}
