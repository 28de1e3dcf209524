import type { StageStatus, StatusReport } from "@proofline/core/operations";
import { expect, test } from "vitest";
import { makePaint } from "../../render/paint.ts";
import { renderStatus } from "./render-status.ts";

const owed = { stage: "story", title: "Story", state: "owed", role: "owner", conditions: [], signed: [], refused: [] } as unknown as StageStatus;
const lines = (id: string): readonly string[] => renderStatus({ stories: [{ id, title: "Keep the cart", stages: [owed] }], unread: [], commit: "0123456789abcdef", solo: false } as unknown as StatusReport, { paint: makePaint(false), width: 80 });

test("the command that signs can be copied: it names the story, and no line breaks it", () => {
  for (const id of ["ST-cart", "ST-slashes-at-the-end-of-addresses"]) {
    expect(lines(id).filter((line) => line.endsWith(`proofline spec sign ${id} --as owner --key FILE`)), id).toHaveLength(1);
    expect(Math.max(...lines(id).map(({ length }) => length))).toBeLessThanOrEqual(80);
  }
});
