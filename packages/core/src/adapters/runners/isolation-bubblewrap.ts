import { existsSync } from "node:fs";
import { KERNEL_SETTINGS, type Place, type Step } from "./isolation-layout.ts";

/** The words that start a command inside a layout by way of bubblewrap, which needs no rights where user namespaces are allowed. */
export function bubblewrapWords(place: Place, steps: readonly Step[]): readonly string[] {
  const early = steps.filter((step) => step.kind !== "write");
  const late = steps.filter((step) => step.kind === "write");
  return [
    "bwrap",
    "--unshare-all",
    ...(place.network === "open" ? ["--share-net"] : []),
    "--die-with-parent",
    "--cap-drop",
    "ALL",
    "--proc",
    "/proc",
    // Bubblewrap covers these only where it finds the folder itself writable; as root the files inside are.
    ...KERNEL_SETTINGS.filter((path) => existsSync(path)).flatMap((path) => ["--ro-bind", path, path]),
    "--dev",
    "/dev",
    ...early.flatMap(wordsOf),
    ...late.flatMap(wordsOf),
    "--remount-ro",
    "/dev",
    "--remount-ro",
    "/",
    "--",
  ];
}

function wordsOf(step: Step): readonly string[] {
  switch (step.kind) {
    case "read":
      return ["--ro-bind", step.path, step.path];
    case "write":
      return ["--bind", step.from, step.path];
    case "cover":
      return ["--tmpfs", step.path, "--remount-ro", step.path];
    case "link":
      return ["--symlink", step.to, step.path];
  }
}
