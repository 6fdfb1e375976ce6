// Shadow roots, each with what ends its watching; rrweb keeps all of them until the next snapshot.
const SHADOW_DOM_MANAGER = `class ShadowDomManager {
  // watched: a shadow root, or a document where such are attached, and what ends its watching.
  // young: roots of hosts that had no number yet; such a host may go without being told of.
  constructor(options) {
    Object.assign(this, options, { watched: new Map(), young: new Set(), sweptAt: 0 });
    this.init();
  }
  init() {
    this.reset();
    this.patchAttachShadow(Element, document);
  }
  addShadowRoot(root, doc) {
    if (isNativeShadowDom(root) && !this.watched.has(root)) this.watched.set(root, this.watch(root, doc));
  }
  // Gives what ends it.
  watch(root, doc) {
    const [observer] = initMutationObserver(
      { ...this.bypassOptions, doc, mutationCb: this.mutationCb, mirror: this.mirror, shadowDomManager: this },
      root
    );
    const buffer = mutationBuffers[mutationBuffers.length - 1];
    const handlers = [
      // Scrolling does not pass the boundary of a shadow tree.
      initScrollObserver({ ...this.bypassOptions, scrollCb: this.scrollCb, doc: root, mirror: this.mirror })
    ];
    const { stylesheetManager } = this.bypassOptions;
    const timer = setTimeout(() => {
      if (root.adoptedStyleSheets?.length)
        stylesheetManager.adoptStyleSheets(root.adoptedStyleSheets, this.mirror.getId(index.host(root)));
      handlers.push(initAdoptedStyleSheetObserver({ mirror: this.mirror, stylesheetManager }, root));
    });
    return () => {
      clearTimeout(timer);
      const removed = observer.takeRecords().flatMap((record) => [...record.removedNodes]);
      observer.disconnect();
      dropBuffers((it) => it === buffer);
      handlers.forEach((handler) => handler());
      for (const node of [...buffer.mapRemoves, ...removed]) if (!node.isConnected) this.forget(node);
    };
  }
  observeAttachShadow({ contentWindow, contentDocument }) {
    if (contentWindow && contentDocument) this.patchAttachShadow(contentWindow.Element, contentDocument);
  }
  patchAttachShadow(element, doc) {
    if (this.watched.has(doc)) return;
    const manager = this;
    const restore = patch(element.prototype, "attachShadow", (original) => function(option) {
      const attached = original.call(this, option);
      const root = index.shadowRoot(this);
      if (root && inDom(this)) {
        manager.addShadowRoot(root, doc);
        manager.young.add(root);
      }
      return attached;
    });
    this.watched.set(doc, restore);
  }
  // The node and all that is in it. What is gone gets new numbers when it comes back: under the old
  // ones a replay would show what shadow roots held then. What only moved is told anew under its own.
  forget(node) {
    const open = [node];
    const isGone = !node.isConnected;
    for (let next = open.pop(); next; next = open.pop()) {
      this.mirror.idNodeMap.delete(this.mirror.getId(next));
      if (isGone) {
        this.mirror.nodeMetaMap.delete(next);
        this.bypassOptions.processedNodeManager.nodeMap.delete(next);
      }
      for (const child of index.childNodes(next)) open.push(child);
      const root = index.shadowRoot(next);
      if (!root) continue;
      for (const child of index.childNodes(root)) open.push(child);
      // The replay makes the host anew, and only who is watched anew has its sheets told.
      if (isGone || root.adoptedStyleSheets?.length) this.end(root);
    }
  }
  // Not at each mutation: hosts in blocked elements never get a number.
  sweep() {
    if (this.young.size === 0 || Date.now() - this.sweptAt < 1_000) return;
    this.sweptAt = Date.now();
    for (const root of this.young) {
      if (!root.isConnected) this.end(root);
      if (!this.watched.has(root) || this.mirror.hasNode(index.host(root))) this.young.delete(root);
    }
  }
  end(key) {
    const stop = this.watched.get(key);
    this.watched.delete(key);
    try {
      stop?.();
    } catch (e) {
    }
  }
  leave(isGone) {
    for (const key of [...this.watched.keys()]) if (isGone(key)) this.end(key);
  }
  reset() {
    this.leave(() => true);
    this.young.clear();
  }
}
`;

export const SHADOW_ROOTS = [
  {
    why: 'Watches each shadow root for as long as it is in the page.',
    from: `class ShadowDomManager {`,
    to: `var chars = `,
    put: SHADOW_DOM_MANAGER,
  },
];
