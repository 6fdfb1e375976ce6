/** `logo@2x.png` is a picture, not a person. */
const FILE =
  /\.(png|jpe?g|gif|svg|webp|avif|ico|css|m?js|map|json|html?|woff2?|tsx?|vue|mp4|pdf)$/i;
const LOCAL = /[\p{L}\p{N}.!#$%*+_^~'-]/u;
const DOMAIN = /[\p{L}\p{N}.-]/u;

/** Digits, and whatever stands between the groups of a number. Nothing in it can track back. */
const NUMBERS = /[+(]?\d+(?:[-. ()/\u00a0\u2000-\u2015\u202f]{1,3}\d+)*/g;
const CARD_SIGN = /^[- \u00a0\u2000-\u2015\u202f]?$/;
const ISSUED = /^(?:4|5[0-9]|2[2-7]|3[0-9]|6)/;
const ACCOUNT = /\b[A-Z]{2}\d{2}(?:[ \u00a0-]?[A-Z\d]){11,30}/gi;
const NORTH_AMERICAN = /^(?:1[-. ])?\(?[2-9]\d\d(?:\) ?|[-. ])[2-9]\d\d[-. ]\d{4}$/;
const NATIONAL = /^0[1-9]\d{0,3}(?:[- /]+\d{2,})+$/;
const SOCIAL_SECURITY = /^(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}$/;

type Hide = (from: number, to: number) => void;

function hideEmails(text: string, hide: Hide): void {
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let from = at;
    while (from > 0 && at - from < 64 && LOCAL.test(text.charAt(from - 1))) from--;
    let to = at + 1;
    while (to < text.length && to - at < 254 && DOMAIN.test(text.charAt(to))) to++;
    const domain = text.slice(at + 1, to).replace(/[.-]+$/, '');
    if (from < at && /^[^.-].*\.(?:\p{L}{2,}|xn--.*)$/u.test(domain) && !FILE.test(domain)) {
      hide(from, at + 1 + domain.length);
    }
  }
}

/** The check digit of payment cards (ISO/IEC 7812-1). */
function isCard(digits: string): boolean {
  if (!ISSUED.test(digits) || /^(\d)\1*$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]) * (1 + (i % 2));
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}

/** Within a run of numbers: from any group on, because other numbers may stand before it. */
function hideCards(run: string, start: number, hide: Hide): void {
  const groups = [...run.matchAll(/\d+/g)];
  groups.forEach((first, place) => {
    if (run.charAt(first.index - 1) === '.') return; // decimals
    let digits = '';
    let end = first.index;
    for (const group of groups.slice(place, place + 7)) {
      if (!CARD_SIGN.test(run.slice(end, group.index))) return;
      digits += group[0];
      end = group.index + group[0].length;
      if (digits.length > 19) return;
      if (digits.length > 12 && isCard(digits)) hide(start + first.index, start + end);
    }
  });
}

function isPhone(run: string): boolean {
  const { length } = run.replace(/\D/g, '');
  if (run.startsWith('+')) return length >= 8 && length <= 15;
  return NORTH_AMERICAN.test(run) || (length >= 9 && length <= 11 && NATIONAL.test(run));
}

function hideNumbers(text: string, hide: Hide): void {
  for (const { 0: run, index } of text.matchAll(NUMBERS)) {
    const end = index + run.length;
    const isPart = /[\w.]/.test(text.charAt(index - 1)) || /\w/.test(text.charAt(end));
    if (isPart || run.length < 9) continue;
    hideCards(run, index, hide);
    if (isPhone(run) || SOCIAL_SECURITY.test(run)) hide(index, end);
  }
}

/** The remainder of international account numbers (ISO 13616). */
function isAccount(written: string): boolean {
  const plain = written.replace(/[^a-z\d]/gi, '').toUpperCase();
  let remainder = 0;
  for (const sign of plain.slice(4) + plain.slice(0, 4)) {
    const value = parseInt(sign, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

function hideAccounts(text: string, hide: Hide): void {
  for (const { 0: written, index } of text.matchAll(ACCOUNT)) {
    // A word behind the number is no part of it: shorter until it fits, as the shortest has 15 signs.
    for (let to = written.length; to >= 15; to--) {
      const ends = !/[a-z\d]/i.test(text.charAt(index + to));
      if (ends && isAccount(written.slice(0, to))) {
        hide(index, index + to);
        break;
      }
    }
  }
}

/**
 * Text without e-mail addresses, payment cards, telephone and account numbers: stars in their place,
 * so that the page keeps its shape. Time in proportion to the length; the same string when nothing
 * was found.
 */
export function maskPersonalData(text: string): string {
  if (!/@|\d/.test(text)) return text;
  let masked = text;
  const hide: Hide = (from, to) => {
    masked = masked.slice(0, from) + masked.slice(from, to).replace(/\S/g, '*') + masked.slice(to);
  };
  hideEmails(text, hide);
  if (/\d{2}/.test(text)) {
    hideAccounts(text, hide);
    hideNumbers(text, hide);
  }
  return masked;
}
