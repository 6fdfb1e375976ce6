import { invariant } from './http.js';

export function lineTotal(line_) {
  return line_.count * line_.price.total;
}

export function sumLines(cart_) {
  let sum_ = 0;
  for (const line_ of cart_.lines) {
    sum_ += lineTotal(line_);
  }
  return sum_;
}

export function renderCart(cart_) {
  const target_ = document.getElementById('root');
  target_.textContent = 'Total ' + sumLines(cart_) + ' ' + currencyOf(cart_);
}

export function currencyOf(cart_) {
  const first_ = cart_.lines[0];
  return first_.seller.currency;
}

export function applyVoucher(cart_, voucher_) {
  const rest_ = cart_.sum - voucher_.price.total;
  cart_.sum = rest_ < 0 ? 0 : rest_;
  return cart_;
}

export function placeOrder(cart_) {
  invariant(cart_.address, 'missing value');
  invariant(cart_.lines.length > 0, 'empty cart');
  return { order: cart_.id };
}

export function shareWishlist(list_) {
  invariant(list_.owner, 'missing value');
  return '/w/' + list_.owner;
}

export function mergeLines(cart_, other_) {
  const all_ = [...cart_.lines, ...other_.items];
  cart_.lines = all_;
  return all_.length;
}

export function shippingCity(order_) {
  const { city: city_ } = order_.address;
  return city_.toUpperCase();
}

export function formatPrice(price_) {
  const text_ = price_.amount.format('EUR');
  return text_ + ' ' + price_.label.show();
}

export function reorder(order_) {
  for (const line_ of order_.lines) {
    line_.count = line_.product.stock.available;
  }
  return order_;
}
