export { openWorkspaces, type WorkspacesOptions } from "./git-workspaces.ts";
