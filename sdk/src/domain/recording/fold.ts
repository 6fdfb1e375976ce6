import {
  EventType,
  IncrementalSource,
  type MutationData,
  type RecordedEvent,
  type SnapshotNode,
} from './events';

/**
 * Makes an event small for the way, in place: in each tree of nodes a number that follows from
 * document order is left out, and what the server needs to unfold it (`UnfoldedTrees`) stands in
 * order, `id` first and `childNodes` last. With that a picture costs a third, an added list half.
 */
export function fold({ type, data }: RecordedEvent): void {
  if (type === EventType.FullSnapshot) {
    foldTree((data as { node: SnapshotNode }).node);
  } else if (
    type === EventType.IncrementalSnapshot &&
    (data as MutationData).source === IncrementalSource.Mutation
  ) {
    for (const { node } of (data as MutationData).adds) foldTree(node);
  }
}

function foldTree(root: SnapshotNode): void {
  let next = NaN;
  // Its own stack, as for the scrub; children are put on it last to first.
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    const { id, childNodes } = node;
    if (id === next) (node as { id: number | undefined }).id = undefined;
    next = id + 1;
    if (!childNodes) continue;
    // What rrweb writes later than the rest of a node.
    if (node.isShadowHost ?? node.isShadow ?? node.rootId) {
      delete node.childNodes;
      node.childNodes = childNodes;
    }
    for (let at = childNodes.length; at--;) open.push(childNodes[at] as SnapshotNode);
  }
}
