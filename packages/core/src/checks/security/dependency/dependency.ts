import type { Json, Observation } from "#kernel";
import { evidenceOf, type Advisory } from "#evidence";
import { ALL_GATES, defineCheck } from "../../check.ts";
import { lockRequests, readChangedLocks, type ChangedLock } from "./changed-locks.ts";
import { manifestDrifts, manifestRequests, type ManifestDrift } from "./manifest-drift.ts";
import { oddities, placesOf } from "./oddities.ts";
import { vulnerableIn, type Vulnerable } from "./vulnerable.ts";

const SEVERITIES = ["low", "moderate", "high", "critical"];

export const dependency = defineCheck({
  id: "security/dependency",
  asks: "Do the packages this change brings in deserve to be trusted?",
  why: "A lock file is reviewed by nobody, and it decides which code of strangers runs in the product.",
  since: "0.1.0",
  effect: "ask",
  gates: ALL_GATES,
  options: {
    "min-severity": { type: "string", default: "moderate", says: "Known vulnerabilities below this severity (`low`, `moderate`, `high`, `critical`) are a note; unknown severity counts as high." },
    "dev-too": { type: "boolean", default: false, says: "Ask about vulnerable packages that only development uses, too." },
    ignore: { type: "strings", default: [], says: "Advisory ids that somebody has looked at and found not to apply." },
  },

  reads: ({ change }) => [...lockRequests(change), ...manifestRequests(change)],

  *look(facts) {
    const { locks, unread } = readChangedLocks(facts);
    const ignored = new Set(strings(facts.options["ignore"]));
    const advisories = evidenceOf(facts.evidence, "audit")
      .flatMap((audit) => audit.advisories)
      .filter(({ id, aliases }) => ![id, ...aliases].some((name) => ignored.has(name)));
    const seen: Observation[] = [
      ...vulnerableIn(locks, advisories).map((vulnerable) => vulnerableSeen(vulnerable, facts.options)),
      ...locks.flatMap((lock) => [...oddities(lock)]),
      ...driftsSeen(manifestDrifts(facts)),
      ...unread.map(({ file, because, fix }): Observation => ({ answer: "broken", effect: "note", because, fix, places: [{ file: file.path }], subject: `unread\n${file.path}` })),
    ];
    yield* seen;
    if (seen.length === 0 && locks.length > 0) yield ordinary(locks, evidenceOf(facts.evidence, "audit").length > 0);
  },
});

function vulnerableSeen({ item, advisories, locks, fresh }: Vulnerable, options: Readonly<Record<string, Json>>): Observation {
  const [worst] = [...advisories].sort((a, b) => rankOf(b) - rankOf(a)) as [Advisory, ...Advisory[]];
  const least = SEVERITIES.indexOf(String(options["min-severity"]));
  const asks = fresh && rankOf(worst) >= Math.max(0, least) && (options["dev-too"] === true || item.dev !== true);
  const more = advisories.length > 1 ? ` and ${advisories.length - 1} more` : "";
  const fixed = [...new Set(advisories.flatMap(({ fixedIn }) => fixedIn ?? []))];
  const already = fresh ? "" : " (the version before it was, too)";
  return {
    answer: "broken",
    because: `${item.name} ${item.version} is known to be vulnerable: ${worst.title} (${worst.id}, ${worst.severity}${more})${already}.`,
    fix: fixed.length > 0 ? `Take ${item.name} ${fixed.join(" or ")}${item.direct === false ? ", if need be by an override: another package asks for it" : ""}.` : `There is no fixed version yet: replace ${item.name}, or record why it can't be reached.`,
    places: locks.flatMap((lock) => placesOf(lock, [item])).slice(0, 10),
    subject: `vulnerable\n${item.name}\n${advisories.map(({ id }) => id).sort().join("\n")}`,
    ...(asks
      ? { ask: { to: ["author"], question: `Can ${item.name} ${item.version} be avoided?`, how: `Take a version without ${worst.id}, or say with \`proofline waive\` why it can't be reached.` } }
      : { effect: "note" as const }),
    details: { kind: "vulnerable", package: `${item.name}@${item.version}`, advisories: advisories.map(({ id, severity, url }) => ({ id, severity, url: url ?? null })) },
  };
}

/** Nobody rated it: that is no reason to think it harmless. */
const rankOf = ({ severity }: Advisory): number => (severity === "unknown" ? SEVERITIES.indexOf("high") : SEVERITIES.indexOf(severity));

/** One finding per lock file that was left behind, however many manifests it answers for, and one per manifest that leaves a range open. */
function* driftsSeen(drifts: readonly ManifestDrift[]): Generator<Observation> {
  for (const stale of new Set(drifts.flatMap((drift) => drift.stale ?? []))) {
    const behind = drifts.filter((drift) => drift.stale === stale);
    const files = behind.map(({ file }) => file.path);
    const names = [...new Set(behind.flatMap(({ wanted }) => wanted.map(({ name }) => name)))].sort();
    yield { ...note(files), because: `${listed(files)} ${files.length === 1 ? "asks" : "ask"} for other versions (${listed(names)}), and ${stale} did not follow.`, fix: "Run the package manager's install and commit the lock file.", subject: `stale\n${stale}\n${names.join("\n")}` };
  }
  for (const { file, open } of drifts.filter((drift) => drift.open.length > 0)) {
    const names = open.map(({ name, range }) => `${name} ${range}`).sort();
    yield { ...note([file.path]), because: `${file.path} takes whatever is newest: ${listed(names)}.`, fix: "Name a range, or a commit for a Git source.", subject: `open\n${names.join("\n")}` };
  }
}

const note = (files: readonly string[]) => ({ answer: "broken", effect: "note", places: files.slice(0, 10).map((file) => ({ file })) }) as const;

const listed = (names: readonly string[]): string => (names.length > 3 ? `${names.slice(0, 2).join(", ")} and ${names.length - 2} more` : names.join(", "));
const strings = (value: Json | undefined): string[] => (Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : []);

function ordinary(locks: readonly ChangedLock[], audited: boolean): Observation {
  const pinning = locks.filter(({ head, base }) => !(head ?? base)?.hashesOnly);
  const count = (of: (lock: ChangedLock) => readonly unknown[]): number => pinning.reduce((sum, lock) => sum + of(lock).length, 0);
  const counts = { added: count(({ diff }) => diff.added), upgraded: count(({ diff }) => diff.upgraded), removed: count(({ diff }) => diff.removed) };
  const known = audited ? ", none known to be vulnerable" : "; no audit report was handed in";
  return { answer: "holds", because: `${counts.added} packages added, ${counts.upgraded} upgraded, ${counts.removed} removed: nothing unusual${known}.`, subject: "dependency", details: counts };
}
