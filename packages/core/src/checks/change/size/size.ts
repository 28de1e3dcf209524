import { isTestSide, type ChangedFile } from "#change";
import { ALL_GATES, defineCheck } from "../../check.ts";

const weighs = (file: ChangedFile): boolean => file.kind === "source" || file.kind === "migration" || isTestSide(file);

export const size = defineCheck({
  id: "change/size",
  asks: "Is the change small enough to be read whole?",
  why: "Reviewers find fewer problems per line as a change grows; above a few hundred lines they skim.",
  since: "0.1.0",
  effect: "note",
  gates: ALL_GATES,
  options: {
    "max-lines": { type: "number", default: 600, says: "Added plus deleted lines of source, migrations and tests; moved lines count once." },
  },

  *look({ change, options }) {
    const limit = Number(options["max-lines"]);
    const files = change.files.filter(weighs);
    const lines = files.reduce((sum, file) => sum + Math.min(file.added, file.newLines.length) + file.deleted, 0);
    if (lines <= limit) return;
    const largest = [...files].sort((a, b) => b.added + b.deleted - (a.added + a.deleted)).slice(0, 3);
    yield {
      answer: "broken",
      because: `${lines} lines of code in ${files.length} files; few people read more than ${limit} with care.`,
      fix: "Split it where one half can land without the other, or say in the description in which order to read it.",
      places: largest.map((file) => ({ file: file.path })),
      subject: "size",
      details: { lines, files: files.length, limit },
    };
  },
});
