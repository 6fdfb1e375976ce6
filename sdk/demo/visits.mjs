// The visitors of the demonstration. Each is a person with a device and a few steps.
import { buy, fillIn, goToCheckout, pay, press, seePaymentFail, seeThanks } from './steps.mjs';
import { LAPTOP, PHONE } from './visitors.mjs';

const wrapAsAGift = press('Wrap as a gift');

const insistOnANotice = async (page) => {
  for (let time = 0; time < 6; time++) {
    await press('Notify me')(page);
  }
};

/** The user that identify() names, the device, and what the person does. */
const visit = (user, device, ...steps) => ({ user, device, steps });

/** What is broken while they are there. */
export const DEMO_FAULTS = ['voucher', 'gift-wrap', 'dead-notice', 'one-country'];

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
