import { defineError } from "#kernel";

export const keyInsideRepository = defineError<{ file: string; root: string }>({
  code: "signing/key-inside-repository",
  title: "A private key does not belong into the repository",
  message: ({ file, root }) => `${file} lies inside ${root}, from where it would sooner or later be committed.`,
  fix: () => "Name a folder outside the repository, e.g. ~/.config/proofline/keys/, or keep the key in your CI's secret store.",
  exit: 2,
});

export const keyExists = defineError<{ file: string }>({
  code: "signing/key-exists",
  title: "There is a key already",
  message: ({ file }) => `${file} exists and is not overwritten: evidence signed with it could no longer be traced to its key.`,
  fix: () => "Choose another name, or move the old key away.",
  exit: 2,
});

export const keyUnreadable = defineError<{ origin: string; because: string }>({
  code: "signing/key-unreadable",
  title: "The private key can't be used",
  message: ({ origin, because }) => `${origin}: ${because}.`,
  fix: () => "Give an ed25519 private key as PKCS#8 PEM, unencrypted: `openssl genpkey -algorithm ed25519` makes one.",
  exit: 2,
});

export const keyTooOpen = defineError<{ file: string; mode: string }>({
  code: "signing/key-too-open",
  title: "Others on this machine can read the private key",
  message: ({ file, mode }) => `${file} has mode ${mode}.`,
  fix: ({ file }) => `Run: chmod 600 ${file}. If somebody may have read it, make a new key.`,
  exit: 2,
});
