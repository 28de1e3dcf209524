/** Time as the forge adapters see it; tests bring a faster one. */
export interface Pace {
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Hosts ask for a second between writes. */
  readonly betweenWritesMs: number;
  /** First pause before a read is tried again; doubled each time. */
  readonly firstPauseMs: number;
  /** All calls of one posting together. */
  readonly deadlineMs: number;
  /** One call. */
  readonly attemptMs: number;
}

/** What GitHub and GitLab ask of polite clients. */
export const hostPace: Pace = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  betweenWritesMs: 1_000,
  firstPauseMs: 1_000,
  deadlineMs: 120_000,
  attemptMs: 20_000,
};

/** The parts of an answer that tell about allowances. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

const A_MINUTE = 60_000;

/** Milliseconds the host wants silence for, when this answer says so; undefined when it does not. */
export function waitAskedFor(answer: Answered, now: number): number | undefined {
  if (answer.status !== 429 && answer.status !== 403 && answer.status !== 503) return undefined;
  const after = answer.headers.get("retry-after");
  if (after !== null) return retryAfterMs(after, now);
  const left = answer.headers.get("x-ratelimit-remaining") ?? answer.headers.get("ratelimit-remaining");
  const reset = Number(answer.headers.get("x-ratelimit-reset") ?? answer.headers.get("ratelimit-reset"));
  // One second more: a reset is told in whole seconds and must have passed.
  if (left === "0" && Number.isFinite(reset) && reset > 0) return Math.max(0, reset * 1000 - now) + 1000;
  return answer.status === 429 || /secondary rate limit/i.test(answer.text) ? A_MINUTE : undefined;
}

function retryAfterMs(text: string, now: number): number {
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(text);
  return Number.isNaN(date) ? A_MINUTE : Math.max(0, date - now);
}
