import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { templateMissing } from "./errors.ts";

const TARGETS = { github: ".github/workflows/proofline.yml", gitlab: ".gitlab/proofline.yml" } as const;

/** The pipeline file people would copy: beside the bundle, or from the repository's templates when run from source. */
export async function pipelineFile(ci: keyof typeof TARGETS): Promise<{ readonly path: string; readonly text: string }> {
  const places = [`./templates/${ci}.yml`, `../templates/${ci}.yml`, `../../../../../templates/ci/${ci}.yml`].map((place) => new URL(place, import.meta.url));
  const found = places.find((place) => existsSync(place));
  if (!found) throw templateMissing({ ci });
  return { path: TARGETS[ci], text: await readFile(found, "utf8") };
}
