import type { AssessInput } from "@proofline/core/operations";
import { badFlag, conflictingFlags } from "../../errors.ts";
import { readNamedChange } from "../../named-change.ts";

type Flags = Readonly<Record<string, unknown>>;

/** Turns what was typed into what the operation takes; standard input is read only for `--patch -`. */
export async function readFlags(flags: Flags, change: unknown, stdin: () => AsyncIterable<Uint8Array | string>): Promise<AssessInput> {
  const text = (name: string): string | undefined => (typeof flags[name] === "string" ? flags[name] : undefined);
  const list = (name: string): readonly string[] | undefined => (Array.isArray(flags[name]) ? flags[name].map(String) : undefined);
  refuseContradictions(flags);
  const named = readNamedChange(change, flags, ["base", "head", "patch"]);
  const head = await readHead(named?.after ?? text("head"), text("patch"), stdin);
  const base = named?.before ?? text("base");
  const gate = text("gate") as AssessInput["gate"];
  const mode = text("mode") as AssessInput["mode"];
  const type = text("type") as AssessInput["type"];
  const only = list("only");
  const budgetMs = readBudget(text("budget"));
  return {
    ...(base !== undefined && { base }),
    ...(head && { head }),
    ...(gate && { gate }),
    ...(mode && { mode }),
    ...(type && { type }),
    ...(only && { only }),
    ...(budgetMs !== undefined && { budgetMs }),
    run: flags["run"] !== false,
    all: flags["all"] === true,
    trust: flags["trust"] === true,
    evidence: list("evidence") ?? [],
  };
}

function refuseContradictions(flags: Flags): void {
  const given = (name: string): boolean => typeof flags[name] === "string";
  if (given("head") && given("patch")) throw conflictingFlags({ one: "--head", two: "--patch" });
  if (flags["all"] === true && flags["run"] === false) throw conflictingFlags({ one: "--all", two: "--no-run" });
  // A verdict on some checks must not be signed or shown where people take it for the gate's.
  for (const shown of ["post", "attest"] as const) if (Array.isArray(flags["only"]) && given(shown)) throw conflictingFlags({ one: "--only", two: `--${shown}` });
  // What was not looked at would seem paid.
  for (const [less, flag] of [["--only", Array.isArray(flags["only"])], ["--no-run", flags["run"] === false], ["--patch", given("patch")]] as const) {
    if (flags["writeBaseline"] === true && flag) throw conflictingFlags({ one: "--write-baseline", two: less });
  }
}

async function readHead(head: string | undefined, patch: string | undefined, stdin: () => AsyncIterable<Uint8Array | string>): Promise<AssessInput["head"]> {
  if (patch === "-") return { kind: "patch", file: "-", text: await readAll(stdin()) };
  if (patch !== undefined) return { kind: "patch", file: patch };
  if (head === undefined) return undefined;
  if (head === "worktree" || head === "index") return { kind: head };
  return { kind: "commit", rev: head };
}

function readBudget(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const seconds = Number(value);
  if (!Number.isFinite(seconds) || seconds <= 0) throw badFlag({ flag: "--budget", value, expected: "a number of seconds above 0" });
  return seconds * 1000;
}

async function readAll(stream: AsyncIterable<Uint8Array | string>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString("utf8");
}
