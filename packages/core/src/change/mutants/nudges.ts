import type { MutantKind } from "./mutant.ts";

/** How an expression is wrapped so that its value is another one of the same type. `typed` for TypeScript. */
export interface Language {
  readonly name: "javascript" | "python";
  readonly typed: boolean;
}

type Nudge = Extract<MutantKind, "value" | "order" | "more">;

/** Statements over `v`, of which the first that applies returns. What has another shape stays as it is: then the mutant is none, and nothing notices it. */
const JAVASCRIPT: Readonly<Record<Nudge, string>> = {
  value:
    'if (typeof v === "number") return v + 1; if (typeof v === "string") return v + "~"; if (typeof v === "boolean") return !v; if (typeof v === "bigint") return v + BigInt(1); if (v instanceof Date) return new Date(v.getTime() + 1000); if (d > 3 || v === null || typeof v !== "object") return v; if (typeof v.then === "function") return v.then((w) => n(w, d)); if (Array.isArray(v)) return v.map((w, i) => (i === v.length - 1 ? n(w, d + 1) : w)); const p = Object.getPrototypeOf(v); if (p !== null && p !== Object.prototype) return v; for (const k of Object.keys(v)) { const w = n(v[k], d + 1); if (w !== v[k]) return Object.assign(Object.create(p), v, { [k]: w }); } return v;',
  order: 'if (v !== null && typeof v === "object" && typeof v.then === "function") return v.then((w) => n(w, d)); return Array.isArray(v) ? v.slice().reverse() : v;',
  more: 'if (d > 3 || v === null || typeof v !== "object") return v; if (typeof v.then === "function") return v.then((w) => n(w, d)); if (Array.isArray(v)) return [...v, v[v.length - 1]]; const p = Object.getPrototypeOf(v); return p === null || p === Object.prototype ? Object.assign(Object.create(p), v, { toomuch: 1 }) : v;',
};

const PYTHON: Readonly<Record<Nudge, string>> = {
  value: "(not v) if isinstance(v, bool) else v + 1 if isinstance(v, (int, float)) else v + '~' if isinstance(v, str) else v + b'~' if isinstance(v, bytes) else type(v)([*v[:-1], n(n, v[-1])]) if type(v) in (list, tuple) and v else {**v, next(iter(v)): n(n, v[next(iter(v))])} if type(v) is dict and v else v",
  order: "type(v)(reversed(v)) if type(v) in (list, tuple) else v",
  more: "type(v)([*v, v[-1]]) if type(v) in (list, tuple) and v else {**v, 'toomuch': 1} if type(v) is dict else v",
};

/** An expression whose value is nearly the given one's. What it is made of is evaluated where it stood, so that `await`, `yield` and `this` keep their meaning. */
export function nudged(kind: Nudge, expression: string, { name, typed }: Language): string {
  if (name === "python") return `(lambda n, v: ${PYTHON[kind]})((lambda n, v: ${PYTHON[kind]}), (${expression}))`;
  const code = typed ? JAVASCRIPT[kind].replaceAll("(w) =>", "(w: any) =>").replaceAll("(w, i) =>", "(w: any, i: number) =>") : JAVASCRIPT[kind];
  const parameters = typed ? "(v: any, d: number): any" : "(v, d)";
  return `(function n${parameters} { ${code} })(${expression}, 0)`;
}

export const nothing = ({ name, typed }: Language): string => (name === "python" ? "None" : typed ? "(undefined as any)" : "undefined");

/** What a person reads of it. */
export const NUDGE_SAYS: Readonly<Record<Nudge, string>> = {
  value: "gives a slightly different value",
  order: "gives its list in another order",
  more: "gives one thing too many",
};
