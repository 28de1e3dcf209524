import { compileGlobs } from "#kernel";
import { evidenceOf, measureCoverage, percentOf, type Coverage } from "#evidence";
import type { Surface } from "#intent";
import { ALL_GATES, defineCheck } from "../../check.ts";

export const surfaceFloor = defineCheck({
  id: "coverage/surface-floor",
  asks: "Is every critical surface covered at least as well as its floor?",
  why: "A floor on a named surface keeps the places that matter from eroding while an overall figure stays flat.",
  since: "0.1.0",
  effect: "block",
  gates: ALL_GATES,
  needs: ["coverage"],

  *look({ change, intent, evidence }) {
    const floored = intent.surfaces.filter((surface) => surface.floor && touches(surface, change.files));
    if (floored.length === 0) return;
    // What the affected tests alone reach says nothing about the whole surface.
    const reports = evidenceOf(evidence, "coverage").filter((item) => item.partial !== true).filter((item) => item.subject === change.head || item.subject === change.headTree);
    // Said once, as not run: the affected tests alone can't tell.
    if (reports.length === 0 && evidenceOf(evidence, "coverage").length > 0) return;
    for (const surface of floored) {
      const measured = measure(surface, reports);
      if (!measured) {
        yield {
          answer: "unknown",
          because: `The surface ${surface.name} has a coverage floor, and no coverage of its files was found for this head.`,
          fix: "Hand in a coverage report of this commit with --evidence, or let Proofline run the tests.",
          subject: surface.name,
        };
        continue;
      }
      for (const kind of ["lines", "branches"] as const) {
        const floor = surface.floor?.[kind];
        if (floor === undefined) continue;
        if (measured[kind] === undefined) {
          yield {
            answer: "unknown",
            because: `The surface ${surface.name} has a floor for ${kind}, and the coverage of this head tells nothing about ${kind}.`,
            fix: `Have the coverage report include ${kind}, or take the floor for ${kind} out.`,
            subject: `${surface.name} ${kind}`,
          };
          continue;
        }
        const holds = measured[kind] >= floor;
        yield {
          answer: holds ? "holds" : "broken",
          because: `${surface.name}: ${measured[kind]} % of ${kind} covered, floor ${floor} %.`,
          ...(holds ? {} : { fix: `Cover what this change adds to ${surface.name}; lowering the floor needs an owner.` }),
          subject: `${surface.name} ${kind}`,
          details: { surface: surface.name, kind, measured: measured[kind], floor },
        };
      }
    }
  },
});

function touches(surface: Surface, files: readonly { readonly path: string }[]): boolean {
  const inside = compileGlobs(surface.paths);
  return files.some((file) => inside(file.path));
}

function measure(surface: Surface, reports: readonly Coverage[]): { lines: number; branches?: number } | undefined {
  const found = measureCoverage(compileGlobs(surface.paths), reports);
  return found && { lines: percentOf(found.lines), ...(found.branches && { branches: percentOf(found.branches) }) };
}
