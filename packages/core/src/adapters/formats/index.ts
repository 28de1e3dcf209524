export { createReportReader } from "./read-report.ts";
