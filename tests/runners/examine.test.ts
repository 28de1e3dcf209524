import { afterEach, expect, it } from "vitest";
import { examine } from "../../packages/core/src/adapters/machine/examine.ts";
import { openRepository } from "../../packages/core/src/adapters/git/index.ts";
import { makeProject, type FixtureProject } from "./fixture-project.ts";

let project: FixtureProject | undefined;
afterEach(async () => {
  await project?.remove();
  project = undefined;
});

async function told(isolation?: FixtureProject["executor"]["isolation"]) {
  project = makeProject([]);
  project.commit({ "package.json": "{}" });
  const repository = await openRepository(project.root, { ci: false, env: {} });
  try {
    const { isolation: _, ...rest } = project.executor;
    return (await examine(repository, { ...rest, ...(isolation && { isolation }) }, {})).filter((one) => one.about.includes("isolation"));
  } finally {
    await repository.close();
  }
}

it("says of each level what was achieved when it was tried", async () => {
  const found = await told((level) => Promise.resolve({ achieved: true, says: `${level} holds` }));
  expect(found).toEqual([
    { about: "isolation", state: "ok", says: "ordinary holds" },
    { about: "strict isolation", state: "ok", says: "strict holds" },
  ]);
});

it("says what can't be had, what follows, and what to do", async () => {
  const found = await told((level) => Promise.resolve({ achieved: level === "ordinary", says: "no namespaces" }));
  expect(found[0]).toMatchObject({ state: "ok" });
  expect(found[1]).toMatchObject({
    about: "strict isolation",
    state: "warn",
    says: expect.stringContaining("no namespaces") as string,
    fix: expect.any(String) as string,
  });
});

it("promises nothing where nobody can tell", async () => {
  expect((await told()).map((one) => one.state)).toEqual(["warn", "warn"]);
});
