export { checkoutFiles } from "./checkout-files.ts";
export { reportFiles } from "./report-files.ts";
