/** A page as jQuery's users write them: delegated events, animations, ajax with global handlers. */
import jQuery from 'jquery';

const $ = jQuery;

$('body').append(`<form id="order"><input name="item" value="tea"><input name="pieces" value="2">
  <select name="how"><option>Post<option>Courier</select><button>Add</button></form>
  <ul id="list"></ul><p id="state"></p><div id="box" style="display:none">Thanks</div>`);

const say = (text: string): void => void $('#state').append($('<b>').text(`${text};`));

$(document)
  .on('ajaxStart', () => say('busy'))
  .on('ajaxError', (_event, xhr, settings) => say(`${settings.url ?? ''} ${xhr.status}`))
  .on('ajaxStop', () => say('idle'))
  .on('shop:added', (_event, name: string) => console.log('added', name, { pieces: 2 }));

$.ajaxSetup({
  beforeSend: (xhr) => {
    xhr.setRequestHeader('X-Shop', 'one');
  },
});

$('#list').on('click', '.remove', function () {
  $(this)
    .closest('li')
    .slideUp(60, function () {
      $(this).remove();
      say(`left ${$('#list li').length}`);
    });
});

$('#order').on('submit', (event) => {
  event.preventDefault();
  const sent = $('#order').serialize();
  void $.post('/add', sent)
    .done((answer: { name: string }) => {
      $('<li>').text(answer.name).append('<a href="#" class="remove">x</a>').appendTo('#list');
      $(document).trigger('shop:added', [answer.name]);
    })
    .always(() => $('#box').fadeIn(40).delay(20).fadeOut(40));
});

async function run(): Promise<void> {
  await $.getJSON('/price', { item: 'tea' }).then((it: { cents: number }) => say(`${it.cents}`));
  await $.ajax({ url: '/gone', dataType: 'json' }).catch((xhr: { status: number }) =>
    say(`caught ${xhr.status}`),
  );
  await $.ajax({ url: '/broken', dataType: 'json' }).catch((_xhr: unknown, how: string) =>
    say(how),
  );
  const slow = $.ajax('/slow/3000');
  slow.fail((_xhr, how) => say(how));
  slow.abort();
  await $.when($.get('/price'), $.get('/price')).then(() => say('both'));
  $('#list').load('/part li', () => say(`loaded ${$('#list li').length}`));
  await new Promise((done) => $(document).one('ajaxStop', () => done(undefined)));
  console.warn('done with', $.fn.jquery);
  $('body').addClass('ran');
}

$(() => void run());
$('#state').on('click', () => {
  throw new RangeError('thrown in a handler of jQuery');
});
