import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { templateMissing } from "./errors.ts";

/** Template -> where it goes. A fork's change needs a second, trusted half beside the first. */
const TARGETS = {
  github: [
    ["github.yml", ".github/workflows/proofline.yml"],
    ["github-fork-second-half.yml", ".github/workflows/proofline-forks.yml"],
  ],
  gitlab: [["gitlab.yml", ".gitlab/proofline.yml"]],
} as const;

/** The pipeline files people would copy: from beside the bundle, or from the repository's templates when run from source. */
export const pipelineFiles = (ci: keyof typeof TARGETS): Promise<readonly { readonly path: string; readonly text: string }[]> =>
  Promise.all(TARGETS[ci].map(async ([template, path]) => ({ path, text: await readTemplate(template) })));

async function readTemplate(name: string): Promise<string> {
  const places = [`./templates/${name}`, `../templates/${name}`, `../../../../../templates/ci/${name}`].map((place) => new URL(place, import.meta.url));
  const found = places.find((place) => existsSync(place));
  if (!found) throw templateMissing({ ci: name });
  return readFile(found, "utf8");
}
