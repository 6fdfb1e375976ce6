// Frames and shadow roots that come and go, and what our recorder works on.
export const FRAMES = [
  {
    why: 'rrweb observes a frame again at each full snapshot, so that every mutation would come twice, and never lets go of one that is gone.',
    find: `        handlers.push(observe(iframeEl.contentDocument));`,
    put: `        frames.observe(iframeEl.contentDocument, observe);`,
  },
  {
    why: 'The same.',
    find: `    const handlers = [];
    const observe = (doc) => {`,
    put: `    const frames = (internals.frames = createFrames(shadowDomManager));
    const handlers = [frames.stop];
    const observe = (doc) => {`,
  },
  {
    why: 'What is removed takes its shadow roots with it, and a frame its document, where nobody would come by.',
    find: `        this.mirror.removeNodeFromMap(this.mapRemoves.shift());
      }`,
    put: `        this.shadowDomManager.forget(this.mapRemoves.shift());
      }
      this.shadowDomManager.sweep();
      internals.frames.sweep();`,
  },
  {
    why: 'What is told ends the watching of what is gone, so that the list changes under the loop.',
    find: `    mutationBuffers.forEach((buf) => buf.unlock());`,
    put: `    [...mutationBuffers].forEach((buf) => buf.unlock());`,
  },
  {
    why: 'The end of one frame must not end the watching of all shadow roots.',
    find: `    mutationBuffers.forEach((b) => b.reset());
    mutationObserver`,
    put: `    mutationObserver`,
  },
  {
    why: 'rrweb keeps the buffers, and with them the nodes, of every recording that ever was.',
    find: `      processedNodeManager.destroy();
      recording = false;`,
    put: `      processedNodeManager.destroy();
      shadowDomManager.reset();
      mutationBuffers.length = 0;
      recording = false;`,
  },
  {
    why: 'Two methods stand among the accessors, so rrweb finds every page tampered with and adds a frame.',
    find: `  Element: ["shadowRoot", "querySelector", "querySelectorAll"],`,
    put: `  Element: ["shadowRoot"],`,
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
function createFrames(shadowDomManager) {
  let known = [];
  const isGone = (it) => !(it.ownerDocument ?? it).defaultView;
  const end = ({ doc, stop }) => {
    try {
      stop();
    } catch (e) {
    }
    dropBuffers((it) => it.doc === doc);
  };
  const sweep = () => {
    const gone = known.filter((it) => isGone(it.doc));
    if (gone.length === 0) return;
    known = known.filter((it) => !gone.includes(it));
    gone.forEach(end);
    shadowDomManager.leave(isGone);
    for (const [id, node] of mirror.idNodeMap) if (isGone(node)) mirror.idNodeMap.delete(id);
  };
  return {
    sweep,
    observe(doc, start) {
      sweep();
      if (!known.some((it) => it.doc === doc)) known.push({ doc, stop: start(doc) });
    },
    stop: () => known.splice(0).forEach(end),
  };
}`,
  },
];
