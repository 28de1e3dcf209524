import { agentSigns } from "#change";
import type { DeclaredAgent } from "../config/config.ts";

/** True when the human who works here alone also wrote this change: somebody else's change is never the self's to excuse. */
export function isOwnWork(contributors: readonly Identity[], agents: readonly DeclaredAgent[], authors: readonly Identity[]): boolean {
  if (!isSolo(contributors, agents)) return false;
  const declared = agents.flatMap((agent) => [...agent.accounts, ...agent.emails]);
  const mine = new Set(contributors.filter((person) => !isAgent(person, declared)).flatMap((person) => [person.email.toLowerCase(), person.name.toLowerCase().trim()]));
  return authors.filter((author) => !isAgent(author, declared)).every((author) => mine.has(author.email.toLowerCase()) || mine.has(author.name.toLowerCase().trim()));
}

interface Identity {
  readonly name: string;
  readonly email: string;
}

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
