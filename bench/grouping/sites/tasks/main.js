import { h, render, Component } from 'preact';
import { useState, useEffect } from 'preact/hooks';
import { LitElement, html } from 'lit';

function Task({ task }) {
  return h('li', null, task.due.day);
}

function Board({ board }) {
  return h('ul', null, board.tasks.map((task_) => h(Task, { task: task_ })));
}

function Timer() {
  const [start_] = useState(null);
  useEffect(() => {
    document.title = start_.now();
  }, []);
  return h('i');
}

class Archive extends Component {
  componentDidMount() {
    this.props.store.load();
  }

  render() {
    return h('p');
  }
}

class LabelChip extends LitElement {
  static properties = { label: {} };

  render() {
    return html`<b>${this.label.colour.name}</b>`;
  }
}

class LabelPicker extends LitElement {
  firstUpdated() {
    this.labels.forEach((label_) => label_.draw());
  }

  render() {
    return html`<i></i>`;
  }
}

customElements.define('label-chip', LabelChip);
customElements.define('label-picker', LabelPicker);

const show = (element_) => render(element_, document.getElementById('root'));

globalThis.faults = {
  'task-without-due': () => show(h(Board, { board: { tasks: [{}] } })),
  'board-without-tasks': () => show(h(Board, { board: {} })),
  'timer-without-start': () => show(h(Timer)),
  'archive-without-store': () => show(h(Archive)),
  'chip-without-colour': () => {
    document.getElementById('root').append(Object.assign(document.createElement('label-chip'), { label: {} }));
  },
  'picker-without-labels': () => {
    document.getElementById('root').append(document.createElement('label-picker'));
  },
  'element-defined-twice': () => customElements.define('label-chip', class extends LitElement {}),
};
