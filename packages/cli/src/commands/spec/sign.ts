import { ROLES, type Role } from "@proofline/core/operations";
import { badFlag } from "../../errors.ts";
import { write } from "../../output.ts";
import { withOperations } from "../../with-operations.ts";
import { labelled, pageFor } from "./page.ts";
import { renderStatus } from "./render-status.ts";

type Flags = Readonly<Record<string, unknown>>;

/** `spec status`: where stories stand. 1: a signature lapsed. 3: something is owed or open. */
export const status = (flags: Flags, names: readonly string[]): Promise<number> =>
  withOperations(flags, async (operations) => {
    const report = await operations.storyStatus({ names, head: typeof flags["head"] === "string" ? flags["head"] : "HEAD" });
    operations.progress.done();
    await write(flags["format"] === "json" ? `${JSON.stringify(report, null, 2)}\n` : `${renderStatus(report, pageFor(flags)).join("\n")}\n`, flags["out"]);
    const states = report.stories.flatMap(({ stages }) => stages.map(({ state }) => state));
    return states.includes("lapsed") || report.unread.length > 0 ? 1 : states.some((state) => state !== "done") ? 3 : 0;
  });

/** `spec sign`: one role's signature under one stage. */
export const sign = (flags: Flags, names: readonly string[]): Promise<number> =>
  withOperations(flags, async (operations) => {
    if (names.length === 0) throw badFlag({ flag: "<names>", value: "", expected: "the stories you read, e.g. ST-guest-checkout" });
    const role = ROLES.find((one) => one === flags["as"]);
    if (role === undefined) throw badFlag({ flag: "--as", value: String(flags["as"] ?? ""), expected: `one of ${ROLES.join(", ")}` });
    const key = flags["key"] ?? process.env["PROOFLINE_KEY_FILE"];
    const report = await operations.signStory({ names, role: role satisfies Role, ...(typeof key === "string" && key !== "" && { keyFile: key }) });
    const page = pageFor(flags);
    const lines = [
      ...report.signed.flatMap(({ story, stage, by, digest }) => labelled("signed", `${story} ${stage}, as ${role}, by ${by}${report.kind === "self" ? " (you work alone here, recorded as self)" : ""}  ${digest.slice(0, 12)}`, page, 7)),
      ...(report.locked > 0 ? [` locked  ${report.locked} lines of proofs`] : []),
      ...report.files.map((file) => `written  ${file}`),
      "",
      "Next: commit it. It counts as long as what it approved says the same.",
      "Who is next:  proofline spec status",
    ];
    await write(flags["format"] === "json" ? `${JSON.stringify(report, null, 2)}\n` : `${lines.join("\n")}\n`, flags["out"]);
    return 0;
  });

/** `spec lock`: the proofs of stories as they stand now. */
export const lock = (flags: Flags, names: readonly string[]): Promise<number> =>
  withOperations(flags, async (operations) => {
    const report = await operations.lockProofs(names);
    await write(flags["format"] === "json" ? `${JSON.stringify(report, null, 2)}\n` : `written  ${report.file}\n locked  ${report.locked} files behind the proofs of ${report.stories.join(", ") || "no story"}\n`, flags["out"]);
    return 0;
  });
