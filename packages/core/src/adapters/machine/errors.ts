import { defineError } from "#kernel";

export const templateMissing = defineError<{ readonly ci: string }>({
  code: "init/template-missing",
  title: "The pipeline template is not part of this installation.",
  message: ({ ci }) => `No template for ${ci} lies beside the program.`,
  fix: () => "Reinstall Proofline; from a checkout run `npm ci`.",
  exit: 70,
});
