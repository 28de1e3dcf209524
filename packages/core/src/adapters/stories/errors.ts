import { defineError } from "#kernel";

export const unreadableSource = defineError<{ readonly path: string; readonly says: string }>({
  code: "stories/unreadable-source",
  title: "What was to be imported could not be read.",
  message: ({ path, says }) => `${path}: ${says}`,
  fix: () => "Give a file or folder: openspec/, specs/, .kiro/specs/, features/ or the repository itself.",
  exit: 2,
});
