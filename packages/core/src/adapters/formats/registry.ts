import { clover } from "./clover/clover.ts";
import { cobertura } from "./cobertura/cobertura.ts";
import { goCover } from "./go-cover/go-cover.ts";
import { istanbul } from "./istanbul/istanbul.ts";
import { jacoco } from "./jacoco/jacoco.ts";
import { junit } from "./junit/junit.ts";
import { lcov } from "./lcov/lcov.ts";
import type { ReportFormat } from "./report-format.ts";

/** Every format, the more particular before the more general. */
export const reportFormats: readonly ReportFormat[] = [junit, jacoco, cobertura, clover, istanbul, lcov, goCover];
