import type { Area } from "#intent";
import { ownersOf } from "#intent";
import { evidenceOf, ownersAnswer } from "#evidence";
import { defineCheck, SHARED_GATES, type Facts } from "../../check.ts";

export const needsApproval = defineCheck({
  id: "risk/needs-approval",
  asks: "Did an owner of each touched high-risk area approve this commit?",
  why: "Risky places deserve a second person who answers for them; neither the author nor an agent is one.",
  since: "0.1.0",
  effect: "ask",
  gates: SHARED_GATES,
  needs: ["approvals"],

  *look(facts) {
    const { change, intent, solo } = facts;
    const touched = intent.areas.filter((area) => area.risk === "high" && change.files.some((file) => file.behaviour && file.areas.includes(area.name)));
    for (const area of touched) {
      const owners = ownersFor(area, facts);
      // A built-in area nobody declared, in a repository without owners: there is no one to ask.
      if (owners.length === 0 && !area.declared) continue;
      if (solo) {
        yield { answer: "holds", because: `${area.name} needs no second person: one human commits here, proof replaces approval (self).`, subject: area.name, details: { self: true } };
        continue;
      }
      yield judgeArea(area, owners, facts);
    }
  },
});

function judgeArea(area: Area, owners: readonly string[], { change, evidence }: Facts) {
  const record = evidenceOf(evidence, "approvals").find((item) => item.subject === change.head);
  const { answer, by, why } = ownersAnswer(owners, record);
  if (answer === "holds") return { answer, because: `${by.join(", ")} approved ${area.name} on this commit (reported).`, subject: area.name };
  const named = owners.length > 0 ? owners.join(", ") : "a person other than the author who may write here";
  const said = {
    "teams-unread": `Whether an approval by ${named} is among those given could not be told: the token may not see who belongs to the team.`,
    "permission-unread": `Whether those who approved ${area.name} may write to this repository could not be told, and nobody owns it.`,
    "not-read": `Whether ${named} approved ${area.name} could not be read.`,
    "no-owner": "",
    nobody: "",
  }[why ?? "nobody"];
  return {
    answer,
    because: said || `${area.name} needs one approval by ${named} on this commit; the author and agents don't count.`,
    fix: why === "not-read" ? "Give the job a token that may read reviews (GITHUB_TOKEN with pull-requests: read)." : `Ask ${named} to approve the pull request at this commit.`,
    places: change.files.filter((file) => file.areas.includes(area.name)).slice(0, 5).map((file) => ({ file: file.path })),
    // Names the change: a waiver for one change to the area must not cover the next.
    subject: `${area.name}\n${change.files.filter((file) => file.areas.includes(area.name)).map((file) => file.path).sort().join("\n")}`,
    ask: { to: owners.length > 0 ? owners : ["reviewer"], question: `May this change to ${area.name} go in?`, how: "Approve the pull request at its latest commit." },
  };
}

function ownersFor(area: Area, { change, intent }: Facts): readonly string[] {
  if (area.owners.length > 0) return area.owners;
  const files = change.files.filter((file) => file.areas.includes(area.name));
  return [...new Set(files.flatMap((file) => ownersOf(file.path, intent.codeOwners)))];
}
