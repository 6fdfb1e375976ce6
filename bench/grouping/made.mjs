/*
 * Writes made.jsonl: markers that need a person's hand (dead and rage clicks, messages of a Faces
 * view in another language) or a server that is not here, in the form that the SDK gives them
 * (sdk/src/domain/markers).
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HERE } from './build.mjs';
import { isHeldOut } from './chance.mjs';

const items = [];

function add(fault, marker) {
  items.push({ project: 'outlet', fault, heldOut: isHeldOut('outlet', fault), ...marker, source: 'made in the form of the SDK' });
}

const click = (fault, subkind, verb, route, selector, text) =>
  add(fault, { kind: 'ui_no_effect', subkind, route, label: `${verb} on "${text}"`, element: { selector, text } });
const dead = (fault, route, selector, text) => click(fault, 'dead_click', 'Dead click', route, selector, text);
const rage = (fault, route, selector, text) => click(fault, 'rage_click', 'Rage click', route, selector, text);

// One button in three languages, on many products.
dead('buy-is-dead', '/p/4711/red-shoes', 'button#buy', 'Buy now');
dead('buy-is-dead', '/p/98120/blaue-schuhe', 'button#buy', 'Jetzt kaufen');
dead('buy-is-dead', '/p/5/chaussures', 'button#buy', 'Acheter');
// The same words elsewhere are another button.
dead('buy-of-wishlist-is-dead', '/wishlist', 'button.wish-buy', 'Buy now');
dead('buy-of-wishlist-is-dead', '/wishlist', 'button.wish-buy', 'Jetzt kaufen');
rage('zoom-is-stuck', '/p/4711/red-shoes', 'div.gallery > button.zoom', 'Zoom');
rage('zoom-is-stuck', '/p/77/hats', 'div.gallery > button.zoom', 'Vergrößern');
rage('filter-is-stuck', '/search', 'aside > label.size', 'Size 42');
rage('filter-is-stuck', '/search', 'aside > label.size', 'Size 38');
dead('menu-is-dead', '/', 'nav > a.all', 'All products');
dead('menu-is-dead', '/', 'nav > a.all', 'Alle Produkte');

const blocked = (fault, route, name, reason, selector) =>
  add(fault, { kind: 'validation_failed', subkind: 'form_blocked', route, label: `Form blocked: ${name} ${reason}`, element: { selector } });
blocked('phone-missing', '/checkout/address', 'phone', 'valueMissing', 'input#phone');
blocked('phone-missing', '/checkout/address', 'phone', 'valueMissing', 'input#phone');
blocked('phone-pattern', '/checkout/address', 'phone', 'patternMismatch', 'input#phone');
blocked('phone-pattern', '/checkout/address', 'phone', 'patternMismatch', 'input#phone');
blocked('terms-missing', '/checkout/pay', 'terms', 'valueMissing', 'input#terms');
blocked('terms-missing', '/checkout/pay', 'terms', 'valueMissing', 'input#terms');

const rejected = (fault, route, source, selector) =>
  add(fault, { kind: 'validation_failed', subkind: 'faces_message', route, label: `Rejected: ${source}`, element: { selector } });
rejected('iban-rejected', '/account/bank.xhtml', 'bankForm:iban', 'input#bankForm:iban');
rejected('iban-rejected', '/account/bank.xhtml', 'bankForm:iban', 'input#bankForm:iban');
rejected('birthday-rejected', '/account/person.xhtml', 'personForm:birthday', 'input#personForm:birthday');
rejected('birthday-rejected', '/account/person.xhtml', 'personForm:birthday', 'input#personForm:birthday');

const asked = (fault, subkind, route, method, path, status, label, error) =>
  add(fault, { kind: 'api_error', subkind, route, label: label ?? `${method} ${path} ${status || 'failed'}`, ...(error && { error }), request: { method, url: `https://outlet.example${path}`, status } });
asked('price-500', 'http_status', '/p/4711/red-shoes', 'GET', '/api/prices/4711', 500);
asked('price-500', 'http_status', '/p/98/x', 'GET', '/api/prices/98', 500);
asked('price-404', 'http_status', '/p/12/x', 'GET', '/api/prices/12', 404);
asked('price-404', 'http_status', '/p/13/x', 'GET', '/api/prices/13', 404);
asked('price-unreachable', 'network_failure', '/p/14/x', 'GET', '/api/prices/14', 0);
asked('price-unreachable', 'network_failure', '/p/9/x', 'GET', '/api/prices/9', 0);
asked('customer-401', 'http_status', '/account', 'GET', '/api/customers/8f14e45f-ceea-467f-9f5b-2f1c8d1a0b77', 401);
asked('customer-401', 'http_status', '/orders', 'GET', '/api/customers/0c4f11aa-52d1-4f43-9b2e-55f0d1b1b001', 401);
// The answer's first error is what was thrown (sdk/src/domain/markers/graphql-errors.ts).
const graphql = (fault, route, operation, message) =>
  asked(fault, 'graphql_error', route, 'POST', '/graphql', 200, `GraphQL ${operation}: ${message}`, { type: 'GraphQLError', message });
graphql('graphql-stock', '/p/1/x', 'Stock', 'Item 4711 is not in stock');
graphql('graphql-stock', '/p/2/x', 'Stock', 'Item 99120 is not in stock');
graphql('graphql-basket', '/basket', 'Basket', 'Basket 8f14e45f is locked');
graphql('graphql-basket', '/basket', 'Basket', 'Basket 01c2d3e4 is locked');

const thrown = (fault, route, type, message) =>
  add(fault, { kind: 'js_exception', subkind: 'uncaught', route, label: `${type}: ${message}`, error: { type, message } });
// Without a stack: scripts of another origin, and what is not an Error. Values of every kind vary.
thrown('script-error', '/p/1/x', 'Error', 'Script error.');
thrown('script-error', '/basket', 'Error', 'Script error.');
thrown('voucher-expired', '/basket', 'VoucherError', 'Voucher "SUMMER-24" expired on 31/08/2026');
thrown('voucher-expired', '/basket', 'VoucherError', 'Voucher "XMAS-25" expired on 24.12.2025');
thrown('voucher-used', '/basket', 'VoucherError', 'Voucher "SUMMER-24" was used on 30/08/2026');
thrown('voucher-used', '/basket', 'VoucherError', 'Voucher "EASTER" was used on 2026-04-05');
thrown('payment-402', '/pay', 'PaymentError', 'Provider answered 402 for payment pay_8sK2jdA91');
thrown('payment-402', '/pay', 'PaymentError', 'Provider answered 402 for payment pay_0aAbCd221');
thrown('payment-503', '/pay', 'PaymentError', 'Provider answered 503 for payment pay_77dKs01aa');
thrown('payment-503', '/pay', 'PaymentError', 'Provider answered 503 for payment pay_91kskJ1lq');
thrown('upload-too-large', '/returns', 'RangeError', 'File of 12,400,112 bytes exceeds 10 MB');
thrown('upload-too-large', '/returns', 'RangeError', 'File of 10.400.001 bytes exceeds 10 MB');
thrown('session-code-4001', '/chat', 'SocketError', 'Socket closed with ERR_AUTH (code 4001)');
thrown('session-code-4001', '/chat', 'SocketError', 'Socket closed with ERR_AUTH (code 4001)');
thrown('session-code-4008', '/chat', 'SocketError', 'Socket closed with ERR_IDLE (code 4008)');
thrown('session-code-4008', '/chat', 'SocketError', 'Socket closed with ERR_IDLE (code 4008)');

await writeFile(join(HERE, '../src/main/resources/grouping/made.jsonl'), items.map((item) => JSON.stringify(item)).join('\n') + '\n');
console.log(`${items.length} made of ${new Set(items.map((item) => item.fault)).size} faults`);
