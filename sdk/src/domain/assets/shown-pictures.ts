/** Of one page; what it shows beyond is missing in its replay. */
const MAX_ADDRESSES = 2_000;
const MAX_ELEMENTS = 3_000;

const BY_STYLE = [
  'backgroundImage',
  'maskImage',
  'borderImageSource',
  'listStyleImage',
  'content',
] as const;

/** Addresses of pictures that stand in public elements. What is not among them never leaves. */
export interface ShownPictures {
  /** As an element names it. */
  add(address: string): void;
  has(url: string): boolean;
  /** Who may see what has changed. */
  clear(): void;
}

export function createShownPictures(): ShownPictures {
  const shown = new Set<string>();
  return {
    add(address) {
      if (shown.size >= MAX_ADDRESSES || /^\s*(?:data|blob):/i.test(address)) return;
      try {
        shown.add(withoutHash(new URL(address, document.baseURI).href));
      } catch {
        // No address, so no picture.
      }
    },
    has: (url) => shown.has(withoutHash(url)),
    clear: () => shown.clear(),
  };
}

/** What only private elements show now: somebody may have marked them since they were recorded. */
export function findPrivatePictures(isPrivate: (element: Element) => boolean): Set<string> {
  const hidden = new Set<string>();
  const images = [...document.images];
  for (const image of images) if (isPrivate(image)) hidden.add(withoutHash(image.currentSrc));
  for (const image of images) if (!isPrivate(image)) hidden.delete(withoutHash(image.currentSrc));
  return hidden;
}

/** Which of these addresses public elements show by their style at this moment. */
export function findBackgrounds(
  urls: ReadonlySet<string>,
  isPrivate: (element: Element) => boolean,
): Set<string> {
  const found = new Set<string>();
  const elements = document.querySelectorAll('*');
  for (let at = 0; at < elements.length && at < MAX_ELEMENTS && found.size < urls.size; at++) {
    const element = elements[at] as Element;
    for (const part of [null, '::before', '::after']) {
      const style = getComputedStyle(element, part);
      for (const property of BY_STYLE) {
        for (const [, address = ''] of (style[property] ?? '').matchAll(/url\("([^"]*)"\)/g)) {
          const url = withoutHash(address);
          if (urls.has(url) && !found.has(url) && !isPrivate(element)) found.add(url);
        }
      }
    }
  }
  return found;
}

export function withoutHash(url: string): string {
  return url.split('#', 1)[0] ?? '';
}
