import { createApp, h, ref, computed, watch, nextTick, defineComponent, onMounted } from 'vue';

const TicketRow = defineComponent({
  props: ['ticket'],
  render() {
    return h('li', this.ticket.author.name);
  },
});

const TicketList = defineComponent({
  props: ['tickets'],
  setup(props) {
    const open_ = computed(() => props.tickets.filter((ticket_) => ticket_.status.open));
    return () => h('ul', open_.value.map((ticket_) => h(TicketRow, { ticket: ticket_ })));
  },
});

const Filter = defineComponent({
  setup() {
    const words_ = ref('');
    watch(words_, (now_) => {
      document.title = now_.parts.length;
    });
    onMounted(() => {
      words_.value = 'x';
    });
    return () => h('input', { value: words_.value });
  },
});

const Answer = defineComponent({
  props: ['ticket'],
  setup(props) {
    const send = () => {
      const text_ = props.ticket.draft.text;
      document.title = text_;
    };
    const sendLater = async () => {
      await nextTick();
      props.ticket.queue.push(1);
    };
    return () => h('div', [h('button', { id: 'send', onClick: send }), h('button', { id: 'later', onClick: sendLater })]);
  },
});

const Editor = defineComponent({
  setup() {
    onMounted(() => {
      globalThis.CKEditor.create('#root');
    });
    return () => h('p');
  },
});

const Player = defineComponent({
  setup() {
    onMounted(() => {
      globalThis.Plyr.create('#root');
    });
    return () => h('p');
  },
});

const Macro = defineComponent({
  props: ['macro'],
  render() {
    return h('p', this.macro.steps.map((step_) => step_.run()));
  },
});

function show(component_, props_) {
  createApp(component_, props_).mount('#root');
}

function press(id_) {
  setTimeout(() => document.getElementById(id_).dispatchEvent(new Event('click')), 60);
}

globalThis.faults = {
  'row-without-author': (v) => show(TicketList, { tickets: [{ id: v.n, status: { open: true } }] }),
  'ticket-without-status': (v) => show(TicketList, { tickets: [{ id: v.n }] }),
  'list-without-tickets': () => show(TicketList, {}),
  'filter-without-parts': () => show(Filter),
  'send-without-draft': () => (show(Answer, { ticket: {} }), press('send')),
  'later-without-queue': () => (show(Answer, { ticket: {} }), press('later')),
  'editor-not-loaded': () => show(Editor),
  'player-not-loaded': () => show(Player),
  'macro-step-cannot-run': () => show(Macro, { macro: { steps: [{}] } }),
  'macro-without-steps': () => show(Macro, { macro: {} }),
};
