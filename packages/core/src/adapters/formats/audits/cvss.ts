/** Weights of the base metrics of CVSS 3.0 and 3.1. */
const WEIGHTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  AV: { N: 0.85, A: 0.62, L: 0.55, P: 0.2 },
  AC: { L: 0.77, H: 0.44 },
  UI: { N: 0.85, R: 0.62 },
  C: { H: 0.56, L: 0.22, N: 0 },
  I: { H: 0.56, L: 0.22, N: 0 },
  A: { H: 0.56, L: 0.22, N: 0 },
};

const PRIVILEGES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  U: { N: 0.85, L: 0.62, H: 0.27 },
  C: { N: 0.85, L: 0.68, H: 0.5 },
};

/** Base score of a CVSS 3 vector; undefined for other versions and for what is incomplete. */
export function cvss3Score(vector: string): number | undefined {
  if (!/^CVSS:3\.[01]\//.test(vector) || vector.length > 300) return undefined;
  const metrics = new Map(
    vector
      .split("/")
      .slice(1)
      .map((part) => part.split(":") as [string, string | undefined]),
  );
  const weight = (name: string): number => WEIGHTS[name]?.[metrics.get(name) ?? ""] ?? Number.NaN;
  const scope = metrics.get("S") ?? "";
  const privileges = PRIVILEGES[scope]?.[metrics.get("PR") ?? ""] ?? Number.NaN;
  const exposed = 1 - (1 - weight("C")) * (1 - weight("I")) * (1 - weight("A"));
  const impact = scope === "C" ? 7.52 * (exposed - 0.029) - 3.25 * (exposed - 0.02) ** 15 : 6.42 * exposed;
  const exploitability = 8.22 * weight("AV") * weight("AC") * privileges * weight("UI");
  if (Number.isNaN(impact + exploitability)) return undefined;
  if (impact <= 0) return 0;
  return roundUp(Math.min(scope === "C" ? 1.08 * (impact + exploitability) : impact + exploitability, 10));
}

/** To one decimal, upwards, the way the specification's appendix A does it. */
function roundUp(score: number): number {
  const scaled = Math.round(score * 100_000);
  return scaled % 10_000 === 0 ? scaled / 100_000 : (Math.floor(scaled / 10_000) + 1) / 10;
}
