export const layers: readonly { readonly name: string; readonly says: string }[];
export const pureLibraries: readonly string[];
