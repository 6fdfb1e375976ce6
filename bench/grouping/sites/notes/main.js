import { mount } from 'svelte';
import List from './List.svelte';
import Loop from './Loop.svelte';

function show(component_, props_) {
  mount(component_, { target: document.getElementById('root'), props: props_ });
}

function press(id_) {
  setTimeout(() => document.getElementById(id_).dispatchEvent(new MouseEvent('click', { bubbles: true })), 60);
}

globalThis.faults = {
  'note-without-text': (v) => show(List, { list: { notes: [{ id: v.n }] } }),
  'notes-with-one-key': (v) => show(List, { list: { notes: [{ id: v.n, text: { body: '' } }, { id: v.n, text: { body: '' } }] } }),
  'list-without-notes': () => show(List, {}),
  'pin-without-pinned': () => (show(List, { list: { notes: [] } }), press('pin')),
  'share-without-link': () => (show(List, { list: { notes: [] } }), press('share')),
  'effect-endless': () => show(Loop),
  'mount-without-target': () => mount(Loop, { target: document.getElementById('nowhere') }),
};
