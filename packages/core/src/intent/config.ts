import type { z } from "zod";
import type { Area, Surface } from "./area.ts";

/** The parts of zod needed here. They are handed in: only a repository that has a configuration pays for loading them. */
type Zod = Pick<typeof z, "array" | "enum" | "number" | "strictObject" | "string">;

const globs = (zod: Zod, says: string) => zod.array(zod.string().min(1)).min(1).describe(says);

const percent = (zod: Zod, says: string) => zod.number().min(0).max(100).describe(says);

/** The `areas:` key. */
export const areasSchema = (zod: Zod) =>
  zod
    .array(
      zod.strictObject({
        name: zod.string().min(1).describe("The area's name, as findings and reports show it."),
        paths: globs(zod, "Globs of the files it covers; `!glob` excludes, `folder/` means everything below."),
        risk: zod.enum(["low", "medium", "high"]).default("medium").describe("How much harm a mistake does here. A change to a high-risk area owes a test."),
        owners: zod
          .array(zod.string().min(1))
          .default([])
          .describe("Who answers for it: `@user`, `@org/team` or an e-mail address. An owner may waive a finding here."),
      }),
    )
    .describe("Parts of the repository with their own risk and owners.");

/** The `surfaces:` key. */
export const surfacesSchema = (zod: Zod) =>
  zod
    .array(
      zod.strictObject({
        name: zod.string().min(1).describe("The surface's name."),
        paths: globs(zod, "Globs of the files whose coverage counts."),
        floor: zod
          .strictObject({
            lines: percent(zod, "Line coverage may not fall below this percentage.").optional(),
            branches: percent(zod, "Branch coverage may not fall below this percentage.").optional(),
          })
          .optional()
          .describe("The lowest coverage allowed. Without it nothing is held for coverage."),
      }),
    )
    .describe("Critical parts of the product whose coverage only goes up.");

/** The `workspace:` key. */
export const workspaceSchema = (zod: Zod) =>
  zod
    .strictObject({
      stories: zod.string().min(1).max(500).optional().describe("Where the stories stand, when that is another repository: a path from here, or a Git URL."),
      repositories: zod
        .array(
          zod.strictObject({
            name: zod.string().min(1).max(100).describe("Its name in reports, and in stories before a path: `[@test](shop-web:test/cart.test.ts)`."),
            at: zod.string().min(1).max(500).describe("A path from here, or a Git URL."),
          }),
        )
        .default([])
        .describe("Repositories whose tests prove the stories that stand here."),
    })
    .describe("Other repositories that belong to the same product. `proofline spec trace` reads them.");

/** Areas as the configuration declares them. */
export function declaredAreas(read: z.output<ReturnType<typeof areasSchema>>): readonly Area[] {
  return read.map((area) => ({ ...area, declared: true }));
}

/** Surfaces as the configuration declares them; an empty floor is no floor. */
export function declaredSurfaces(read: z.output<ReturnType<typeof surfacesSchema>>): readonly Surface[] {
  return read.map(({ name, paths, floor }) => {
    const limits = {
      ...(floor?.lines === undefined ? {} : { lines: floor.lines }),
      ...(floor?.branches === undefined ? {} : { branches: floor.branches }),
    };
    return Object.keys(limits).length === 0 ? { name, paths } : { name, paths, floor: limits };
  });
}
