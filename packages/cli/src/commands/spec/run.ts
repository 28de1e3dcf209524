import { storiesHere } from "@proofline/core/compose";
import type { Stories } from "@proofline/core/operations";
import type { CommandModule } from "../../command.ts";
import { badFlag } from "../../errors.ts";
import { write } from "../../output.ts";
import { looseLinks, looseWords } from "./loose-links.ts";
import { renderImport } from "./render-import.ts";
import { renderLint } from "./render-lint.ts";
import { renderList } from "./render-list.ts";
import { renderShow } from "./render-show.ts";
import { pageFor, type Page } from "./page.ts";

type Flags = Readonly<Record<string, unknown>>;

/** What an action answers: a document, its text for people, and the exit code. */
interface Answer {
  readonly document: unknown;
  readonly text: (page: Page) => readonly string[];
  readonly exit: number;
}

export const run: CommandModule["run"] = async (flags, [action, given]) => {
  const names = Array.isArray(given) ? given : [];
  if (action === "trace") return (await import("./trace.ts")).trace(flags, names);
  if (action === "status" || action === "sign" || action === "lock") return (await import("./sign.ts"))[action](flags, names);
  if (action === "history" || action === "at") return (await import("./past.ts"))[action](flags, names);
  if (action === "plan") return (await import("./plan.ts")).plan(flags, names);
  if (action === "run") return (await import("./run-journeys.ts")).runJourneys(flags, names);
  const act = ACTIONS[String(action)];
  if (act === undefined) throw badFlag({ flag: "spec", value: String(action), expected: "new, lint, show, list, trace, run, history, at, status, sign, lock, plan or import" });
  const stories = await storiesHere({ dir: String(flags["repo"] ?? "."), env: process.env });
  const { document, text, exit } = await act(stories, names, flags);
  const page = pageFor(flags);
  await write(flags["format"] === "json" ? `${JSON.stringify(document, null, 2)}\n` : `${text(page).join("\n")}\n`, flags["out"]);
  return exit;
};

const ACTIONS: Readonly<Record<string, (stories: Stories, names: readonly string[], flags: Flags) => Promise<Answer>>> = {
  list: async (stories) => {
    const list = await stories.list();
    return { document: list, text: (page) => renderList(list, page), exit: list.problems.length > 0 ? 1 : 0 };
  },
  show: async (stories, names) => {
    const asked = one(names, "the story to show, e.g. ST-guest-checkout (`proofline spec list` names yours)");
    const shown = await stories.show(asked);
    const criterion = asked.split("#")[1];
    return { document: shown, text: (page) => renderShow(shown, criterion, page), exit: 0 };
  },
  lint: async (stories, names, flags) => {
    const report = await stories.lint(names);
    const loose = names.length > 0 || report.stories.length === 0 ? 0 : await looseLinks(flags);
    const document = { stories: report.stories.map(({ id, file }) => ({ id, file })), problems: report.problems, findings: report.findings, looseLinks: loose };
    return { document, text: (page) => [...renderLint(report, page), ...looseWords(loose)], exit: report.problems.length > 0 || report.findings.some(({ level }) => level === "warning") ? 1 : 0 };
  },
  new: async (stories, names, flags) => {
    const made = await stories.create({
      name: one(names, 'a title in quotes, or an id such as ST-guest-checkout'),
      ...textFlag(flags, "title"),
      ...textFlag(flags, "owner"),
      ...textFlag(flags, "area"),
      targets: listFlag(flags, "target"),
      criteria: listFlag(flags, "criterion"),
      state: flags["promised"] === true ? "promised" : "planned",
    });
    const written = [`written  ${made.file}`, ...made.added.map((id) => ` added   ${made.id}#${id}`)];
    const lines = made.first
      ? [...written, "", `Next: answer its questions or take them out, then`, `      proofline spec lint ${made.id}`]
      : [...written, "", `Next:  proofline spec lint ${made.id}`];
    return { document: made, text: () => lines, exit: 0 };
  },
  import: async (stories, names, flags) => {
    const path = one(names, "the folder or file to import");
    const from = flags["from"] as "openspec" | "spec-kit" | "kiro" | "gherkin" | undefined;
    const report = await stories.importFrom({ path, write: flags["write"] === true, ...(from !== undefined && { from }) });
    return { document: report, text: (page) => renderImport(report, path, page), exit: 0 };
  },
};

function one(names: readonly string[], expected: string): string {
  const [name, more] = names;
  if (name === undefined || more !== undefined) throw badFlag({ flag: "<name>", value: names.join(" "), expected: more === undefined ? expected : `one only: ${expected}` });
  return name;
}

function textFlag<Name extends string>(flags: Flags, name: Name): { readonly [key in Name]?: string } {
  const value = flags[name];
  return (typeof value === "string" ? { [name]: value } : {}) as { readonly [key in Name]?: string };
}

const listFlag = (flags: Flags, name: string): readonly string[] => (Array.isArray(flags[name]) ? flags[name].map(String) : []);
