import * as cart from './cart.js';
import * as account from './account.js';
import { HttpError } from './http.js';

const later = (action_) => setTimeout(action_, 1);

function trackCheckout(step_) {
  gtag('event', step_);
}

function pushPage(page_) {
  dataLayer.push(page_);
}

class Wizard {
  open(step_) {
    this.show(this.steps[step_]);
  }

  show(page_) {
    document.title = page_.title;
  }
}

function onPaymentMessage(event_) {
  const { token: token_ } = event_.data.payment;
  return token_;
}

async function loadReviews() {
  const { render } = await import('./reviews.js');
  return render();
}

async function pay(method_) {
  const result_ = await Promise.resolve(method_ === 'card' ? null : { id: method_ });
  return result_.id.charge();
}

async function refund(payment_) {
  const result_ = await Promise.resolve(payment_.last);
  return result_.id;
}

function compare(list_) {
  return list_.sort((left_, right_) => left_.rank.value - right_.rank.value);
}

function buildMenu(tree_) {
  return tree_.children.map((node_) => ({ label: node_.meta.title, open: node_.open }));
}

function buildBreadcrumb(tree_) {
  return tree_.children.map((node_) => node_.meta.title).join(' / ');
}

globalThis.faults = {
  'cart-line-without-price': (v) => cart.renderCart({ id: v.id, lines: [{ count: 2 }] }),
  'cart-without-seller': (v) => cart.renderCart({ id: v.id, lines: [{ count: 2, price: { total: 4 } }] }),
  'voucher-without-price': (v) => later(() => cart.applyVoucher({ sum: 7, id: v.id }, {})),
  'order-without-address': (v) => cart.placeOrder({ id: v.id, lines: [] }),
  'order-of-empty-cart': (v) => cart.placeOrder({ id: v.id, address: 'x', lines: [] }),
  'wishlist-without-owner': () => cart.shareWishlist({}),
  'merge-without-items': () => cart.mergeLines({ lines: [] }, {}),
  'shipping-without-address': () => cart.shippingCity({}),
  'price-cannot-format': () => cart.formatPrice({ amount: 3 }),
  'price-label-cannot-show': () => cart.formatPrice({ amount: { format: () => '' }, label: {} }),
  'reorder-without-product': () => cart.reorder({ lines: [{ product: {} }] }),
  'order-gone': (v) => account.loadOrder('404-' + v.id),
  'order-broken': (v) => account.loadOrder('500-' + v.id),
  'invoice-gone': (v) => account.loadInvoice('404-' + v.id),
  'cancel-conflict': (v) => account.cancelOrder('409-' + v.id),
  'search-broken': (v) => account.findProducts('500 ' + v.word),
  'add-refused': (v) => account.addToCart('422-' + v.id, v.word),
  'remove-refused': (v) => account.removeFromCart('422-' + v.id, v.n),
  'stock-unreachable': (v) => account.loadStock(v.n),
  'rating-unreachable': (v) => account.loadRating(v.n),
  'profile-is-html': (v) => account.readProfile('<!doctype html><title>' + v.word),
  'settings-cut-off': (v) => account.readSettings('{"user":"' + v.mail + '","theme":'),
  'delivery-date-invalid': (v) => account.deliveryDate(v.word),
  'query-malformed': (v) => account.searchWords(v.word + '%E0%A4%A'),
  'digits-out-of-range': (v) => account.roundPrice(v.n / 3, 400),
  'pages-negative': (v) => account.pages(v.n % 7, 10),
  'category-endless': () => {
    const one = {};
    one.parent = one;
    account.depth(one);
  },
  'review-selector-invalid': (v) => account.scrollToReview(v.n),
  'cart-over-quota': (v) => account.rememberCart(v.word + 'x'.repeat(12_000_000)),
  'dialog-not-a-child': () => account.closeDialog(document.createElement('p')),
  'badge-tag-invalid': () => account.makeBadge('<b>'),
  'token-not-latin': (v) => account.encodeToken(v.word + '✓'),
  'basket-unavailable': (v) => account.loadBasket('503-' + v.id),
  'basket-not-json': (v) => account.loadBasket('html-' + v.id),
  'mirrors-all-down': (v) => account.firstMirror(v.id),
  'order-not-found-told': (v) => account.orderNotFound(v.n, v.mail),
  'price-changed-told': (v) => account.priceChanged(v.price, v.price2, v.date),
  'coupon-invalid': (v) => account.couponInvalid(v.word),
  'gtag-missing': () => trackCheckout('pay'),
  'data-layer-missing': () => later(() => pushPage('cart')),
  'wizard-without-steps': (v) => new Wizard().open(v.n % 3),
  'wizard-page-missing': () => Object.assign(new Wizard(), { steps: [] }).open(2),
  'payment-message-empty': () => onPaymentMessage({ data: {} }),
  'reviews-chunk-gone': () => loadReviews(),
  'pay-without-result': () => pay('card'),
  'pay-cannot-charge': (v) => pay(v.word),
  'refund-without-last': () => refund({}),
  'compare-without-rank': () => compare([{}, {}]),
  'menu-without-meta': () => later(() => buildMenu({ children: [{}] })),
  'breadcrumb-without-meta': () => later(() => buildBreadcrumb({ children: [{}] })),
  'rejected-with-text': (v) => Promise.reject('Payment provider timed out after ' + v.n + ' ms'),
  'rejected-with-object': (v) => Promise.reject({ code: 'E_STOCK', sku: v.n }),
  'rejected-with-nothing': () => Promise.reject(undefined),
  'login-told-in-console': (v) => console.error('Login failed for', v.mail, 'after', v.n, 'ms'),
  'sync-told-in-console': (v) => console.error('[sync] giving up on ' + v.id + ': conflict'),
  'http-error-reported': (v) => globalThis.report(new HttpError(402, '/pay/' + v.n)),
  'email-missing': () => globalThis.submitForm('email', 'required', ''),
  'email-malformed': (v) => globalThis.submitForm('email', 'type=email', v.word),
  'zip-malformed': (v) => globalThis.submitForm('zip', 'pattern="[0-9]{5}"', v.word),
  'picture-gone': (v) => {
    const picture = new Image();
    picture.src = '/img/404-' + v.n + '.webp';
    document.body.append(picture);
  },
};
