/** What the server does with folded trees (`UnfoldedTrees`), so that rrweb's replayer can play them. */
interface Node {
  id?: number;
  type: number;
  childNodes?: Node[];
}

interface Addition {
  parentId: number;
  nextId: number | null;
  node: Node;
}

const DOCUMENT = 0;
const MUTATION = 0;

export function unfold<E extends { data: object }>(events: E[]): E[] {
  for (const event of events) {
    const data = event.data as { source?: number; node?: Node; adds?: Addition[] };
    if (data.node) number(data.node);
    if (data.source === MUTATION && data.adds) data.adds = data.adds.flatMap(oneByOne);
  }
  return events;
}

/** Gives each node of a tree its number, in document order. */
function number(node: Node, next = NaN): number {
  node.id ??= next;
  let after = node.id + 1;
  for (const child of node.childNodes ?? []) after = number(child, after);
  return after;
}

function oneByOne(addition: Addition): Addition[] {
  number(addition.node);
  return addition.node.type === DOCUMENT ? [addition] : scattered(addition);
}

function scattered({ parentId, nextId, node }: Addition): Addition[] {
  const { childNodes, ...alone } = node;
  return [
    { parentId, nextId, node: childNodes ? { ...alone, childNodes: [] } : alone },
    ...(childNodes ?? []).flatMap((child) =>
      scattered({ parentId: node.id as number, nextId: null, node: child }),
    ),
  ];
}
