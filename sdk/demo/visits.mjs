// The visitors of the demo shop. Each is a person with a device and a few steps.

const PHONE = {
  viewport: { width: 390, height: 780 },
  isMobile: true,
  hasTouch: true,
  userAgent:
    'Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36',
};
const LAPTOP = {
  viewport: { width: 1280, height: 800 },
  userAgent:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
};

const buy = (product) => async (page) => {
  await page.locator(`[data-product="${product}"] button`).click();
};

const goToCheckout = async (page) => {
  await page.getByRole('link', { name: /Basket/ }).click();
  await page.getByRole('heading', { name: 'Checkout' }).waitFor();
};

const fillIn =
  ({ name, postcode = '10115', voucher = '' }) =>
  async (page) => {
    const type = async (field, text) => {
      await page
        .locator(`[data-order-form] [name=${field}]`)
        .pressSequentially(text, { delay: 40 });
    };
    await type('name', name);
    await type('email', `${name.toLowerCase().replaceAll(' ', '.')}@mail.example`);
    await type('postcode', postcode);
    if (voucher) {
      await type('voucher', voucher);
    }
  };

const pay = async (page) => {
  await page.getByRole('button', { name: 'Pay now' }).click();
};

const seeThanks = async (page) => {
  await page.getByRole('heading', { name: 'Thank you' }).waitFor();
};

const seePaymentFail = async (page) => {
  await page.getByText('Payment is not possible').waitFor();
};

const wrapAsAGift = async (page) => {
  await page.getByRole('button', { name: 'Wrap as a gift' }).click();
};

const insistOnANotice = async (page) => {
  const button = page.getByRole('button', { name: 'Notify me' });
  for (let press = 0; press < 6; press++) {
    await button.click({ delay: 20 });
  }
};

/** The user that identify() names, the device, and what the person does. */
const visit = (user, device, ...steps) => ({ user, device, steps });

export const VISITS = [
  // A voucher breaks the payment: three people, one of them twice.
  visit(
    'ada',
    LAPTOP,
    buy('sencha'),
    goToCheckout,
    fillIn({ name: 'Ada Moss', voucher: 'SPRING' }),
    pay,
    seePaymentFail,
  ),
  visit(
    'bela',
    PHONE,
    buy('oolong'),
    goToCheckout,
    fillIn({ name: 'Bela Rand', voucher: 'SPRING' }),
    pay,
    seePaymentFail,
  ),
  visit(
    'cleo',
    LAPTOP,
    buy('kettle'),
    buy('assam'),
    goToCheckout,
    fillIn({ name: 'Cleo Hart', voucher: 'TEA10' }),
    pay,
    seePaymentFail,
    pay,
    seePaymentFail,
  ),
  visit(
    'ada',
    LAPTOP,
    buy('sencha'),
    goToCheckout,
    fillIn({ name: 'Ada Moss', voucher: 'SPRING' }),
    pay,
    seePaymentFail,
  ),
  // Gift wrap throws.
  visit(
    'dara',
    LAPTOP,
    buy('rooibos'),
    goToCheckout,
    wrapAsAGift,
    fillIn({ name: 'Dara Quill' }),
    pay,
    seeThanks,
  ),
  visit('emil', PHONE, buy('assam'), goToCheckout, wrapAsAGift, wrapAsAGift),
  visit('finn', LAPTOP, buy('kettle'), goToCheckout, wrapAsAGift),
  // A button that does nothing.
  visit('gala', PHONE, insistOnANotice),
  visit('hugo', LAPTOP, insistOnANotice, buy('sencha')),
  // A good postcode that the form refuses.
  visit(
    'iris',
    LAPTOP,
    buy('sencha'),
    goToCheckout,
    fillIn({ name: 'Iris Vale', postcode: 'SW1A 1AA' }),
    pay,
    pay,
  ),
  visit(
    'jona',
    PHONE,
    buy('rooibos'),
    goToCheckout,
    fillIn({ name: 'Jona Reed', postcode: '1017 AB' }),
    pay,
    pay,
  ),
  // And three for whom everything works.
  visit(
    'kira',
    LAPTOP,
    buy('sencha'),
    buy('kettle'),
    goToCheckout,
    fillIn({ name: 'Kira Lund' }),
    pay,
    seeThanks,
  ),
  visit('liam', PHONE, buy('assam'), goToCheckout, fillIn({ name: 'Liam Stone' }), pay, seeThanks),
  visit('mona', LAPTOP, buy('oolong')),
];
