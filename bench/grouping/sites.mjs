/** The sites with seeded faults, each a project of its own. */
const METHODS = ['esbuild', 'terser', 'swc', 'uglify'];

function recipes(minifiers) {
  return minifiers.map((minifier, number) => ({ id: `b${number + 1}`, seed: number + 1, minifier }));
}

export const SITES = [
  { name: 'shop', maps: true, recipes: recipes([...METHODS, 'plain']), routes: ['/cart/:id', '/checkout', '/cart/:id', '/p/:n/:word'], deploys: 'esbuild' },
  { name: 'bank', maps: false, classic: true, entry: 'app', recipes: recipes(METHODS), routes: ['/accounts/:n', '/accounts/:n', '/transfer'], deploys: 'uglify' },
  { name: 'legacy', maps: false, classic: true, entry: 'crm', recipes: recipes(['plain', 'plain', 'plain', 'plain']), routes: ['/crm/list.xhtml', '/crm/customer.xhtml'], deploys: 'plain' },
  { name: 'portal', maps: true, waitMs: 260, recipes: recipes([...METHODS, 'plain']), routes: ['/team/:n', '/team', '/home'], deploys: 'esbuild' },
  { name: 'intra', maps: false, react19: true, waitMs: 260, recipes: recipes(['esbuild', 'terser', 'esbuild', 'swc']), routes: ['/boards/:id', '/start'], deploys: 'esbuild' },
  { name: 'desk', maps: true, waitMs: 220, recipes: recipes([...METHODS, 'plain']), routes: ['/tickets', '/tickets/:n'], deploys: 'terser' },
  { name: 'notes', maps: true, waitMs: 220, recipes: recipes(['esbuild', 'terser', 'swc', 'esbuild', 'plain']), routes: ['/n/:id'], deploys: 'esbuild' },
  { name: 'tasks', maps: true, waitMs: 200, recipes: recipes(['esbuild', 'terser', 'swc', 'esbuild', 'plain']), routes: ['/board/:n', '/my'], deploys: 'swc' },
  { name: 'store', maps: false, waitMs: 200, recipes: recipes(['esbuild', 'terser', 'swc', 'esbuild']), routes: ['/product/:n', '/basket'], deploys: 'esbuild' },
];

/** What is told of these besides the exception, or instead of it, is a fault of its own. */
export const REQUESTS_TOO = {
  shop: ['order-gone', 'order-broken', 'invoice-gone', 'cancel-conflict', 'search-broken', 'add-refused', 'remove-refused', 'stock-unreachable', 'rating-unreachable'],
  bank: ['transfer-refused'],
  legacy: ['customer-gone'],
  store: ['product-gone', 'product-broken', 'offers-gone', 'address-refused'],
};

/** Instead of an exception: what kind of marker the fault is told by. */
export const TOLD_BY = {
  'email-missing': 'validation_failed',
  'email-malformed': 'validation_failed',
  'zip-malformed': 'validation_failed',
  'picture-gone': 'api_error',
};

/** Causes a fault with other values: another visitor, another place, another language. */
export const VALUES = [
  { id: '4711', word: 'Anna', mail: 'anna@example.com', n: 4711, price: '$1,234.50', price2: '$1,199.00', date: 'Nov 3, 2026, 4:05 PM' },
  { id: '8f14e45f-ceea-467f-9f5b-2f1c8d1a0b77', word: 'Äpfel', mail: 'k.mueller@example.org', n: 98, price: '1.234,50 €', price2: '990,00 €', date: '3.11.2026 16:05' },
  { id: '01HZX5N8E1Q2W3R4T5Y6V7A8S9', word: 'running shoes', mail: 'x+test@mail.example.net', n: 120034, price: '1 234,50 €', price2: '89,90 €', date: '2026-11-03T16:05:00.123Z' },
  { id: '99120', word: 'みかん', mail: 'info@shop.example', n: 7, price: '¥1,234', price2: '¥980', date: '2026/11/03 16:05' },
];

/** Where a fault happens when it has a page of its own; else on the pages of its site. */
export const ROUTES = {
  'order-gone': ['/orders/:id'],
  'order-broken': ['/orders/:id'],
  'invoice-gone': ['/invoices/:id'],
  'cancel-conflict': ['/orders/:id/cancel'],
  'search-broken': ['/search'],
  'add-refused': ['/p/:n/:word'],
  'remove-refused': ['/cart/:id'],
  'stock-unreachable': ['/p/:n/:word'],
  'rating-unreachable': ['/p/:n/:word/reviews'],
  'rejected-with-nothing': ['/cart/:id'],
  'email-missing': ['/checkout'],
  'email-malformed': ['/checkout'],
  'zip-malformed': ['/checkout'],
  'product-gone': ['/product/:n'],
  'product-broken': ['/product/:n'],
  'offers-gone': ['/offers/:n'],
};
