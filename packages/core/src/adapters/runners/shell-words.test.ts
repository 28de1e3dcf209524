import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitScript } from "./shell-words.ts";

describe("splitting a script", () => {
  it("knows quotes, escapes and operators", () => {
    const commands = splitScript(`xo && NODE_OPTIONS='--import=tsx/esm' ava "test/a b.ts" test/\\*.ts | tap-spec || true; echo done 2>&1`);
    expect(commands.map(({ before, words }) => [before, ...words])).toEqual([
      ["", "xo"],
      ["&&", "NODE_OPTIONS=--import=tsx/esm", "ava", "test/a b.ts", "test/*.ts"],
      ["|", "tap-spec"],
      ["||", "true"],
      [";", "echo", "done", "2>&1"],
    ]);
  });

  it("gives back single-quoted words as they were, whatever they hold", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string().map((text) => text.replaceAll("'", "")),
          { minLength: 1 },
        ),
        (words) => {
          const script = `run ${words.map((word) => `'${word}'`).join(" ")}`;
          expect(splitScript(script)[0]?.words).toEqual(["run", ...words]);
        },
      ),
    );
  });

  it("reads any text to its end", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", " ", "'", '"', "\\", "&", "|", ";", ">", "$") }), (text) => {
        const letters = (from: string): number => from.split("a").length - 1;
        expect(
          letters(
            splitScript(text)
              .flatMap((one) => one.words)
              .join(""),
          ),
        ).toBe(letters(text));
      }),
    );
  });
});
