import type { ChangedFile } from "#change";
import { evidenceOf } from "#evidence";
import { CONFIG_FILES, gateChange, gateFile, ownersOf } from "#intent";
import { ALL_GATES, defineCheck, type Facts, type StaticFacts } from "../../check.ts";

export const changed = defineCheck({
  id: "gate/changed",
  asks: "Does the change leave the gate that judges it alone?",
  why: "A gate that a change can loosen for itself guards nothing. Such a change is judged by the rules of the target branch and needs an owner.",
  since: "0.1.0",
  effect: "block",
  gates: ALL_GATES,

  *reads({ change }: StaticFacts) {
    for (const path of CONFIG_FILES) yield { side: "target", path };
    for (const file of change.files) {
      const path = file.basePath ?? file.path;
      if (gateFile(path) !== undefined) yield { side: "target", path };
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
    const touched = change.files.filter((file) => altered.includes(file.path) || altered.includes(file.basePath ?? file.path));
    if (touched.length === 0) return;
    const paths = touched.map((file) => file.path);
    const approved = ownersWhoApproved(touched, facts);
    if (approved.length > 0) {
      yield { answer: "holds", because: `The change to the gate was approved by ${approved.join(", ")} (reported).`, subject: paths.join("\n") };
      return;
    }
    yield {
      answer: "broken",
      because: `${paths.slice(0, 3).join(", ")}${paths.length > 3 ? ` and ${paths.length - 3} more` : ""} decide how changes are judged; this verdict uses the version on ${change.baseName}.`,
      fix: "Move it to a change of its own and have an owner approve or waive it.",
      places: touched.map((file) => ({ file: file.path, ...(file.hunks[0] && { line: Math.max(1, file.hunks[0].headStart) }) })),
      subject: touched.map((file) => `${file.path} ${file.headBlob ?? "deleted"}`).join("\n"),
      ask: { to: gateOwners(touched, facts), question: "May the rules change like this?", how: "Approve the pull request, or `proofline waive` this finding with the reason." },
    };
  },
});

const gateOwners = (files: readonly ChangedFile[], { intent }: Facts): readonly string[] => {
  const owners = [...new Set(files.flatMap((file) => ownersOf(file.path, intent.codeOwners)))];
  return owners.length > 0 ? owners : ["owner"];
};

function ownersWhoApproved(files: readonly ChangedFile[], facts: Facts): string[] {
  const record = evidenceOf(facts.evidence, "approvals").find((item) => item.subject === facts.change.head);
  if (!record) return [];
  const author = record.author.toLowerCase();
  return record.approvals
    .filter((approval) => approval.principal === "person" && approval.commit === record.subject && approval.by.toLowerCase() !== author)
    .filter((approval) => files.every((file) => owns(approval, ownersOf(file.path, facts.intent.codeOwners))))
    .map((approval) => approval.by);
}

function owns(approval: { readonly by: string; readonly teams: readonly string[] }, owners: readonly string[]): boolean {
  const names = [approval.by, ...approval.teams].map((name) => `@${name.replace(/^@/, "").toLowerCase()}`);
  return owners.some((owner) => names.includes(owner.toLowerCase()));
}
