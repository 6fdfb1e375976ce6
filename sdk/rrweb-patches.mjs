// Our changes to rrweb's recorder, applied while bundling. Each names a place by its exact text and
// the build fails when that place is gone, so that an update of rrweb cannot lose one unnoticed.
import { readFileSync } from 'node:fs';
import { CUTS } from './rrweb-cuts.mjs';

const PATCHES = [
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
    why: 'What an observer has seen and not told can be asked for.',
    find: `  observer.observe(rootEl, {`,
    put: `  mutationBuffer.observer = observer;
  observer.observe(rootEl, {`,
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
  {
    why: 'Mutations pass our gate first (mutation-gate.ts): doubles, floods and budgets.',
    find: `    __publicField(this, "processMutations", (mutations) => {`,
    put: `    __publicField(this, "processMutations", (mutations, admitted) => {
      if (admitted !== true && internals.gate) mutations = internals.gate(mutations, this);
      if (!mutations) return;`,
  },
  {
    why: 'rrweb observes a frame again at each full snapshot, so that every mutation would come twice, and never lets go of one that is gone.',
    find: `        handlers.push(observe(iframeEl.contentDocument));`,
    put: `        frames.observe(iframeEl.contentDocument, observe);`,
  },
  {
    why: 'The same.',
    find: `    const handlers = [];
    const observe = (doc) => {`,
    put: `    const frames = createFrames();
    const handlers = [frames.stop];
    const observe = (doc) => {`,
  },
  {
    why: 'A shadow root that is observed no more has no buffer either.',
    find: `    this.restoreHandlers.push(() => observer.disconnect());`,
    put: `    const buffer = mutationBuffers[mutationBuffers.length - 1];
    this.restoreHandlers.push(() => {
      observer.disconnect();
      dropBuffers((it) => it === buffer);
    });`,
  },
  {
    why: 'rrweb keeps the buffers, and with them the nodes, of every recording that ever was.',
    find: `      processedNodeManager.destroy();
      recording = false;`,
    put: `      processedNodeManager.destroy();
      mutationBuffers.length = 0;
      recording = false;`,
  },
  {
    why: 'Two methods stand among the accessors, so rrweb finds every page tampered with and adds a frame.',
    find: `  Element: ["shadowRoot", "querySelector", "querySelectorAll"],`,
    put: `  Element: ["shadowRoot"],`,
  },
  {
    why: 'The style of a canvas carries its picture, which a style that is told as a whole would replace.',
    find: `            if (diffAsStr.length < attributes.style.length) {`,
    put: `            if (diffAsStr.length < attributes.style.length || attribute.node.nodeName === "CANVAS") {`,
  },
  {
    why: 'Trees are folded for the way (fold.ts): numbers first, children last.',
    find: `  const serializedNode = Object.assign(_serializedNode, { id });`,
    put: `  const serializedNode = Object.assign({ id }, _serializedNode);`,
  },
  {
    why: 'The same.',
    find: `    attributes,
    childNodes: [],
    isSVG: isSVGElement(n) || void 0,
    needBlock,
    rootId,
    isCustom: isCustomElement
  };`,
    put: `    attributes,
    isSVG: isSVGElement(n) || void 0,
    needBlock,
    rootId,
    isCustom: isCustomElement,
    childNodes: []
  };`,
  },
  {
    why: 'An added node is told with what is in it, and not one by one from the last to the first.',
    find: `        const sn = serializeNodeWithId(n, {
          doc: this.doc,`,
    put: `        let masks;
        const options = {
          onNeedsMask: (needsMask) => (masks = needsMask),
          doc: this.doc,`,
  },
  {
    why: 'The same.',
    find: `            if (hasShadowRoot(n)) {
              this.shadowDomManager.addShadowRoot(
                index.shadowRoot(n),
                this.doc
              );
            }
          },`,
    put: `            if (hasShadowRoot(currentN)) {
              this.shadowDomManager.addShadowRoot(
                index.shadowRoot(currentN),
                this.doc
              );
            }
          },`,
  },
  {
    why: 'The same.',
    find: `          cssCaptured
        });
        if (sn) {
          adds.push({
            parentId,
            nextId,
            node: sn
          });
          addedIds.add(sn.id);
        }`,
    put: `          cssCaptured
        };
        const withChildren = (node) => {
          const sn = serializeNodeWithId(node, options);
          if (!sn) return sn;
          addedIds.add(sn.id);
          if (!sn.childNodes || node.tagName === "TEXTAREA") return sn;
          const needsMask = masks;
          const root = index.shadowRoot(node);
          for (const child of [...index.childNodes(node), ...(root ? index.childNodes(root) : [])]) {
            if (!this.addedSet.delete(child)) continue;
            options.needsMask = needsMask;
            options.cssCaptured = node.tagName === "STYLE" && child.nodeType === Node.TEXT_NODE;
            const below = withChildren(child);
            if (below) sn.childNodes.push(below);
            else deepDelete(this.addedSet, child);
          }
          return sn;
        };
        const sn = withChildren(n);
        if (sn) {
          adds.push({
            parentId,
            nextId,
            node: sn
          });
        }`,
  },
  {
    why: 'Hands our recorder what it works on.',
    find: `record.mirror = mirror;`,
    put: `record.mirror = mirror;
record.internals = Object.assign(internals, { mutationBuffers, serializeNodeWithId, stringifyRule, genId });`,
  },
  {
    why: 'The same.',
    find: `const mutationBuffers = [];`,
    put: `const mutationBuffers = [];
const internals = { locked: false, gate: undefined, cssTexts: new WeakMap() };
function dropBuffers(isGone) {
  for (let at = mutationBuffers.length; at--; ) {
    if (isGone(mutationBuffers[at])) mutationBuffers.splice(at, 1);
  }
}
function createFrames() {
  let known = [];
  const end = ({ doc, stop }) => {
    try {
      stop();
    } catch (e) {
    }
    dropBuffers((it) => it.doc === doc);
  };
  return {
    observe(doc, start) {
      known.filter((it) => !it.doc.defaultView).forEach(end);
      known = known.filter((it) => it.doc.defaultView);
      if (!known.some((it) => it.doc === doc)) known.push({ doc, stop: start(doc) });
    },
    stop: () => known.splice(0).forEach(end),
  };
}`,
  },
];

