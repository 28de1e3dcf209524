/** Why a commit was made, as far as its message says. Texts of strangers: bounded, and never more than what was written. */
export interface Causes {
  /** `fix`, `feature` … of a `Change-Type:` trailer or a conventional subject. */
  readonly changeType?: string;
  /** Pull or merge request it was made in: `#12`, `!34`. */
  readonly request?: string;
  /** Issues it names as its reason: `#7`, `SHOP-12`. */
  readonly issues: readonly string[];
  /** Values of `Incident:` trailers. */
  readonly incidents: readonly string[];
}

interface Message {
  readonly message: string;
  readonly trailers: readonly { readonly key: string; readonly value: string }[];
}

const MOST = 20;
const LONGEST = 200;

/** Reads a commit's message for what it was made because of. */
export function causesOf({ message, trailers }: Message): Causes {
  const valuesOf = (...keys: readonly string[]): readonly string[] => trailers.flatMap(({ key, value }) => (keys.includes(key.toLowerCase()) && value.trim() !== "" ? [value.trim().slice(0, LONGEST)] : [])).slice(0, MOST);
  const subject = (message.split("\n", 1)[0] ?? "").slice(0, 1_000);
  const body = message.slice(subject.length, 20_000);
  const request = /\((#\d{1,9}|!\d{1,9})\)\s*$/.exec(subject)?.[1] ?? /^Merge pull request (#\d{1,9})\b/.exec(subject)?.[1] ?? /^See merge request \S{0,200}?(!\d{1,9})\s*$/m.exec(body)?.[1];
  const named = MAYBE_NAMED.test(message) ? [...message.slice(0, 20_000).matchAll(NAMED)].map((match) => match[1] ?? "") : [];
  const [declared] = valuesOf("change-type");
  const changeType = declared ?? CONVENTIONAL.exec(subject)?.[1]?.toLowerCase();
  const issues = [...new Set([...named, ...valuesOf("issue", "issues", "ref", "refs", "ticket")])].filter((one) => one !== request).slice(0, MOST);
  return { ...(changeType !== undefined && { changeType }), ...(request !== undefined && { request }), issues, incidents: [...new Set(valuesOf("incident", "incidents"))] };
}

const MAYBE_NAMED = /fix|close|resolve/i;
const NAMED = /\b(?:[Ff]ix(?:e[sd])?|[Cc]lose[sd]?|[Rr]esolve[sd]?)[ \t]*:?[ \t]+(#\d{1,9}|[A-Z][A-Z0-9]{1,9}-\d{1,9})\b/g;
const CONVENTIONAL = /^(feat|feature|fix|refactor|docs|chore|test|perf|build|ci|style|revert)(?:\([^)]{0,80}\))?!?:/i;
