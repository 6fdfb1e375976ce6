// Mutations: gated, and told as folded trees.
export const MUTATIONS = [
  {
    why: 'What an observer has seen and not told can be asked for.',
    find: `  observer.observe(rootEl, {`,
    put: `  mutationBuffer.observer = observer;
  observer.observe(rootEl, {`,
  },
  {
    why: 'Mutations pass our gate first (mutation-gate.ts): doubles, floods and budgets.',
    find: `    __publicField(this, "processMutations", (mutations) => {`,
    put: `    __publicField(this, "processMutations", (mutations, admitted) => {
      if (admitted !== true && internals.gate) mutations = internals.gate(mutations, this);
      if (!mutations) return;`,
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
];
