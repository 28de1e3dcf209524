import { agentSigns } from "#change";
import type { DeclaredAgent } from "../config/config.ts";

/** True when a single human committed in the time looked at. Agents and bots are no humans; one person may have several addresses under one name. */
export function isSolo(contributors: readonly { readonly name: string; readonly email: string }[], agents: readonly DeclaredAgent[]): boolean {
  const declared = agents.flatMap((agent) => [...agent.accounts, ...agent.emails]);
  const humans = contributors.filter((person) => !isAgent(person, declared));
  const names = new Set(humans.map((person) => person.name.toLowerCase().trim()));
  const mails = new Set(humans.map((person) => person.email.toLowerCase()));
  return humans.length > 0 && (names.size === 1 || mails.size === 1);
}

function isAgent(person: { readonly name: string; readonly email: string }, declared: readonly string[]): boolean {
  const commit = { id: "", parents: [], author: person, committer: person, authoredAt: 0, committedAt: 0, message: "", trailers: [] };
  return agentSigns([commit], declared).length > 0;
}
