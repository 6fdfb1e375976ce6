// What the front end's developers do, change by change.

/** @typedef {{branch: string, author: string, message: string, pull?: number, edit: (read: (file: string) => string) => Record<string, string>}} Change */

/** Replaces what must be there; a change that changes nothing would prove nothing. */
function replaced(text, from, to) {
  if (!text.includes(from)) throw new Error(`nothing to replace: ${from}`);
  return text.replace(from, to);
}

const CLIENT = 'src/client.js';

/** @type {Change[]} */
export const CHANGES = [
  {
    branch: 'main',
    author: 'ada@example.com',
    message: 'Larger price',
    edit: (read) => ({ 'src/shop.css': replaced(read('src/shop.css'), '1.5rem;', '1.75rem;') }),
  },
  {
    branch: 'feature/short-names',
    author: 'john@example.com',
    message: 'Shorter names in what we send',
    pull: 12,
    edit: (read) => ({
      [CLIENT]: replaced(read(CLIENT), 'quantity: item.count', 'qty: item.count'),
    }),
  },
  {
    branch: 'feature/gift-baskets',
    author: 'mary@example.com',
    message: 'Gift baskets: one list for both kinds',
    pull: 13,
    edit: (read) => ({
      // Another day, another developer, other lines: the same contract is broken.
      [CLIENT]: replaced(
        replaced(
          read(CLIENT),
          '// How the shop',
          '// Baskets may be gifts: their items are told as they stand in the basket.\n//\n// How the shop',
        ),
        'const items = basket.map((item) => ({ sku: item.sku, quantity: item.count }));',
        "const gift = basket.some((item) => item.sku.startsWith('gift-'));\n" +
          '  const items = basket.map(({ sku, count }) => ({ sku, count, ...(gift && { gift }) }));',
      ),
    }),
  },
  {
    branch: 'feature/short-names',
    author: 'john@example.com',
    message: 'The back end knows quantity only',
    pull: 12,
    edit: (read) => ({
      [CLIENT]: replaced(read(CLIENT), 'qty: item.count', 'quantity: item.count'),
    }),
  },
];
