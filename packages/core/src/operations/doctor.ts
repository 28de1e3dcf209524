import type { VerdictDocument } from "./verdict-document.ts";

/** One thing looked at. */
export interface Diagnosis {
  readonly about: string;
  readonly state: "ok" | "warn" | "fail";
  readonly says: string;
  readonly fix?: string;
}

export interface DoctorPorts {
  /** Facts about machine and repository, each already judged. */
  examine(): Promise<readonly Diagnosis[]>;
  /** Judges a scratch repository in which a secret was planted; throws what a real check would throw. */
  fireCanary(): Promise<VerdictDocument>;
}

/** Says whether Proofline can do its work here, and fires the gate once for real: a planted secret has to be held. */
export const doctor = (ports: DoctorPorts) => async (): Promise<readonly Diagnosis[]> => [...(await ports.examine()), await canary(ports)];

async function canary({ fireCanary }: DoctorPorts): Promise<Diagnosis> {
  const about = "the gate itself";
  try {
    const verdict = await fireCanary();
    const caught = verdict.decision === "hold" && verdict.findings.some((finding) => finding.check === "security/secret" && finding.answer === "broken");
    if (caught) return { about, state: "ok", says: `a secret planted in a scratch repository was held (${verdict.tookMs} ms)` };
    return { about, state: "fail", says: `a planted secret was not held: the verdict was ${verdict.decision}`, fix: "Reinstall Proofline; if it persists, report it: a gate that misses this guards nothing." };
  } catch (error) {
    return { about, state: "fail", says: `the check could not run: ${error instanceof Error ? error.message : String(error)}`, fix: "Mend what is named above first, then run `proofline doctor` again." };
  }
}
