import * as yaml from "yaml";
import fc from "fast-check";
import { expect, test } from "vitest";
import { renderStory } from "../edit-story.ts";
import { readStory } from "../read-story.ts";
import { storyFile } from "../story-id.ts";
import { bare } from "./carry.ts";
import { specImporter } from "./spec-importer.ts";

function imported(files: Readonly<Record<string, string>>) {
  const { stories, left } = specImporter.read(Object.entries(files).map(([path, text]) => ({ path, text })));
  const read = stories.map((story) => {
    const text = renderStory(story.draft);
    const { story: made, problems } = readStory(storyFile(story.draft.id), text, yaml);
    expect(problems).toEqual([]);
    if (!made) throw new Error("no story");
    return { ...story, text, story: made };
  });
  return { stories: read, left, only: read[0] };
}
const criteriaOf = (files: Readonly<Record<string, string>>) => imported(files).only?.story.criteria.map(({ id, state, sentence }) => `${id} ${state}: ${sentence}`);

const OPENSPEC = `# cart Specification

## Purpose
Keeps carts.

## Requirements
### Requirement: Keep the cart
The shop SHALL keep a cart for 30 days.

> Fixes an old bug.

#### Scenario: Closed tab
- **WHEN** a guest closes the tab
- **THEN** the cart is kept

## Appendix
Nobody reads this.
`;

test("OpenSpec: today's truth is promised, an open change is planned, and names are kept", () => {
  const files = { "openspec/specs/cart/spec.md": OPENSPEC, "openspec/changes/limit/specs/cart/spec.md": "## ADDED Requirements\n### Requirement: Limit\nThe cart SHALL hold 99 items.\n\n## REMOVED Requirements\n### Requirement: Fax\n", "openspec/changes/limit/tasks.md": "- [ ] do\n", "openspec/changes/archive/2024-01-01-x/specs/cart/spec.md": OPENSPEC };
  expect(criteriaOf(files)).toEqual(["AC-keep-the-cart promised: The shop SHALL keep a cart for 30 days.", "AC-limit planned: The cart SHALL hold 99 items."]);
  const { only, left } = imported(files);
  expect(only?.counted).toEqual({ requirements: 2, scenarios: 1 });
  expect(only?.story).toMatchObject({ id: "ST-cart", title: "cart", intent: "Keeps carts." });
  expect(only?.story.criteria[0]?.scenarios).toMatchObject([{ name: "Closed tab", steps: [{ keyword: "when" }, { keyword: "then" }] }]);
  for (const kept of ["<!-- Requirement: Keep the cart -->", "Nobody reads this.", "Requirement: Fax", "> Fixes an old bug."]) expect(only?.text).toContain(kept);
  expect(left.map(({ path }) => path)).toEqual(["openspec/changes/limit/tasks.md", "openspec/changes/archive/2024-01-01-x/specs/cart/spec.md"]);
});

const KIRO = `# Requirements Document

## Introduction

Signing in.

## Glossary

- **Login_Page**: where people sign in

## Requirements

### Requirement 2: Sign in

**User Story:** As a user, I want to sign in.

#### Acceptance Criteria

1. WHEN a password is right, THE Login_Page SHALL open a session
2. IF it is wrong, THEN THE Login_Page SHALL say so
   and keep the name
`;

test("Kiro: numbers are kept, and ticked tasks make promises", () => {
  const path = ".kiro/specs/sign-in";
  expect(criteriaOf({ [`${path}/requirements.md`]: KIRO })).toEqual(["AC-2.1 planned: WHEN a password is right, THE Login_Page SHALL open a session", "AC-2.2 planned: IF it is wrong, THEN THE Login_Page SHALL say so and keep the name"]);
  const { only } = imported({ [`${path}/requirements.md`]: KIRO, [`${path}/tasks.md`]: "- [x] 1. Do it\n" });
  expect(only?.story.criteria.every(({ state }) => state === "promised")).toBe(true);
  expect(only?.story.terms).toContain("Login_Page");
  expect(only?.story.intent).toContain("As a user, I want to sign in.");
});

