/** A page as React's users write them: controlled fields, effects, a portal, a boundary. */
import {
  Component,
  createElement as h,
  Fragment,
  StrictMode,
  useEffect,
  useLayoutEffect,
  useReducer,
  useRef,
  useState,
  type ReactNode,
} from 'react';
import { createPortal } from 'react-dom';
import { createRoot } from 'react-dom/client';

class Boundary extends Component<{ children: ReactNode }, { words: string | null }> {
  override state = { words: null };

  static getDerivedStateFromError(error: Error) {
    return { words: error.message };
  }

  override render(): ReactNode {
    return this.state.words ? h('p', { id: 'caught' }, this.state.words) : this.props.children;
  }
}

function Fragile() {
  const [broken, breakIt] = useState(false);
  if (broken) throw new TypeError('a component that breaks');
  return h('button', { id: 'break', onClick: () => breakIt(true) }, 'Break');
}

type Step = { add: string } | { drop: number } | 'turn';

function items(all: string[], step: Step): string[] {
  if (step === 'turn') return [...all].reverse();
  return 'add' in step ? [...all, step.add] : all.filter((_, at) => at !== step.drop);
}

function Board() {
  const [text, setText] = useState('');
  const [all, change] = useReducer(items, ['first', 'second']);
  const [price, setPrice] = useState('…');
  const width = useRef(0);
  useLayoutEffect(() => {
    width.current = document.querySelector('#all')?.getBoundingClientRect().width ?? 0;
  });
  useEffect(() => {
    const stop = new AbortController();
    fetch('/price', { signal: stop.signal })
      .then(async (answer) => setPrice(String(((await answer.json()) as { cents: number }).cents)))
      .catch((error: Error) => console.log('given up:', error.name));
    return () => stop.abort();
  }, []);
  return h(
    Fragment,
    null,
    h('input', {
      id: 'new',
      value: text,
      onChange: (event: { target: { value: string } }) => setText(event.target.value.toUpperCase()),
    }),
    h('button', { id: 'add', onClick: () => (change({ add: text }), setText('')) }, 'Add'),
    h('button', { id: 'turn', onClick: () => change('turn') }, 'Turn'),
    h(
      'ul',
      { id: 'all' },
      all.map((it, at) =>
        // Without a key, so that React has something to say in the console.
        h('li', { onClick: () => change({ drop: at }) }, it),
      ),
    ),
    h('output', { id: 'price' }, price),
    createPortal(h('aside', { id: 'aside' }, `${all.length} in all`), document.body),
    h(Boundary, null, h(Fragile)),
  );
}

const root = document.createElement('div');
document.body.append(root);
createRoot(root).render(h(StrictMode, null, h(Board)));
