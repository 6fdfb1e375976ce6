import { redactCssUrls, redactSrcset, redactUrl, withoutCssUrls } from '../../tools/redact-url';

/** Attributes that shape the page and tell nothing about the person in front of it. */
const STRUCTURAL = new Set(
  (
    'class id name type style width height rel media as dir lang hidden disabled checked selected ' +
    'multiple size rows cols colspan rowspan span scope headers role tabindex for open start ' +
    'reversed align valign border cellpadding cellspacing bgcolor color face target method enctype ' +
    'loading decoding fetchpriority crossorigin integrity autoplay loop muted controls playsinline ' +
    'preload max min step low high optimum maxlength minlength required readonly novalidate ' +
    'autocomplete inputmode charset http-equiv part slot is contenteditable draggable spellcheck ' +
    'translate wrap shape coords usemap ismap sizes kind frameborder scrolling allowfullscreen ' +
    'sandbox nowrap face popover popovertarget inert viewbox xmlns version ' +
    'aria-expanded aria-hidden aria-selected aria-checked aria-current aria-disabled aria-invalid ' +
    'aria-busy aria-pressed aria-controls aria-labelledby aria-describedby aria-haspopup aria-live ' +
    'aria-modal aria-level aria-orientation aria-required aria-sort aria-atomic aria-owns ' +
    'data-testid data-theme data-bs-theme data-color-mode data-color-scheme data-mode data-state ' +
    'data-orientation data-side data-align data-slot data-private data-rr-is-password'
  ).split(' '),
);

const URLS = new Set(
  'href src action formaction poster cite background data xlink:href rr_src longdesc manifest'.split(
    ' ',
  ),
);

/** rrweb's own attributes; they carry the style sheets, sizes and scroll positions of the replay. */
const RRWEB_OWN = /^(_csstext|rr_\w+)$/i;

export type AttributeVerdict = { keep: string } | 'mask' | 'drop';

export interface AttributeContext {
  tagName: string;
  isSvg: boolean;
  /** Inside something marked private, or everything is masked: addresses may tell as much as text. */
  isPrivate: boolean;
  allowed: ReadonlySet<string>;
}

/** What becomes of one text-valued attribute. Unknown names are masked: the list says what may go. */
export function judgeAttribute(
  name: string,
  value: string,
  context: AttributeContext,
): AttributeVerdict {
  const lower = name.toLowerCase();
  if (value === '' || value === 'true' || value === 'false') return { keep: value };
  if (lower === 'srcset' || lower === 'imagesrcset') {
    return context.isPrivate ? 'drop' : { keep: redactSrcset(value) };
  }
  if (lower === 'srcdoc' || lower.startsWith('on')) return 'drop';
  if (URLS.has(lower)) {
    const isStyle = context.tagName === 'link';
    if (context.isPrivate && !isStyle && !value.startsWith('#')) return 'drop';
    return { keep: redactUrl(value) };
  }
  if (lower === 'style') {
    return { keep: context.isPrivate ? withoutCssUrls(value) : redactCssUrls(value) };
  }
  if (lower === '_csstext') return { keep: redactCssUrls(value) };
  if (RRWEB_OWN.test(lower) || STRUCTURAL.has(lower)) return { keep: value };
  if (context.allowed.has(lower)) return context.isPrivate ? 'mask' : { keep: value };
  // <meta name="viewport"> shapes the page; <meta name="csrf-token"> must not leave it.
  if (context.tagName === 'meta' && lower === 'content') return 'mask';
  const isText = /^(aria-|data-)/.test(lower) || lower === 'title' || lower === 'alt';
  if (context.isSvg && !isText) return { keep: value };
  return 'mask';
}