/** Enums as the numbers they stand for: their names need not travel. */
function inlined(source) {
  let text = source;
  for (const [, name, members] of source.matchAll(
    /^var (\w+) = \/\* @__PURE__ \*\/ \(\(\w+\) => \{\n([^}]+)/gm,
  )) {
    for (const [, member, number] of members.matchAll(/\["(\w+)"\] = (\d+)\]/g)) {
      text = text.replace(new RegExp(`\\b${name}\\.${member}\\b`, 'g'), number);
    }
  }
  return text;
}

export function patched(source) {
  let text = source;
  for (const { why, find, put } of PATCHES) {
    if (text.split(find).length !== 2) throw new Error(`rrweb has changed; patch it anew: ${why}`);
    text = text.replace(find, () => put);
  }
  for (const { why, from, to, put = '' } of CUTS) {
    const start = text.indexOf(from);
    const end = text.indexOf(to, start);
    if (start < 0 || end < 0 || text.indexOf(from, start + 1) > 0)
      throw new Error(`rrweb has changed; cut it anew: ${why}`);
    text = text.slice(0, start) + put + text.slice(end);
  }
  return inlined(text);
}

/** For esbuild. */
export const patchedRrweb = {
  name: 'patched-rrweb',
  setup(build) {
    build.onLoad({ filter: /@rrweb[\\/]record[\\/]dist[\\/]record\.js$/ }, ({ path }) => ({
      contents: patched(readFileSync(path, 'utf8')),
      loader: 'js',
    }));
  },
};
