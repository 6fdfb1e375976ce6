import { request, HttpError } from './http.js';

export async function loadOrder(id_) {
  const order_ = await request('GET', '/api/orders/' + id_);
  return order_.lines;
}

export async function loadInvoice(id_) {
  const invoice_ = await request('GET', '/api/invoices/' + id_ + '/pdf');
  return invoice_.pages;
}

export async function cancelOrder(id_) {
  await request('DELETE', '/api/orders/' + id_);
}

export async function findProducts(words_) {
  const hits_ = await request('GET', '/api/search?q=' + encodeURIComponent(words_));
  return hits_.length;
}

export async function addToCart(cart_, product_) {
  await request('POST', '/api/carts/' + cart_ + '/lines', { product: product_ });
}

export async function removeFromCart(cart_, line_) {
  await request('DELETE', '/api/carts/' + cart_ + '/lines/' + line_);
}

export async function loadStock(sku_) {
  const answer_ = await fetch('http://127.0.0.1:9/stock/' + sku_);
  return answer_.json();
}

export async function loadRating(sku_) {
  const rating_ = await fetch('http://127.0.0.1:9/ratings/' + sku_ + '.json');
  return (await rating_.json()).stars;
}

export function readProfile(text_) {
  const profile_ = JSON.parse(text_);
  return profile_.name;
}

export function readSettings(text_) {
  return JSON.parse(text_).theme;
}

export function deliveryDate(text_) {
  const day_ = new Date(text_);
  return day_.toISOString().slice(0, 10);
}

export function searchWords(query_) {
  return decodeURIComponent(query_).split(' ');
}

export function roundPrice(price_, digits_) {
  return price_.toFixed(digits_);
}

export function pages(total_, size_) {
  return new Array(Math.ceil(total_ / size_) - 10).fill(0);
}

export function depth(category_) {
  const parent_ = category_.parent;
  return parent_ ? 1 + depth(parent_) : 0;
}

export function scrollToReview(id_) {
  document.querySelector('#' + id_).scrollIntoView();
}

export function rememberCart(text_) {
  localStorage.setItem('cart-' + text_.length, text_);
}

export function closeDialog(dialog_) {
  document.body.removeChild(dialog_);
}

export function makeBadge(tag_) {
  const badge_ = document.createElement(tag_);
  return badge_;
}

export function encodeToken(text_) {
  return btoa(text_);
}

export async function loadBasket(id_) {
  try {
    return await request('GET', '/api/baskets/' + id_);
  } catch (reason_) {
    throw new Error('Could not load the basket', { cause: reason_ });
  }
}

export async function firstMirror(id_) {
  return Promise.any(['/api/down/a/', '/api/down/b/'].map((path_) => request('GET', path_ + id_)));
}

export function orderNotFound(id_, mail_) {
  throw new Error(`Order ${id_} of ${mail_} not found, see https://help.example.com/orders?id=${id_}`);
}

export function priceChanged(old_, now_, at_) {
  throw new RangeError(`Price changed from ${old_} to ${now_} at ${at_}`);
}

export function couponInvalid(code_) {
  throw new HttpError('"' + code_ + '"', '/coupon');
}
