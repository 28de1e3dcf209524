import { defineError } from "#kernel";

export const outsideCheckout = defineError<{ readonly path: string }>({
  code: "files/outside-checkout",
  title: "A path leads out of the repository.",
  message: ({ path }) => `${path} is not inside the repository, or reaches out of it through a symbolic link.`,
  fix: () => "Remove the link, or move the file into the repository.",
  exit: 2,
});

export const unwritable = defineError<{ readonly path: string; readonly says: string }>({
  code: "files/unwritable",
  title: "A file could not be written.",
  message: ({ path, says }) => `${path}: ${says}`,
  fix: () => "Check the permissions of the folder and that the disk is not full.",
  exit: 2,
});

export const unreadableReport = defineError<{ readonly path: string; readonly says: string }>({
  code: "files/unreadable-report",
  title: "A report could not be opened.",
  message: ({ path, says }) => `${path}: ${says}`,
  fix: () => "Check the path and its permissions.",
  exit: 2,
});
