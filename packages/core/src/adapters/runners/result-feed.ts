import type { FileHandle } from "node:fs/promises";
import { openPlain } from "./plain-file.ts";
import { readRecord, type ResultRecord } from "./result-record.ts";

const LINE_LIMIT = 1024 * 1024;
const TOTAL_LIMIT = 512 * 1024 * 1024;

/** Reads a reporter's file while it grows. */
export interface ResultFeed {
  /** What came since the last call. */
  read(): Promise<readonly ResultRecord[]>;
  /** Lines that no reporter of ours would write. */
  readonly strange: number;
}

/** Opens the feed; a file that does not exist yet reads as empty. Lines beyond a megabyte are dropped and counted. */
export function openResultFeed(path: string): ResultFeed {
  let at = 0;
  let rest = Buffer.alloc(0);
  let skipping = false;
  const feed = { strange: 0, read };
  return feed;

  async function read(): Promise<readonly ResultRecord[]> {
    const handle = await openPlain(path);
    if (!handle) return [];
    try {
      return await readNew(handle);
    } finally {
      await handle.close();
    }
  }

  async function readNew(handle: FileHandle): Promise<readonly ResultRecord[]> {
    const found: ResultRecord[] = [];
    const chunk = Buffer.alloc(1024 * 1024);
    while (at < TOTAL_LIMIT) {
      const { bytesRead } = await handle.read(chunk, 0, chunk.length, at);
      if (bytesRead === 0) break;
      at += bytesRead;
      take(Buffer.concat([rest, chunk.subarray(0, bytesRead)]), found);
    }
    return found;
  }

  function take(bytes: Buffer, found: ResultRecord[]): void {
    let start = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
      const record = skipping ? undefined : readRecord(bytes.subarray(start, end).toString("utf8"));
      if (record) found.push(record);
      else feed.strange++;
      skipping = false;
      start = end + 1;
    }
    rest = Buffer.from(bytes.subarray(start));
    if (rest.length <= LINE_LIMIT) return;
    rest = Buffer.alloc(0);
    skipping = true;
  }
}
