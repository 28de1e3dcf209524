import type { Observation } from "#kernel";
import type { ChangedFile } from "#change";
import { evidenceOf, ownersAnswer } from "#evidence";
import { baselineShrinks, CONFIG_FILES, gateChange, gateFile, lockGrows, ownersOf } from "#intent";
import { ALL_GATES, defineCheck, type Facts, type StaticFacts } from "../../check.ts";

const BASELINE = "proofline/baseline.json";
const LOCK = "proofline/proofs.lock";

export const changed = defineCheck({
  id: "gate/changed",
  asks: "Does the change leave the gate that judges it alone?",
  why: "A gate that a change can loosen for itself guards nothing. Such a change is judged by the rules of the target branch and needs an owner.",
  since: "0.1.0",
  effect: "block",
  gates: ALL_GATES,
  needs: ["approvals"],

  *reads({ change }: StaticFacts) {
    for (const path of CONFIG_FILES) yield { side: "target", path };
    for (const file of change.files) {
      const path = file.basePath ?? file.path;
      if (gateFile(path) !== undefined) yield { side: "target", path };
      if (path === BASELINE || path === LOCK) yield { side: "head", path };
    }
  },

  *look(facts) {
    const { change, intent, text } = facts;
    const configured = intent.gated === true || CONFIG_FILES.some((path) => text("target", path) !== undefined);
    const { altered, introduces } = gateChange(change.files, configured, (path) => text("target", path));
    if (introduces) {
      yield {
        answer: "broken",
        effect: "note",
        because: "This introduces the gate. It is judged by the defaults; the new rules apply from the next change on.",
        fix: "Read the configuration as if it were code, then merge.",
        places: change.files.filter((file) => (CONFIG_FILES as readonly string[]).includes(file.path)).map((file) => ({ file: file.path })),
        subject: "introduces",
      };
    }
    // Debt that was paid leaves the baseline without anybody's leave.
    const shrinks = altered.includes(BASELINE) && baselineShrinks(text("target", BASELINE), text("head", BASELINE));
    // Proofs that are locked anew where nothing but proofs changes are approved by whoever reviews them: specs/locked-proof-changed looks at the rest.
    const locks = altered.includes(LOCK) && (lockGrows(text("target", LOCK), text("head", LOCK)) || !change.files.some(({ kind, behaviour }) => behaviour && (kind === "source" || kind === "migration")));
    yield* hiddenBy(facts, configured);
    const touched = change.files.filter((file) => (altered.includes(file.path) || altered.includes(file.basePath ?? file.path)) && !(shrinks && file.path === BASELINE) && !(locks && file.path === LOCK));
    if (touched.length === 0) return;
    const paths = touched.map((file) => file.path);
    const approved = ownersWhoApproved(touched, facts);
    if (approved.length > 0) {
      yield { answer: "holds", because: `The change to the gate was approved by ${approved.join(", ")} (reported).`, subject: paths.join("\n") };
      return;
    }
    yield {
      answer: "broken",
      because: `${paths.slice(0, 3).join(", ")}${paths.length > 3 ? ` and ${paths.length - 3} more` : ""} ${paths.length === 1 ? "decides" : "decide"} how changes are judged; this verdict uses the version on ${change.baseName}.`,
      fix: "Move it to a change of its own and have an owner approve or waive it.",
      places: touched.map((file) => ({ file: file.path, ...(file.hunks[0] && { line: Math.max(1, file.hunks[0].headStart) }) })),
      subject: touched.map((file) => `${file.path} ${file.headBlob ?? "deleted"}`).join("\n"),
      ask: { to: gateOwners(touched, facts), question: "May the rules change like this?", how: "Approve the pull request, or `proofline waive` this finding with the reason." },
    };
  },
});

const ATTRIBUTES = ".gitattributes";

/** A change to the attributes is an everyday thing; one after which the checks see less of the repository is not. */
function* hiddenBy(facts: Facts, configured: boolean): Generator<Observation> {
  const { change, outOfSight = [] } = facts;
  if (!configured || outOfSight.length === 0) return;
  const files = change.files.filter((file) => file.path === ATTRIBUTES || file.basePath === ATTRIBUTES);
  const subject = `out of sight\n${outOfSight.join("\n")}`;
  const approved = ownersWhoApproved(files, facts);
  const what = `${outOfSight.slice(0, 3).join(", ")}${outOfSight.length > 3 ? ` and ${outOfSight.length - 3} more` : ""}`;
  if (approved.length > 0) return yield { answer: "holds", because: `That checks look away from ${what} was approved by ${approved.join(", ")} (reported).`, subject };
  yield {
    answer: "broken",
    effect: "ask",
    because: `After this change checks would no longer look at ${what}: .gitattributes calls ${outOfSight.length === 1 ? "it" : "them"} generated, vendored, documentation or without a diff. Here the marks of ${change.baseName} count.`,
    fix: "Mark only what people don't write.",
    places: files.map((file) => ({ file: file.path, ...(file.hunks[0] && { line: Math.max(1, file.hunks[0].headStart) }) })),
    subject,
    ask: { to: gateOwners(files, facts), question: "Is this written by a program, or by others?", how: "Approve the pull request, or `proofline waive` this finding with the reason." },
    details: { files: outOfSight.slice(0, 100) },
  };
}

const gateOwners = (files: readonly ChangedFile[], { intent }: Facts): readonly string[] => {
  const owners = [...new Set(files.flatMap((file) => ownersOf(file.path, intent.codeOwners)))];
  return owners.length > 0 ? owners : ["owner"];
};

/** Each file needs somebody who answers for it; who they are together, or nobody. */
function ownersWhoApproved(files: readonly ChangedFile[], { change, evidence, intent }: Facts): readonly string[] {
  const record = evidenceOf(evidence, "approvals").find((item) => item.subject === change.head);
  const answers = files.map((file) => ownersAnswer(ownersOf(file.path, intent.codeOwners), record));
  return answers.every(({ answer }) => answer === "holds") ? [...new Set(answers.flatMap(({ by }) => by))] : [];
}
