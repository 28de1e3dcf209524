import type { Driver } from "./driver.ts";
import { eachFile } from "./each-file.ts";
import { jest } from "./jest.ts";
import { mocha } from "./mocha.ts";
import { nodeTest } from "./node-test.ts";
import { pytest } from "./pytest.ts";
import { vitest } from "./vitest.ts";

/** How each runner is made to try mutants. */
export const DRIVERS: Readonly<Record<string, Driver>> = { vitest, mocha, jest, "node:test": nodeTest, pytest, ava: eachFile, tape: eachFile, tap: eachFile, jasmine: eachFile, program: eachFile };
