// What visitors of the demo shop do, step by step.

export const buy = (product) => async (page) => {
  await page.locator(`[data-product="${product}"] button`).click();
};

export const goToCheckout = async (page) => {
  await page.getByRole('link', { name: /Basket/ }).click();
  await page.getByRole('heading', { name: 'Checkout' }).waitFor();
};

export const fillIn =
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

/** Presses what has this name; `soon`: without the pause that a reader makes before. */
export const press = (name, { role = 'button', soon = false } = {}) => {
  const step = async (page) => {
    await page.getByRole(role, { name }).first().click({ delay: 20 });
  };
  return Object.assign(step, { soon });
};

export const pay = press('Pay now');

export const searchFor = (word) => async (page) => {
  await page.getByRole('searchbox').pressSequentially(word, { delay: 40 });
  await page.getByRole('button', { name: 'Search' }).click();
};

export const seeThanks = async (page) => {
  await page.getByRole('heading', { name: 'Thank you' }).waitFor();
};

export const seePaymentFail = async (page) => {
  await page.getByText('Payment is not possible').waitFor();
};
