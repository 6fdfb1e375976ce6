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
