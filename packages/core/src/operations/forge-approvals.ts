import type { Change } from "#change";
import type { Approvals } from "#evidence";
import { gateFile, ownersOf, type Intent } from "#intent";
import type { ApprovalSource } from "./ports/approval-source.ts";
import type { Forge, ForgeContext } from "./ports/forge.ts";

/** Approvals of a pull request, read with the job's token. Where there is no pull request there is nobody to ask. */
export const forgeApprovals = (forge: Forge, context: ForgeContext): ApprovalSource => ({
  read: async (change: Change, intent: Intent, agents: readonly string[]): Promise<readonly Approvals[]> => {
    if (context.pullRequest === undefined) return [];
    const areas = intent.areas
      .filter((area) => change.areas.includes(area.name))
      .map((area) => ({ name: area.name, owners: area.owners.length > 0 ? area.owners : ownersInArea(area.name, change, intent) }));
    // Who owns the files of the gate matters to gate/changed, whatever areas they lie in.
    const gate = change.files.filter((file) => gateFile(file.basePath ?? file.path) !== undefined || gateFile(file.path) !== undefined);
    if (gate.length > 0) areas.push({ name: "the gate", owners: [...new Set(gate.flatMap((file) => ownersOf(file.path, intent.codeOwners)))] });
    const reading = await forge.approvals({ repo: context.repo, pullRequest: context.pullRequest, headSha: context.headSha ?? change.head, areas, agents });
    return [{ ...reading.evidence, ...(reading.unknownTeams.length > 0 && { unknownTeams: reading.unknownTeams.map(({ team }) => team) }) }];
  },
});

const ownersInArea = (area: string, change: Change, intent: Intent): readonly string[] => [
  ...new Set(change.files.filter((file) => file.areas.includes(area)).flatMap((file) => ownersOf(file.path, intent.codeOwners))),
];
