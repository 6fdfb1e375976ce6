import { randomInt } from 'node:crypto';

/** A value that stands nowhere else: where it turns up, it came from the field it was typed into. */
export interface Canary {
  /** Of which field, in words for people. */
  field: string;
  value: string;
}

/** What a field says about itself; read in the page. */
export interface FieldFacts {
  tag: string;
  type: string;
  /** Name, id, `autocomplete` and `inputmode`, in one text. */
  hints: string;
  maxLength: number;
}

/** As much of a canary as cannot stand somewhere by chance: part of it is a leak, too. */
const TELLING = 8;

const LETTERS = 'abcdefghjkmnpqrstuvwxyz';

function random(signs: string, length: number): string {
  return Array.from({ length }, () => signs.charAt(randomInt(signs.length))).join('');
}

function digits(length: number): string {
  return String(randomInt(1, 10)) + random('0123456789', length - 1);
}

/** A number with the check digit of payment cards (ISO/IEC 7812-1). */
function card(): string {
  const first = `4${random('0123456789', 14)}`;
  const sum = Array.from(first).reduce((total, sign, place) => {
    const digit = Number(sign) * (place % 2 === 0 ? 2 : 1);
    return total + (digit > 9 ? digit - 9 : digit);
  }, 0);
  return first + String((10 - (sum % 10)) % 10);
}

/** An account number of Germany with the right check digits (ISO 13616). */
function account(): string {
  const bank = random('0123456789', 18);
  const remainder = Array.from(`${bank}131400`).reduce(
    (rest, sign) => (rest * 10 + Number(sign)) % 97,
    0,
  );
  return `DE${String(98 - remainder).padStart(2, '0')}${bank}`;
}

/** What a person could type into the field; undefined where a free value cannot be typed. */
export function canaryFor(facts: FieldFacts): string | undefined {
  const word = random(LETTERS, 14);
  const hints = facts.hints.toLowerCase();
  switch (facts.type) {
    case 'email':
      return `${word}@example.org`;
    case 'tel':
      return `+49171${digits(8)}`;
    case 'url':
      return `https://example.org/${word}`;
    case 'number':
      return digits(9);
    case 'password':
      return `Pw-${word}`;
    case 'date':
      return `19${randomInt(31, 60)}-0${randomInt(1, 10)}-1${randomInt(0, 10)}`;
    case 'text':
    case 'search':
    case '':
      break;
    default:
      return undefined; // a choice, a colour, a file, a button
  }
  let value = word;
  if (/cc-number|card[-_]?n/.test(hints)) value = card();
  else if (hints.includes('iban')) value = account();
  else if (hints.includes('mail')) value = `${word}@example.org`;
  else if (/phone|mobile/.test(hints)) value = `+49171${digits(8)}`;
  else if (/numeric|decimal|otp|one-time|pin\b/.test(hints)) value = digits(9);
  return facts.maxLength > 0 ? value.slice(0, facts.maxLength) : value;
}

/** The longest part of the canary that the text holds, if it is long enough to tell something. */
export function leakOf(value: string, text: string): string | undefined {
  if (/^[+\d][\d-]*$/.test(value)) {
    const plain = value.replace(/\D/g, '');
    const anyhow = new RegExp(`(?<!\\d)${Array.from(plain).join('[ \\u00a0.-]?')}(?!\\d)`);
    return plain.length >= 6 && anyhow.test(text) ? value : undefined;
  }
  // The random part: what is around it stands in every canary of its kind.
  const [core] = /[a-z]{14}|DE\d{20}/.exec(value) ?? [value];
  const least = Math.min(TELLING, core.length);
  if (core.length < 4) return undefined;
  for (let length = core.length; length >= least; length--) {
    for (let from = 0; from + length <= core.length; from++) {
      const part = core.slice(from, from + length);
      if (text.includes(part)) return part;
    }
  }
  return undefined;
}
