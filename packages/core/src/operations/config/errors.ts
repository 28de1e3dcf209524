import { defineError } from "#kernel";

/** A place in a configuration file, as people write it: `proofline.yaml:12:5`. */
export interface ConfigPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export const placeText = ({ file, line, column }: ConfigPlace): string => `${file}:${line}:${column}`;

interface AtPlace {
  readonly place: ConfigPlace;
}

const meantText = (meant: string | undefined): string => (meant === undefined ? "" : ` Did you mean \`${meant}\`?`);

export const configNotYaml = defineError<AtPlace & { readonly says: string; readonly fix: string }>({
  code: "config/not-yaml",
  title: "The configuration is not valid YAML",
  message: ({ place, says }) => `${placeText(place)}: ${says}.`,
  fix: ({ fix }) => fix,
  exit: 2,
});

export const configNoText = defineError<{ readonly file: string; readonly why: "binary" | "too-large" | "missing" | "symlink" | "submodule" }>({
  code: "config/no-text",
  title: "The configuration is no text file",
  message: ({ file, why }) => `${file} ${NO_TEXT[why]}.`,
  fix: ({ file }) => `Put the configuration itself into ${file}; to share one between repositories use \`extends:\`.`,
  exit: 2,
});

const NO_TEXT = {
  binary: "holds binary data",
  "too-large": "is larger than 4 MB",
  missing: "can't be read: this clone lacks its content",
  symlink: "is a symbolic link, which is not followed",
  submodule: "is a submodule",
} as const;

export const configTooLarge = defineError<{ readonly file: string; readonly says: string }>({
  code: "config/too-large",
  title: "The configuration is too large to be one",
  message: ({ file, says }) => `${file} ${says}.`,
  fix: () => "Keep it under 128 KiB, without long chains of aliases and without deep nesting; move shared parts to a policy repository and use `extends:`.",
  exit: 2,
});

export const configDuplicateKey = defineError<AtPlace & { readonly key: string }>({
  code: "config/duplicate-key",
  title: "A key stands twice in the configuration",
  message: ({ place, key }) => `${placeText(place)}: the key \`${key}\` stands here a second time; only one of the two would count.`,
  fix: ({ key }) => `Keep one \`${key}\` and merge what both say.`,
  exit: 2,
});

export const configUnknownKey = defineError<
  AtPlace & { readonly key: string; readonly within: string; readonly meant?: string; readonly known: readonly string[]; readonly others: readonly string[] }
>({
  code: "config/unknown-key",
  title: "A key of the configuration is unknown",
  message: ({ place, key, within, meant, others }) =>
    [`${placeText(place)}: there is no key \`${key}\`${within === "" ? "" : ` in \`${within}\``}.${meantText(meant)}`, ...others].join("\n"),
  fix: ({ key, meant, known }) =>
    meant === undefined ? `Remove \`${key}\`. Known here: ${known.slice(0, 40).join(", ")}.` : `Write \`${meant}\` instead of \`${key}\`.`,
  exit: 2,
});

export const configWrongValue = defineError<
  AtPlace & { readonly key: string; readonly says: string; readonly meant?: string; readonly others: readonly string[] }
>({
  code: "config/wrong-value",
  title: "A value of the configuration is wrong",
  message: ({ place, key, says, meant, others }) => [`${placeText(place)}: \`${key}\` ${says}.${meantText(meant)}`, ...others].join("\n"),
  fix: ({ key, meant }) => (meant === undefined ? `Correct \`${key}\`; \`docs/reference/config.md\` lists what it takes.` : `Write \`${meant}\`.`),
  exit: 2,
});

export const configRuleRefused = defineError<AtPlace & { readonly rule: string; readonly says: string; readonly meant?: string }>({
  code: "config/rule-refused",
  title: "A policy rule cannot be used",
  message: ({ place, rule, says, meant }) => `${placeText(place)}: the rule \`${rule}\` is refused: ${says}.${meantText(meant)}`,
  fix: ({ meant }) => (meant === undefined ? "Correct its `when:`; `docs/reference/config.md` lists the model and the functions." : `Write \`${meant}\`.`),
  exit: 2,
});

export const configLoosensParent = defineError<
  AtPlace & { readonly what: string; readonly own: string; readonly parent: string; readonly parentPlace: ConfigPlace; readonly others: readonly string[] }
>({
  code: "config/loosens-parent",
  title: "The configuration is milder than the policy it extends",
  message: ({ place, what, own, parent, parentPlace, others }) =>
    [`${placeText(place)}: ${what} is ${own}, but ${placeText(parentPlace)} says ${parent}.`, ...others].join("\n"),
  fix: () => "A repository may only tighten the policy it extends. Remove the line, or have the policy changed where it stands.",
  exit: 2,
});

export const extendsNotPinned = defineError<AtPlace & { readonly ref: string }>({
  code: "config/extends-not-pinned",
  title: "An extended policy is not pinned",
  message: ({ place, ref }) => `${placeText(place)}: \`extends: ${ref}\` does not name one exact commit.`,
  fix: () => "Write `extends: <repository or path>@<commit>` with the full 40 (or 64) digit commit id; a branch or tag could change the policy under you.",
  exit: 2,
});

export const extendsUnreadable = defineError<AtPlace & { readonly ref: string; readonly says: string }>({
  code: "config/extends-unreadable",
  title: "An extended policy cannot be read",
  message: ({ place, ref, says }) => `${placeText(place)}: \`${ref}\` cannot be read: ${says}.`,
  fix: ({ ref }) =>
    `Make ${ref} available where Proofline runs (fetch it, or mirror it), or remove \`extends\`. Judging without it would be judging by a milder policy.`,
  exit: 2,
});

export const extendsEndless = defineError<AtPlace & { readonly chain: readonly string[]; readonly why: "cycle" | "depth" }>({
  code: "config/extends-endless",
  title: "Policies extend each other without end",
  message: ({ place, chain, why }) =>
    `${placeText(place)}: ${why === "cycle" ? "these policies extend each other" : `more than ${chain.length - 1} policies stand on each other`}: ${chain.join(" -> ")}.`,
  fix: () => "Let every policy stand on one that stands on nothing, at most five deep.",
  exit: 2,
});
