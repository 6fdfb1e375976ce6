// No source maps, and React 19.
import { createElement as h, useState, useEffect, useMemo, Component, useContext, createContext } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';

const Session = createContext(null);

function Badge({ user }) {
  const letters_ = user.name.split(' ').map((part_) => part_[0]);
  return h('b', null, letters_.join(''));
}

function Header({ user }) {
  return h('header', null, h(Badge, { user }));
}

function ProjectBoard({ board }) {
  return h('ul', null, board.columns.map((member_) => h('li', { key: member_.id }, member_.owner.short)));
}

function Contract({ contract }) {
  const total_ = useMemo(() => contract.clauses.reduce((sum_, position_) => sum_ + position_.price, 0), [contract]);
  return h('p', null, total_);
}

function Gantt({ data }) {
  useEffect(() => {
    const tasks_ = data.phases.map((one_) => one_.tasks.length);
    document.title = String(tasks_);
  }, [data]);
  return h('canvas');
}

function Clock({ zone }) {
  useEffect(() => {
    const format_ = new Intl.DateTimeFormat('en', { timeZone: zone });
    document.title = format_.format(0);
  }, [zone]);
  return h('i');
}

function ApproveButton({ form }) {
  const save = () => {
    const first_ = form.fields[0];
    document.title = first_.value.length;
  };
  return h('button', { id: 'act', onClick: save }, 'Save');
}

function ArchiveButton({ form }) {
  const remove = async () => {
    const answer_ = await Promise.resolve(form.answer);
    document.title = answer_.deleted.count;
  };
  return h('button', { id: 'act', onClick: remove }, 'Delete');
}

function Amount({ value }) {
  return h('span', null, value);
}

function Endless() {
  const [count_, setCount] = useState(0);
  setCount(count_ + 1);
  return h('s', null, count_);
}

function EndlessEffect() {
  const [count_, setCount] = useState(0);
  useEffect(() => setCount(count_ + 1));
  useLayoutLoop(setCount);
  return h('s', null, count_);
}

function useLayoutLoop(set_) {
  useEffect(() => set_((n_) => n_ + 1));
}

function Sometimes({ on }) {
  const [first_] = useState(1);
  if (on) {
    useState(2);
  }
  return h('em', null, first_);
}

function QuickSearch() {
  const session_ = useContext(Session);
  return h('nav', null, session_.user.mail);
}

class Guarded extends Component {
  state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  componentDidCatch(error_) {
    globalThis.report(error_);
  }

  render() {
    return this.state.failed ? 'Sorry' : this.props.children;
  }
}

function Timesheet({ rows }) {
  const widest_ = rows.reduce((most_, row_) => Math.max(most_, row_.cells.length), 0);
  return h('table', { title: widest_ });
}

const root = () => createRoot(document.getElementById('root'));
const show = (element_) => root().render(element_);
const press = () => setTimeout(() => document.getElementById('act').dispatchEvent(new Event('click', { bubbles: true })), 60);

function hydrate(html_, element_) {
  const target_ = document.getElementById('root');
  target_.innerHTML = html_;
  hydrateRoot(target_, element_);
}

globalThis.faults = {
  'badge-without-name': () => show(h(Header, { user: {} })),
  'badge-without-user': () => show(h(Header, {})),
  'column-without-owner': (v) => show(h(ProjectBoard, { board: { columns: [{ id: v.n }] } })),
  'board-without-columns': () => show(h(ProjectBoard, { board: {} })),
  'contract-without-clauses': () => show(h(Contract, { contract: {} })),
  'gantt-without-tasks': () => show(h(Gantt, { data: { phases: [{}] } })),
  'clock-bad-zone': (v) => show(h(Clock, { zone: 'Mars/' + v.word })),
  'save-without-fields': () => (show(h(ApproveButton, { form: { fields: [] } })), press()),
  'delete-without-answer': () => (show(h(ArchiveButton, { form: {} })), press()),
  'object-as-child': (v) => show(h(Amount, { value: { amount: v.n } })),
  'component-undefined': () => show(h(undefined, null)),
  'endless-render': () => show(h(Endless)),
  'fewer-hooks': () => {
    const one_ = root();
    one_.render(h(Sometimes, { on: false }));
    setTimeout(() => one_.render(h(Sometimes, { on: true })), 30);
  },
  'menu-without-session': () => show(h(QuickSearch)),
  'timesheet-row-without-cells': () => show(h(Guarded, null, h(Timesheet, { rows: [{}] }))),
  'hydrate-other-text': (v) => hydrate('<p>Hello ' + v.word + '</p>', h('p', null, 'Hello you')),
  'hydrate-other-element': () => hydrate('<div>x</div>', h('section', null, h('p', null, 'x'))),
  'target-not-an-element': () => createRoot(document.getElementById('nowhere')),
};
