import { foreignGit } from "../adapters/git/index.ts";
import type { SyntaxReader } from "#change";
import type { ReportReader, SecretScanner } from "#evidence";
import type { PolicySource } from "#operations";
import { userCache, type OpenRequest, type Opened } from "./opened.ts";

export const lazyPolicies = ({ root }: Opened, env: OpenRequest["env"]): PolicySource => ({
  read: async (ref) => {
    const { gitPolicySource } = await import("../adapters/policies/index.ts");
    return gitPolicySource({ root, cacheFolder: userCache(env), git: foreignGit(env) }).read(ref);
  },
});

export const lazyReports: ReportReader = {
  read: async (file, context) => (await import("../adapters/formats/index.ts")).createReportReader().read(file, context),
};

export const lazySyntax: SyntaxReader = {
  read: async (path, text) => (await import("../adapters/syntax/index.ts")).syntaxReader.read(path, text),
};

export const lazySecrets = (root: string): SecretScanner => ({
  scan: async (lines, subject, base) => {
    const { makeSecretScanner, textsInTree } = await import("../adapters/secrets/index.ts");
    return makeSecretScanner(textsInTree(root)).scan(lines, subject, base);
  },
});
