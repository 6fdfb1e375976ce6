// Snapshots that are taken in slices, and hold no memory.
export const SNAPSHOTS = [
  {
    why: 'Full snapshots are taken in slices (sliced-snapshot.ts), so observers must stand before.',
    find: `      takeFullSnapshot();
      handlers.push(observe(document));
      recording = true;`,
    put: `      recording = true;
      handlers.push(observe(document));
      takeFullSnapshot();`,
  },
  {
    why: 'The same: what rrweb did with the snapshot it does when the last slice is there.',
    find: `    mutationBuffers.forEach((buf) => buf.lock());
    const node = snapshot(document, {`,
    put: `    internals.locked = true;
    mutationBuffers.forEach((buf) => buf.lock());
    const snapshotOptions = {`,
  },
  {
    why: 'The same.',
    find: `      keepIframeSrcFn
    });
    if (!node) {
      return console.warn("Failed to snapshot the document");
    }`,
    put: `      keepIframeSrcFn
    };
    const finish = (node) => {
    internals.locked = false;`,
  },
  {
    why: 'The same.',
    find: `        mirror.getId(document)
      );
  };
  try {`,
    put: `        mirror.getId(document)
      );
    };
    options.takeSnapshot(snapshotOptions, slimDOMOptions, finish);
  };
  try {`,
  },
  {
    why: 'A shadow root or frame that is found between two slices waits like the others.',
    find: `  mutationBuffers.push(mutationBuffer);
  mutationBuffer.init(options);`,
    put: `  mutationBuffers.push(mutationBuffer);
  mutationBuffer.init(options);
  if (internals.locked) mutationBuffer.lock();`,
  },
  {
    why: 'Whoever slices must know whether children inherit the mask.',
    find: `  const _serializedNode = serializeNode(n, {`,
    put: `  if (options.onNeedsMask) options.onNeedsMask(needsMask);
  const _serializedNode = serializeNode(n, {`,
  },
  {
    why: 'The mirror needs the id only; with the whole node it holds every snapshot in memory.',
    find: `  mirror2.add(n, serializedNode);`,
    put: `  mirror2.add(n, { id });`,
  },
  {
    why: 'rrweb keeps the last snapshot for its time, which recorder.ts looks at itself.',
    find: `      lastFullSnapshotEvent = e;`,
    put: `      lastFullSnapshotEvent = { timestamp: e.timestamp };`,
  },
  {
    why: 'Large style sheets are written in slices before the snapshot asks for them.',
    find: `function stringifyStylesheet(s) {
  try {`,
    put: `function stringifyStylesheet(s) {
  const written = internals.cssTexts.get(s);
  if (written !== undefined) return written;
  try {`,
  },
];
