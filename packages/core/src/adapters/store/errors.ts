import { defineError } from "#kernel";

export const ledgerLocked = defineError<{ readonly file: string; readonly pid: string }>({
  code: "store/ledger-locked",
  title: "The ledger is being written by another process.",
  message: ({ file, pid }) => `${file} has been locked by process ${pid} for more than five seconds.`,
  fix: ({ file }) => `Wait for that process to end. If it is gone, remove ${file}.lock.`,
  exit: 3,
});

export const ledgerUnwritable = defineError<{ readonly file: string; readonly says: string }>({
  code: "store/ledger-unwritable",
  title: "The ledger could not be written.",
  message: ({ file, says }) => `${file}: ${says}`,
  fix: () => "Check the permissions of .proofline/ and that the disk is not full. The verdict itself is not affected.",
  exit: 2,
});
