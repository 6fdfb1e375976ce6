// No source maps: what is told are names that the minifier chose.
function assertPresent(value_, text_) {
  if (value_ == null) throw new Error('Assertion failed: ' + text_);
  return value_;
}

function callApi(path_, done_) {
  const ask_ = new XMLHttpRequest();
  ask_.open('GET', path_);
  ask_.onload = function () {
    if (ask_.status >= 400) throw new Error('API answered ' + ask_.status);
    done_(JSON.parse(ask_.responseText));
  };
  ask_.send();
}

function accountBalance(account_) {
  return account_.balance.amount / 100;
}

function accountOwner(account_) {
  return account_.owner.name;
}

function transferLimit(profile_) {
  return Math.min(profile_.limits.amount, 5000);
}

function showBalances(accounts_) {
  const rows_ = [];
  for (let i = 0; i < accounts_.length; i++) {
    rows_.push(accountBalance(accounts_[i]) + ' ' + accounts_[i].iban);
  }
  document.title = rows_.join();
}

function showOwners(accounts_) {
  for (let i = 0; i < accounts_.length; i++) {
    document.title = accountOwner(accounts_[i]);
  }
}

function startTransfer(form_) {
  assertPresent(form_.target, 'no recipient');
  assertPresent(form_.sum, 'no amount');
  callApi('/api/transfer/' + form_.sum, function (answer_) {
    document.title = answer_.receipt.number;
  });
}

function standingOrders(list_) {
  return list_.filter(function (order_) {
    return order_.schedule.next > Date.now();
  });
}

function cancelCard(card_) {
  card_.block();
}

function orderCard(card_) {
  card_.issue();
}

function exportStatement(rows_) {
  return rows_.reduce(function (text_, row_) {
    return text_ + row_.booking.date + ';';
  }, '');
}

function chooseTan(devices_) {
  const first_ = devices_.find(function (device_) {
    return device_.active;
  });
  return first_.phone;
}

function Ledger() {
  this.entries = undefined;
}
Ledger.prototype.last = function () {
  return this.entries[this.entries.length - 1];
};
Ledger.prototype.append = function (entry_) {
  this.entries.push(entry_);
};

const later = (action_) => setTimeout(action_, 1);

globalThis.faults = {
  'balance-missing': (v) => showBalances([{ iban: v.id }]),
  'owner-missing': () => later(() => showOwners([{}])),
  'limit-missing': () => transferLimit({}),
  'transfer-without-recipient': (v) => startTransfer({ sum: v.n }),
  'transfer-without-amount': () => startTransfer({ target: 'x' }),
  'transfer-refused': (v) => startTransfer({ target: 'x', sum: '422-' + v.n }),
  'transfer-not-json': (v) => startTransfer({ target: 'x', sum: 'html-' + v.n }),
  'transfer-without-receipt': (v) => startTransfer({ target: 'x', sum: 'empty-' + v.n }),
  'standing-without-schedule': () => standingOrders([{}]),
  'card-cannot-block': () => cancelCard({}),
  'card-cannot-issue': () => orderCard({}),
  'statement-without-booking': () => exportStatement([{}]),
  'no-active-device': () => chooseTan([]),
  'ledger-last-empty': () => new Ledger().last(),
  'ledger-append-closed': () => later(() => new Ledger().append({})),
};
