import { defineError } from "#kernel";

export const alreadyConfigured = defineError<void>({
  code: "init/already-configured",
  title: "This repository already has a proofline.yaml.",
  message: () => "`init` never overwrites a configuration.",
  fix: () => "Run `proofline init --dry-run` to replay without writing, or edit proofline.yaml by hand.",
  exit: 2,
});

export const nowhereToWrite = defineError<{ readonly path: string }>({
  code: "init/nowhere-to-write",
  title: "A bare repository has no files to write.",
  message: ({ path }) => `${path} is a bare repository (or its inner folder): a configuration is a file of a checkout.`,
  fix: () => "Run `proofline init` in a clone of it, or look here with `proofline init --dry-run`.",
  exit: 2,
});

export const nothingToUndo = defineError<void>({
  code: "init/nothing-to-undo",
  title: "There is nothing to undo.",
  message: () => "No record of an earlier `init` was found in .proofline/init.json.",
  fix: () => "If proofline.yaml was written by hand or committed since, remove it through Git.",
  exit: 2,
});
