import type { Advisory } from "#evidence";
import { numberAt, textAt, textsAt, type JsonObject } from "../json/shapes.ts";
import { severityFromWord } from "./severity.ts";

/** The advisory object of npm's first audit format, which pnpm and yarn 1 still print. */
export function npmAdvisory(advisory: JsonObject): Advisory | undefined {
  const name = textAt(advisory, "module_name");
  if (name === undefined) return undefined;
  const url = textAt(advisory, "url");
  const number = numberAt(advisory, "id");
  const github = textAt(advisory, "github_advisory_id") ?? githubId(url);
  const id = github ?? (number === undefined ? (textAt(advisory, "id") ?? "unnamed") : `npm:${number}`);
  const range = textAt(advisory, "vulnerable_versions");
  const fixed = textAt(advisory, "patched_versions");
  return {
    id,
    aliases: textsAt(advisory, "cves"),
    ecosystem: "npm",
    package: name,
    affected: range === undefined ? {} : { range },
    ...fixedIn(fixed),
    severity: severityFromWord(textAt(advisory, "severity")),
    title: textAt(advisory, "title") ?? id,
    ...(url === undefined ? {} : { url }),
  };
}

export const githubId = (url: string | undefined): string | undefined => /\b(GHSA(?:-[0-9a-z]{4}){3})\b/.exec(url ?? "")?.[1];

/** `>=1.2.3` says where it is fixed; `<0.0.0` that it is not. */
const fixedIn = (range: string | undefined): { readonly fixedIn?: string } => {
  const version = /^>=\s*([^\s|]{1,100})/.exec(range ?? "")?.[1];
  return version === undefined ? {} : { fixedIn: version };
};

/** Several paths to one package repeat its advisory. */
export function distinctAdvisories(advisories: readonly Advisory[]): readonly Advisory[] {
  return [...new Map(advisories.map((one) => [JSON.stringify([one.id, one.ecosystem, one.package, one.affected]), one])).values()];
}
