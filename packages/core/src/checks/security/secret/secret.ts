import type { Effect, Observation, Place } from "#kernel";
import { isIllustrative, isTestSide, secretHint, type Change } from "#change";
import { evidenceOf, type SecretSighting, type SecretStrength } from "#evidence";
import { ALL_GATES, defineCheck } from "../../check.ts";

/** What a sighting of each strength costs where the product lives, and where made-up secrets are ordinary. */
const EFFECT: Readonly<Record<SecretStrength, { readonly production: Effect; readonly illustrative: Effect }>> = {
  checked: { production: "block", illustrative: "block" },
  formatted: { production: "block", illustrative: "ask" },
  generated: { production: "block", illustrative: "note" },
  likely: { production: "ask", illustrative: "note" },
};

export const secret = defineCheck({
  id: "security/secret",
  asks: "Is the change free of passwords, keys and tokens?",
  why: "What was pushed once is copied for good: a secret in Git must be revoked, and the cheapest moment to notice it is before the push.",
  since: "0.1.0",
  effect: "block",
  gates: ALL_GATES,

  *look({ change, evidence }) {
    const scans = evidenceOf(evidence, "secret-scan");
    if (scans.length === 0) {
      if (looksScannable(change)) yield notScanned;
      return;
    }
    const sightings = scans.flatMap((scan) => scan.sightings);
    const deleted = new Set(sightings.filter(({ place }) => place.side === "base").map(({ hash }) => hash));
    const added = sightings.filter(({ place, hash, onBase }) => place.side !== "base" && onBase !== true && !deleted.has(hash));
    const held = new Set(added.filter(({ commit }) => commit === undefined).map(({ hash }) => hash));
    // What the head still holds is told once, where it stands now.
    const fresh = added.filter(({ commit, hash }) => commit === undefined || !held.has(hash));
    for (const group of byHash(fresh).values()) yield found(group as [SecretSighting, ...SecretSighting[]], change);
    if (fresh.length === 0) yield { answer: "holds", because: "No secret of a known format on the added lines.", subject: "secret" };
  },
});

/** The scanner is loaded only when a line hints at a secret; a hint without a scan means that nobody looked. */
const looksScannable = (change: Change): boolean =>
  change.files.some((file) => file.kind !== "lock" && file.hunks.some((hunk) => hunk.lines.some((line) => line.op === "+" && secretHint(line.text))));

const notScanned: Observation = {
  answer: "unknown",
  because: "A line that could hold a secret was not scanned.",
  fix: "Run the check again; if it stays like this, report it.",
  subject: "secret",
};

function found(group: readonly [SecretSighting, ...SecretSighting[]], change: Change): Observation {
  const [first] = group;
  const places = first.commit === undefined ? group.map(({ place }) => place) : [{ file: first.place.file }];
  const effect = strictest(group.map((sighting) => EFFECT[sighting.strength ?? "formatted"][isMadeForShow(sighting.place, change) ? "illustrative" : "production"]));
  const elsewhere = group.length > 1 ? ` and in ${group.length - 1} more ${group.length === 2 ? "place" : "places"}` : "";
  const sure = first.strength === "likely" ? "what looks like " : "";
  return {
    answer: "broken",
    because: first.commit === undefined ? `${first.place.file} adds ${sure}${first.what} (${first.masked})${elsewhere}.` : takenOutAgain(first, first.commit, sure),
    fix: `Revoke it first: anyone who fetched the branch may have it. ${first.revoke ?? "Revoke it where it was issued."} Then read it from the environment or a secret store, and rewrite the commits that hold it (\`git rebase -i ${shortName(change)}\`, or \`git filter-repo --replace-text\` once pushed); deleting it in a later commit is not enough.`,
    places,
    subject: first.hash,
    effect,
    ...(effect === "ask" && {
      ask: {
        to: ["author"],
        question: `Does ${first.masked} open anything?`,
        how: "If it does, revoke and remove it. If it is made up, say so with `proofline waive`, or make it look made up (`example`, `xxxx`).",
      },
    }),
    details: { rule: first.rule, masked: first.masked, strength: first.strength ?? "formatted", ...(first.commit !== undefined && { commit: first.commit, line: first.place.line ?? null }) },
  };
}

/** The commits in between are pushed, fetched and kept by the forge like any other, squashed or not. */
const takenOutAgain = ({ place, what, masked }: SecretSighting, commit: string, sure: string): string =>
  `Commit ${commit.slice(0, 8)} adds ${sure}${what} (${masked}) to ${place.file}; the head does not hold it any more, but the branch still does.`;

const shortName = (change: Change): string => (/^[\w./-]{1,80}$/.test(change.baseName) ? change.baseName : change.mergeBase.slice(0, 12));

function isMadeForShow(place: Place, change: Change): boolean {
  const file = change.files.find(({ path }) => path === place.file);
  return isIllustrative(place.file) || (file !== undefined && (isTestSide(file) || file.kind === "docs"));
}

const strictest = (effects: readonly Effect[]): Effect => (["block", "ask", "note"] as const).find((effect) => effects.includes(effect)) ?? "note";

function byHash(sightings: readonly SecretSighting[]): ReadonlyMap<string, readonly SecretSighting[]> {
  const groups = new Map<string, SecretSighting[]>();
  for (const sighting of sightings) groups.set(sighting.hash, [...(groups.get(sighting.hash) ?? []), sighting]);
  return groups;
}