test("spec-kit: FR and SC numbers are kept, scenarios are criteria, questions stay open", () => {
  const text = "# Feature Specification: Sign in\n\n**Status**: Draft\n\n### User Story 1 - Sign in (Priority: P1)\n\nA user signs in.\n\n**Acceptance Scenarios**:\n\n1. **Given** a user, **When** they sign in,\n   **Then** a session opens.\n\n---\n\n### Edge Cases\n\n- What happens when the clock is wrong?\n\n### Functional Requirements\n\n- **FR-001**: System MUST open a session\n  within 2 seconds.\n- **FR-002**: System MUST [NEEDS CLARIFICATION: lock?]\n\n### Measurable Outcomes\n\n- **SC-001**: 95% sign in within 5 seconds.\n";
  const { only } = imported({ "specs/001-sign-in/spec.md": text });
  expect(only?.story.criteria.map(({ id, sentence }) => `${id}: ${sentence}`)).toEqual(["AC-US1.1: **Given** a user, **When** they sign in, **Then** a session opens.", "AC-FR-001: System MUST open a session within 2 seconds.", "AC-FR-002: System MUST [NEEDS CLARIFICATION: lock?]"]);
  expect(only?.story).toMatchObject({ id: "ST-001-sign-in", title: "Sign in", qualityGates: [{ id: "SC-001", text: "95% sign in within 5 seconds." }] });
  expect(only?.story.openQuestions.map(({ text: asked }) => asked)).toEqual(["lock?", "What happens when the clock is wrong?"]);
  expect(only?.story.notes).toContain("**Status**: Draft");
});

test("Gherkin: a scenario keeps its text and points at its feature file; one in a doc string is text", () => {
  const text = 'Feature: Cart\n  Guests keep carts.\n\n  Background:\n    Given a shop\n\n  @wip\n  Scenario: Empty\n    Given a cart\n    """\n    Scenario: not me\n    """\n    Then it is empty\n\n  Scenario Outline: Full\n    When I add <n>\n    Then I see <n>\n\n    Examples:\n      | n |\n      | 1 |\n';
  const { only } = imported({ "features/cart.feature": text });
  expect(only?.story.criteria.map(({ id, state, tests, scenarios }) => [id, state, tests, scenarios.map(({ steps }) => steps.length)])).toEqual([["AC-empty", "planned", ["features/cart.feature"], [2]], ["AC-full", "promised", ["features/cart.feature"], [2]]]);
  expect(only?.story.intent).toBe("Guests keep carts.");
  expect(only?.story.notes).toContain("Background:");
  expect(imported({ "features/vogn.feature": "# language: no\nEgenskap: Vogn\n" }).only?.guesses.join()).toContain("another language (no)");
});

const anyLine = fc.oneof(fc.constantFrom(...OPENSPEC.split("\n"), ...KIRO.split("\n"), "```", "<!--", "-->", "## Requirements", "- **FR-001**: System MUST a", "| a | b |"), fc.string({ maxLength: 25 }));

test("whatever the file, every line of it stands in the story", () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 40 }), fc.constantFrom("openspec/specs/a/spec.md", ".kiro/specs/a/requirements.md", "specs/001-a/spec.md", "features/a.feature"), (lines, path) => {
      const { stories } = specImporter.read([{ path, text: lines.join("\n") }]);
      const [story] = stories;
      const whole = ` ${(story ? renderStory(story.draft) : "").split("\n").map(bare).join(" ").replace(/\s+/g, " ")} `;
      for (const line of lines.join("\n").split(/\r?\n/)) {
        const wanted = bare(line).replace(/^[A-Z]{1,5}-\d+: /, "").replace(/^Feature: ?/, "");
        // Headings that only name a place are said by the story's own.
        if (wanted === "" || /^(?:Purpose|Requirements(?: Document)?|Introduction|Acceptance Criteria|cart Specification)$/i.test(wanted)) continue;
        expect(whole).toContain(wanted);
      }
    }),
    { numRuns: 300 },
  );
});
