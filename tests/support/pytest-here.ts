import { spawnSync } from "node:child_process";

/** Whether Python with pytest is on this machine: Proofline installs neither. */
export const pytestHere = spawnSync("python3", ["-I", "-c", "import pytest"]).status === 0;
