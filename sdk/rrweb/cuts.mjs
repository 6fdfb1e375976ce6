// What rrweb's recorder can do and ours never asks of it: it need not travel to every visitor. Each
// goes from one exact text up to another; the build fails when one of them is gone.
export const CUTS = [
  {
    why: 'Our own pictures of canvases (canvas-pictures.ts) need no script to be replayed.',
    from: `
var lookup = typeof Uint8Array`,
    to: `class StylesheetManager {`,
    put: `class CanvasManager {
  reset() {}
  freeze() {}
  unfreeze() {}
  lock() {}
  unlock() {}
}
`,
  },
  {
    why: 'The same; and pictures are kept beside the recording, not in it.',
    from: `  if (tagName === "canvas" && recordCanvas) {`,
    to: `  if (["audio", "video"].includes(tagName)) {`,
  },
  {
    why: 'A way of calling it that nobody uses any more.',
    from: `const DEPARTED_MIRROR_ACCESS_WARNING =`,
    to: `function throttle(func, wait, options = {}) {`,
  },
  {
    why: 'Frames of other origins are joined by our own, narrower way (joined-frames.ts).',
    from: `class CrossOriginIframeMirror {`,
    to: `class ShadowDomManager {`,
    put: `class IframeManager {
  constructor({ mirror, mutationCb, stylesheetManager }) {
    Object.assign(this, { mirror, mutationCb, stylesheetManager });
  }
  addIframe() {}
  addLoadListener(cb) {
    this.loadListener = cb;
  }
  attachIframe(iframeEl, childSn) {
    const { contentDocument } = iframeEl;
    this.mutationCb({
      adds: [{ parentId: this.mirror.getId(iframeEl), nextId: null, node: childSn }],
      removes: [],
      texts: [],
      attributes: [],
      isAttachIframe: true
    });
    this.loadListener(iframeEl);
    if (contentDocument?.adoptedStyleSheets?.length)
      this.stylesheetManager.adoptStyleSheets(
        contentDocument.adoptedStyleSheets,
        this.mirror.getId(contentDocument)
      );
  }
}
`,
  },
  {
    why: 'Nodes of a replay are never recorded.',
    from: `  if (n instanceof BaseRRNode && "shadowRoot" in n) {`,
    to: `  return Boolean(index.shadowRoot(n));`,
  },
  {
    why: 'Hooks, plugins, fonts and the definitions of custom elements.',
    from: `  mergeHooks(o, hooks);`,
    to: `  let mutationObserver;`,
  },
  {
    why: 'The same.',
    from: `    if (o.collectFonts) {`,
    to: `  }
  const selectionObserver = initSelectionObserver(o);`,
  },
  {
    why: 'The same.',
    from: `  const customElementObserver = initCustomElementObserver(o);`,
    to: `  return callbackWrapper(() => {
    mutationObserver`,
  },
  {
    why: 'The same.',
    from: `    customElementObserver();`,
    to: `  });
}
function hasNestedCSSRule(prop) {`,
  },
  {
    why: 'The same.',
    from: `    for (const plugin of plugins || []) {
      if (plugin.eventProcessor) {`,
    to: `    return e;
  };
  wrappedEmit = (r, isCheckout) => {`,
  },
  {
    why: 'The same.',
    from: `  for (const plugin of plugins || []) {
    if (plugin.getMirror)`,
    to: `  const processedNodeManager = new ProcessedNodeManager();`,
  },
  {
    why: 'The same.',
    from: `          plugins: ((_a2 = plugins == null`,
    to: `        },
        hooks
      );`,
  },
  {
    why: 'Fields are named by tag, see recorder.ts.',
    from: `  mirror.reset();
  const maskInputOptions = maskAllInputs === true ? {`,
    to: `_maskInputOptions !== void 0 ? _maskInputOptions`,
    put: `  mirror.reset();
  const maskInputOptions = `,
  },
  {
    why: 'For browsers that cannot run the rest either.',
    from: `  polyfill();`,
    to: `  let lastFullSnapshotEvent;`,
  },
  {
    why: 'Ours asks for snapshots and tells events by itself.',
    from: `record.addCustomEvent = (tag, payload) => {`,
    to: `record.takeFullSnapshot = (isCheckout) => {`,
  },
];
