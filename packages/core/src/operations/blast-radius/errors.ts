import { defineError } from "#kernel";

export const noSuchFile = defineError<{ readonly file: string; readonly head: string }>({
  code: "blast/no-such-file",
  title: "A file to draw the blast radius round is not there.",
  message: ({ file, head }) => `${file} is not in ${head}.`,
  fix: () => "Give the path from the root of the repository; a file that Git ignores is not looked at.",
  exit: 2,
});
