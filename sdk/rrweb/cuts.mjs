// What rrweb's recorder can do and ours never asks of it: it need not travel to every visitor. Each
// goes from one exact text up to another; the build fails when one of them is gone.
export const CUTS = [
  {
    why: 'Our own pictures of canvases (canvas-pictures.ts) need no script to be replayed.',
    from: `
var lookup = typeof Uint8Array`,
    to: `class StylesheetManager {`,
    put: `
`,
  },
  {
    why: 'The same.',
    from: `  canvasManager = new CanvasManager({`,
    to: `  const shadowDomManager = new ShadowDomManager({`,
  },
  {
    why: 'The same.',
    from: `  const wrappedCanvasMutationEmit =`,
    to: `  const wrappedAdoptedStyleSheetEmit =`,
  },
  {
    why: 'The same, fonts and the definitions of custom elements.',
    from: `          canvasMutationCb: wrappedCanvasMutationEmit,`,
    to: `          selectionCb: (p) => {`,
  },
  {
    why: 'The same.',
    from: `          customElementCb: (c) => {`,
    to: `          blockClass,
          ignoreClass,`,
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
  constructor({ mutationCb, stylesheetManager }) {
    Object.assign(this, { mutationCb, stylesheetManager });
  }
  addIframe() {}
  addLoadListener(cb) {
    this.loadListener = cb;
  }
  attachIframe(iframeEl, childSn) {
    const { contentDocument } = iframeEl;
    this.mutationCb({
      adds: [{ parentId: mirror.getId(iframeEl), nextId: null, node: childSn }],
      removes: [],
      texts: [],
      attributes: [],
      isAttachIframe: true
    });
    this.loadListener(iframeEl);
    if (contentDocument?.adoptedStyleSheets?.length)
      this.stylesheetManager.adoptStyleSheets(
        contentDocument.adoptedStyleSheets,
        mirror.getId(contentDocument)
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
    mutationBuffers.forEach((b) => b.reset());`,
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
    why: 'Ways of calling it that ours never uses, and polyfills for browsers that cannot run the rest either.',
    from: `  const {
    emit,
    checkoutEveryNms,`,
    to: `  const wrappedMutationEmit = (m) => {`,
    put: `  const { emit, errorHandler: errorHandler2 } = options;
  adoptSettings(options);
  registerErrorHandler(errorHandler2);
  mirror.reset();
  wrappedEmit = (e, isCheckout) => {
    e.timestamp = nowTimestamp();
    emit(e, isCheckout);
  };
`,
  },
  {
    why: 'Ours never freezes a page.',
    from: `  freeze() {
    this.frozen = true;`,
    to: `  lock() {
    this.locked = true;`,
  },
  {
    why: 'Classes are named, not matched.',
    from: `function classMatchesRegex(`,
    to: `function needMaskingText(`,
  },
  {
    why: 'Ours asks for snapshots and tells events by itself.',
    from: `record.addCustomEvent = (tag, payload) => {`,
    to: `record.takeFullSnapshot = (isCheckout) => {`,
  },
];
