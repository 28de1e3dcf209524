import type { BlastFile, BlastRadius } from "@proofline/core/operations";
import { printable } from "../../render/wrap.ts";

/** More nodes than this are no picture any more; the nearest are drawn. */
const MOST_NODES = 80;

/** Nodes with the edges between them: each file points at what it depends on. */
function graphOf({ files }: BlastRadius): { readonly nodes: readonly BlastFile[]; readonly edges: readonly (readonly [user: number, used: number])[]; readonly left: number } {
  const nodes = files.slice(0, MOST_NODES);
  const at = new Map(nodes.map(({ path }, index) => [path, index]));
  const edges = nodes.flatMap(({ from }, index) => (from !== undefined && at.has(from) ? [[index, at.get(from) ?? 0] as const] : []));
  return { nodes, edges, left: files.length - nodes.length };
}

/** A Mermaid flow chart, one box per package. What comes from the repository stands in quotes and can't leave them. */
export function renderMermaid(radius: BlastRadius): string {
  const { nodes, edges, left } = graphOf(radius);
  const text = (value: string): string => printable(value).replace(/["`<>&#;\\]/g, (sign) => `#${sign.codePointAt(0)};`);
  const packages = [...new Set(nodes.map((node) => node.package))];
  const boxes = packages.flatMap((name, box) => [`  subgraph p${box}["${text(name)}"]`, ...nodes.flatMap((node, index) => (node.package === name ? [`    n${index}["${text(node.path)}"]${node.distance === 0 ? ":::changed" : node.layer === undefined ? "" : ":::test"}`] : [])), "  end"]);
  const rest = left > 0 ? [`  rest["${left} more"]`] : [];
  return ["flowchart RL", ...boxes, ...rest, ...edges.map(([user, used]) => `  n${user} --> n${used}`), "  classDef changed stroke-width:3px", "  classDef test stroke-dasharray:4"].join("\n");
}

/** The same for Graphviz. */
export function renderDot(radius: BlastRadius): string {
  const { nodes, edges, left } = graphOf(radius);
  const text = (value: string): string => printable(value).replace(/["\\]/g, (sign) => `\\${sign}`);
  const packages = [...new Set(nodes.map((node) => node.package))];
  const boxes = packages.flatMap((name, box) => [`  subgraph cluster_${box} {`, `    label="${text(name)}";`, ...nodes.flatMap((node, index) => (node.package === name ? [`    n${index} [label="${text(node.path)}"${node.distance === 0 ? ", penwidth=3" : node.layer === undefined ? "" : ", style=dashed"}];`] : [])), "  }"]);
  return ["digraph blast {", "  rankdir=RL;", "  node [shape=box];", ...boxes, ...(left > 0 ? [`  rest [label="${left} more", shape=plaintext];`] : []), ...edges.map(([user, used]) => `  n${user} -> n${used};`), "}"].join("\n");
}
