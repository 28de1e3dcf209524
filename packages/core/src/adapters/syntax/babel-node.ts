/** A node of Babel's tree, as far as it is looked at here. The parser's output is trusted no further than this. */
export interface BabelNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly loc: { readonly start: { readonly line: number }; readonly end: { readonly line: number } };
  readonly [field: string]: unknown;
}

export const isNode = (value: unknown): value is BabelNode => typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string" && "loc" in value;

export const nodeIn = (node: BabelNode, field: string): BabelNode | undefined => {
  const value = node[field];
  return isNode(value) ? value : undefined;
};

/** A list's nodes; holes are left out. */
export const nodesIn = (node: BabelNode, field: string): readonly BabelNode[] => {
  const value = node[field];
  return Array.isArray(value) ? value.filter(isNode) : [];
};

export const textIn = (node: BabelNode, field: string): string => {
  const value = node[field];
  return typeof value === "string" ? value : "";
};

/** Wrappers that run nothing: types, parentheses, non-null marks. */
const WRAPPERS = new Set(["TSAsExpression", "TSSatisfiesExpression", "TSNonNullExpression", "TSTypeAssertion", "TSInstantiationExpression", "TypeCastExpression", "ParenthesizedExpression", "ChainExpression", "AsExpression", "AsConstExpression"]);

export function unwrapped(node: BabelNode): BabelNode {
  let inner = node;
  for (let next = WRAPPERS.has(inner.type) ? nodeIn(inner, "expression") : undefined; next; next = WRAPPERS.has(inner.type) ? nodeIn(inner, "expression") : undefined) inner = next;
  return inner;
}

/** Type-level code: erased before anything runs. */
export const isTypeOnly = (node: BabelNode): boolean =>
  /^(?:TSType|TSInterface|TSEnumBody|TSDeclare|TSParameterProp|TSModuleDeclaration|TypeAlias|Interface|Opaque|Declare|TypeAnnotation|TSAbstract|TSIndexSignature|TSNamespaceExport)/.test(node.type) || node.type === "TSImportEqualsDeclaration" && textIn(node, "importKind") === "type";
