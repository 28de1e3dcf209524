import { fileURLToPath } from "node:url";
import tseslint from "typescript-eslint";

const banned = ["utils", "helpers", "common", "shared", "misc", "manager", "service"];

export default tseslint.config(
  { ignores: ["**/dist/**", "**/node_modules/**", "**/fixtures/**", ".proofline/**", "examples/**"] },
  ...tseslint.configs.recommended,
  {
    files: ["**/*.ts"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: fileURLToPath(new URL(".", import.meta.url)) } },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "no-console": "error",
      eqeqeq: "error",
      "no-restricted-exports": ["error", { restrictDefaultExports: { direct: true } }],
    },
  },
  {
    files: ["packages/*/src/**/*.ts"],
    ignores: ["**/*.test.ts"],
    rules: {
      "max-lines": ["error", { max: 400 }],
      "max-lines-per-function": ["error", { max: 60, skipComments: true, skipBlankLines: true }],
      complexity: ["error", 20],
      "no-restricted-syntax": [
        "error",
        { selector: "ThrowStatement > NewExpression[callee.name='Error']", message: "Throw a defined error (defineError): what, where, how to fix. A bare Error is a bug." },
        { selector: "TSEnumDeclaration", message: "Use a union of string literals." },
      ],
      "no-restricted-imports": ["error", { patterns: [{ group: banned.map((word) => `{.,..}/**/${word}*.ts`), message: "Name the module after the one thing it does." }] }],
    },
  },
  { files: ["vitest.config.ts"], rules: { "no-restricted-exports": "off" } },
);
