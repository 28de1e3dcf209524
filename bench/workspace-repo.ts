import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { git, type SyntheticRepo } from "./synthetic-repo.ts";

/** Files of one package. */
const IN_PACKAGE = 100;

/** About 2.4 kB that imports five neighbours, by relative path, by an alias and from another package. */
function moduleText(n: number, packages: number): string {
  const at = n % IN_PACKAGE;
  const own = Math.floor(n / IN_PACKAGE);
  const below = [1, 2, 7].filter((step) => at - step >= 0).map((step) => at - step);
  const imports = [
    ...below.map((one, k) => (k === 1 ? `import { step${one} as near${k} } from "@/file${one}";` : `import { step${one} as near${k} } from "./file${one}${k === 0 ? ".js" : ""}";`)),
    ...(own > 0 ? [`import { step0 as far } from "@bench/p${(own * 7) % own}";`, `import { step${at === 0 ? 0 : at - 1} as deep } from "@bench/p${own - 1}/file${at === 0 ? 0 : at - 1}";`] : [`import { readFileSync } from "node:fs";`]),
  ];
  const functions = Array.from({ length: 12 }, (_, k) => `/** Adds ${k} to what it gets, "as ./said" in \`file${n}\`. */\nexport function step${n}x${k}(input: number): number {\n  const scaled = input * ${(n % 7) + 1} + ${k};\n  return scaled > ${n % packages} ? scaled - ${k} : scaled / 2;\n}\n`);
  return `${imports.join("\n")}\n\nexport const step${at} = ${n};\n\n${functions.join("\n")}`;
}

/** A workspace of `files` TypeScript files in packages of 100 with `exports` and aliases; a tenth of them are tests. Its last commit changes one file. */
export function makeWorkspaceRepo(files: number): SyntheticRepo {
  const dir = mkdtempSync(join(tmpdir(), "proofline-bench-workspace-"));
  const packages = Math.ceil((files * 0.9) / IN_PACKAGE);
  git(dir, "init", "-q");
  writeFileSync(join(dir, "package.json"), JSON.stringify({ name: "bench", private: true, workspaces: ["packages/*"], devDependencies: { vitest: "4.0.0" }, scripts: { test: "vitest run" } }));
  let written = 0;
  for (let own = 0; own < packages; own += 1) {
    const folder = join(dir, `packages/p${own}`);
    mkdirSync(join(folder, "src"), { recursive: true });
    mkdirSync(join(folder, "test"), { recursive: true });
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: `@bench/p${own}`, exports: { ".": { types: "./dist/file0.d.ts", default: "./dist/file0.js" }, "./*": "./dist/*.js" } }));
    writeFileSync(join(folder, "tsconfig.json"), '{\n  // names of our own\n  "compilerOptions": { "paths": { "@/*": ["./src/*"], }, },\n}\n');
    for (let at = 0; at < IN_PACKAGE && written < files; at += 1, written += 1) writeFileSync(join(folder, `src/file${at}.ts`), moduleText(own * IN_PACKAGE + at, packages));
    for (let at = 0; at < IN_PACKAGE / 9 && written < files; at += 1, written += 1) writeFileSync(join(folder, `test/file${at}.test.ts`), `import { test, expect } from "vitest";\nimport { step${at} } from "../src/file${at}";\n\n${moduleTests(at)}`);
  }
  git(dir, "add", "-A");
  git(dir, "commit", "-qm", "feat: everything");
  writeFileSync(join(dir, "packages/p0/src/file1.ts"), `${moduleText(1, packages)}\nexport const more = 1;\n`);
  git(dir, "add", "-A");
  git(dir, "commit", "-qm", "fix: one more");
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

const moduleTests = (n: number): string => Array.from({ length: 12 }, (_, k) => `test("step ${k} of ${n}", () => {\n  const result = [step${n}, ${k}].map((one) => one * 2);\n  expect(result).toEqual([step${n} * 2, ${2 * k}]);\n});\n`).join("\n");
