type Child = Node | string | null | false;

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** An element with attributes and children. `false` and `undefined` attributes are left out. */
export function el<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(key, value === true ? '' : String(value));
  }
  for (const child of children) if (child !== null && child !== false) element.append(child);
  return element;
}

/** A button that does something; its label is its accessible name. */
export function button(
  label: string,
  attributes: Attributes,
  onPress: () => void,
  ...children: readonly Child[]
): HTMLButtonElement {
  const element = el('button', { type: 'button', 'aria-label': label, ...attributes }, ...children);
  element.addEventListener('click', onPress);
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/** A decorative drawing in a 24 by 24 grid; the element beside it carries the words. */
export function drawing(path: string, className = 'icon', filled = true): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', className);
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('focusable', 'false');
  const shape = document.createElementNS(SVG, 'path');
  shape.setAttribute('d', path);
  if (filled) {
    shape.setAttribute('fill', 'currentColor');
  } else {
    shape.setAttribute('fill', 'none');
    shape.setAttribute('stroke', 'currentColor');
    shape.setAttribute('stroke-width', '2');
    shape.setAttribute('stroke-linecap', 'round');
    shape.setAttribute('stroke-linejoin', 'round');
  }
  svg.append(shape);
  return svg;
}

/** Asks the system, each time anew: the answer may change while the player is open. */
export function prefersReducedMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
