import $ from 'jquery';

function fillTable(rows_) {
  $.each(rows_, function (index_, row_) {
    $('#root').append($('<tr>').text(row_.customer.name + index_));
  });
}

function fillFooter(rows_) {
  $.each(rows_, function (index_, row_) {
    $('#root').append(row_.invoice.number + index_);
  });
}

function loadCustomer(id_) {
  return $.getJSON('/api/customers/' + id_)
    .done(function (customer_) {
      $('#root').text(customer_.address.street);
    })
    .fail(function (answer_) {
      throw new Error('Customer could not be loaded (' + answer_.status + ')');
    });
}

function openPicker(field_) {
  $(field_).datepicker({ format: 'dd.mm.yyyy' });
}

function openSlider(field_) {
  $(field_).slick();
}

function highlight(id_) {
  $('div[data-id=' + id_ + ']').addClass('on');
}

function saveDraft(form_) {
  const data_ = $(form_).serializeArray();
  return data_[0].value.trim();
}

function bindEditor() {
  $('#root').on('edit', function () {
    window.tinyEditor.activeEditor.setContent('');
  });
  $('#root').trigger('edit');
}

function closeEditor() {
  $('#root').on('close', function () {
    window.tinyEditor.activeEditor.setContent('');
  });
  $('#root').trigger('close');
}

function readyTotals() {
  $(function () {
    calculateTotals();
  });
}

window.faults = {
  'row-without-customer': () => fillTable([{}]),
  'row-without-invoice': () => fillFooter([{}]),
  'customer-gone': (v) => loadCustomer('404-' + v.n),
  'customer-without-address': (v) => loadCustomer('empty-' + v.n),
  'picker-plugin-missing': () => openPicker('#root'),
  'slider-plugin-missing': () => openSlider('#root'),
  'selector-unrecognised': (v) => highlight(v.n + ' ' + v.word + '!'),
  'draft-empty': () => saveDraft('#root'),
  'editor-missing-on-edit': () => bindEditor(),
  'editor-missing-on-close': () => closeEditor(),
  'totals-not-defined': () => readyTotals(),
};
