import type { InitReport, UndoReport } from "@proofline/core/operations";
import type { CommandModule } from "../../command.ts";
import { badFlag } from "../../errors.ts";
import { withOperations } from "../../with-operations.ts";
import { write } from "../../output.ts";
import { columnsOf } from "../../render/columns.ts";
import { makePaint, wantsColour, type Paint } from "../../render/paint.ts";
import { count, short } from "../../render/words.ts";
import { breakLine, clip, printable, wrap } from "../../render/wrap.ts";

export const run: CommandModule["run"] = (flags) =>
  withOperations(flags, async (operations) => {
    const paint = makePaint(wantsColour(process.stdout, process.env));
    const json = flags["format"] === "json";
    if (flags["undo"] === true) {
      const undone = await operations.undoInit();
      await write(json ? `${JSON.stringify(undone, null, 2)}\n` : renderUndo(undone), flags["out"]);
      return 0;
    }
    const replay = Number(flags["replay"]);
    if (!Number.isInteger(replay) || replay < 0 || replay > 1000) throw badFlag({ flag: "--replay", value: String(flags["replay"]), expected: "a whole number from 0 to 1000" });
    const ci = flags["ci"] as "github" | "gitlab" | undefined;
    const report = await operations.initRepository({ write: flags["dryRun"] !== true, replay, ...(ci && { ci }) });
    operations.progress.done();
    await write(json ? `${JSON.stringify(report, null, 2)}\n` : `${renderInit(report, paint, process.stdout.columns ?? 80).join("\n")}\n`, flags["out"]);
    return 0;
  });

/** A pipeline file runs to a hundred lines; shown whole it would push what was found off the screen. Before it is written, it is. */
const LINES_SHOWN = 12;

const renderUndo = ({ removed, kept }: UndoReport): string =>
  [...removed.map((path) => `removed  ${path}`), ...kept.map((path) => `kept     ${path} (edited since; remove it yourself if you want to)`), removed.length + kept.length === 0 ? "Nothing was left to remove." : ""]
    .filter((line) => line !== "")
    .join("\n") + "\n";

function* lines(report: InitReport, paint: Paint, width: number): Generator<string> {
  const { found, counts, replayed } = report;
  const row = (label: string, text: string): string => ` ${paint.dim(label.padEnd(12))} ${clip(text, width - 14)}`;
  yield paint.bold("Found");
  yield row("branch", found.defaultBranch);
  yield row("tests", found.runners.length > 0 ? found.runners.join(", ") : "no runner recognised: declare `tests.command` in proofline.yaml");
  yield row("packages", count(found.packages, "package"));
  yield row("owners", found.codeOwners ?? "no CODEOWNERS");
  yield row("CI", found.ci.join(", ") || "none");
  if (found.agents.length > 0) yield row("agents", found.agents.join(", "));
  if (found.solo) yield row("people", "one human committer in 90 days: proof replaces approval");
  yield "";
  yield* history(replayed, counts, paint, width);
  if (report.debt > 0) {
    yield* wrap(`${count(report.debt, "finding")} came up in more than one merge: debt from before. \`proofline check --all --write-baseline\` keeps it off later changes.`, width);
    yield "";
  }
  for (const file of report.files) {
    yield `${paint.bold(file.path)}  ${file.written ? "written, not committed" : "not written"}`;
    const written = file.text.trimEnd().split("\n");
    const shown = file.written && written.length > LINES_SHOWN + 1 ? written.slice(0, LINES_SHOWN) : written;
    for (const line of shown) yield* added(line, width).map(paint.green);
    if (shown.length < written.length) yield paint.dim(`  and ${written.length - shown.length} more lines: read them in the file, or with --dry-run`);
    yield "";
  }
  yield report.files.some((file) => file.written) ? "Next: proofline check    Undo: proofline init --undo" : "Next: proofline init     (writes what is shown above)";
}

/** A line of a file to come. One too long for the terminal breaks at a word and goes on below itself: what has a `+` is a line. */
function added(line: string, width: number): string[] {
  const text = printable(line);
  if (columnsOf(text) <= width - 2) return [`+ ${text}`];
  const lead = /^ *(?:# |- )?/.exec(text)?.[0] ?? "";
  // A comment goes on as one; a value stands a little further in.
  const below = lead.endsWith("# ") ? lead : " ".repeat(lead.length + 2);
  return breakLine(text.slice(lead.length), width - 2 - below.length).map((part, index) => (index === 0 ? `+ ${lead}${part}` : `  ${below}${part}`));
}

function* history(replayed: InitReport["replayed"], counts: InitReport["counts"], paint: Paint, width: number): Generator<string> {
  if (replayed.length === 0) {
    yield "No merge to replay yet: this history has no commit with a parent.";
    yield "";
    return;
  }
  yield paint.bold(`Of your last ${replayed.length === 1 ? "merge" : `${replayed.length} merges`}: ${counts.ship} ship, ${counts.ask} ask, ${counts.hold} hold`);
  yield paint.dim(" static checks only: a test that is red, or shows no fix, is not in this");
  const shown = replayed.filter((landing) => landing.decision !== "ship");
  for (const landing of shown.slice(0, 15)) {
    yield ` ${landing.decision === "hold" ? paint.red("hold") : paint.yellow("ask ")} ${short(landing.commit)}  ${clip(landing.subject, width - 16)}`;
    for (const reason of landing.reasons.slice(0, 2)) {
      for (const line of wrap(`${reason.check}${reason.place ? ` ${reason.place}` : ""}: ${reason.because}`, width - 16)) yield paint.dim(`               ${line}`);
    }
  }
  if (shown.length > 15) yield ` and ${shown.length - 15} more: --format json lists them all`;
  yield "";
}

const renderInit = (report: InitReport, paint: Paint, width: number): string[] => [...lines(report, paint, Math.min(Math.max(width, 60), 110))];
