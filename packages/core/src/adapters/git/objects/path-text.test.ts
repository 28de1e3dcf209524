import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesOfPath, pathText } from "./path-text.ts";

const octalLike = fc.constantFrom("\\303", "\\134", "\\1", "\\", "0", "7", "377", "é", "a/b").map((text) => Buffer.from(text));
const anyBytes = fc.uint8Array({ maxLength: 6 }).map((bytes) => Buffer.from(bytes));
const paths = fc.array(fc.oneof(octalLike, anyBytes), { maxLength: 8 }).map((parts) => Buffer.concat(parts));

describe("a path as text", () => {
  it("gives back exactly its bytes, whatever they are", () => {
    fc.assert(fc.property(paths, (bytes) => bytesOfPath(pathText(bytes)).equals(bytes)));
  });

  it("differs for different bytes", () => {
    fc.assert(fc.property(paths, paths, (one, other) => (pathText(one) === pathText(other)) === one.equals(other)));
  });

  it("shows UTF-8 as it is and other bytes in octal", () => {
    expect(pathText(Buffer.from("src/größe.ts"))).toBe("src/größe.ts");
    expect(pathText(Buffer.from("caf\xe9.txt", "latin1"))).toBe("caf\\351.txt");
    expect(pathText(Buffer.from("a\\b.txt"))).toBe("a\\b.txt");
  });
});
