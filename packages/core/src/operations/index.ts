export type {
  Annotation,
  ApprovalReading,
  ApprovalRequest,
  AreaApproval,
  BoundChange,
  Forge,
  ForgeContext,
  Posting,
  Published,
} from "./ports/forge.ts";
export type { LoadedState, StateFiles, TravellingState } from "./ports/travelling-state.ts";
