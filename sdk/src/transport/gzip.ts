import { startTextWorker } from '../browser/text-worker';
import { utf8Bytes } from '../tools/json-bytes';

/** Below this the gzip header eats what is won. */
const MIN_BYTES_TO_COMPRESS = 1_024;
/** Starting a worker takes about 10 ms of the page's thread, gzipping so much 1 to 2. */
const MIN_LENGTH_FOR_WORKER = 96 * 1_024;
/** Longer than between two chunks of a page on which something happens. */
const IDLE_AFTER_MS = 15_000;
/** A worker that stays silent this long is not coming back. */
const WORKER_TIMEOUT_MS = 5_000;

export interface Encoded {
  bytes: Uint8Array<ArrayBuffer>;
  /** Absent when the bytes are the plain text. */
  contentEncoding?: 'gzip';
}

export interface Compressor {
  encode(text: string): Promise<Encoded>;
}

type Gzip = (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>;

async function nativeGzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const { readable, writable } = new CompressionStream('gzip');
  const writer = writable.getWriter();
  // What fails here fails the reading, too.
  const written = Promise.all([writer.write(bytes), writer.close()]).catch(() => undefined);
  const zipped = await new Response(readable).arrayBuffer();
  await written;
  return new Uint8Array(zipped);
}

const WORKER_SOURCE =
  'onmessage=async(m)=>{try{const s=new Blob([m.data.text]).stream()' +
  ".pipeThrough(new CompressionStream('gzip'));const b=await new Response(s).arrayBuffer();" +
  'postMessage({id:m.data.id,buffer:b},[b])}catch(e){postMessage({id:m.data.id})}}';

interface WorkerGzip {
  compress(text: string): Promise<Uint8Array<ArrayBuffer>>;
  stop(): void;
}

function startWorker(): WorkerGzip {
  const worker = startTextWorker(WORKER_SOURCE);
  type Waiting = { resolve(bytes: Uint8Array<ArrayBuffer>): void; reject(error: Error): void };
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  const failAll = () => {
    for (const { reject } of waiting.values()) reject(new Error('the gzip worker is gone'));
    waiting.clear();
  };
  worker.onerror = (event) => {
    // A policy that forbids the worker reports here; without this the page's console would show it.
    event.preventDefault();
    failAll();
  };
  worker.onmessage = (event: MessageEvent<{ id: number; buffer?: ArrayBuffer }>) => {
    const job = waiting.get(event.data.id);
    waiting.delete(event.data.id);
    if (event.data.buffer) job?.resolve(new Uint8Array(event.data.buffer));
    else job?.reject(new Error('gzip failed'));
  };
  return {
    compress: (text) =>
      new Promise((resolve, reject) => {
        const id = ++lastId;
        const timer = setTimeout(
          () => reject(new Error('the gzip worker is silent')),
          WORKER_TIMEOUT_MS,
        );
        const settled =
          <T>(then: (value: T) => void) =>
          (value: T) => {
            clearTimeout(timer);
            then(value);
          };
        waiting.set(id, { resolve: settled(resolve), reject: settled(reject) });
        worker.postMessage({ id, text });
      }),
    stop() {
      failAll();
      worker.terminate();
    },
  };
}

/**
 * Much of it in a worker, little on the page's thread, as all is where a policy forbids workers;
 * without gzip as plain text.
 */
export function createCompressor(gzip: Gzip = nativeGzip): Compressor {
  const supported = typeof CompressionStream === 'function';
  let worker: WorkerGzip | 'not_started' | 'refused' =
    supported && typeof Worker === 'function' ? 'not_started' : 'refused';

  let idle: ReturnType<typeof setTimeout> | undefined;

  /** A page that has nothing to tell, or is not recorded any more, keeps no worker either. */
  function rest(): void {
    if (typeof worker !== 'object') return;
    worker.stop();
    worker = 'not_started';
  }

  async function compress(text: string, plain: Uint8Array<ArrayBuffer>) {
    if (worker === 'not_started' && text.length < MIN_LENGTH_FOR_WORKER) return gzip(plain);
    if (worker === 'not_started') {
      try {
        worker = startWorker();
      } catch {
        worker = 'refused';
      }
    }
    if (worker !== 'refused') {
      clearTimeout(idle);
      try {
        const bytes = await worker.compress(text);
        clearTimeout(idle);
        idle = setTimeout(rest, IDLE_AFTER_MS);
        return bytes;
      } catch {
        worker.stop();
        worker = 'refused';
      }
    }
    return gzip(plain);
  }

  return {
    async encode(text) {
      const plain = utf8Bytes(text);
      if (!supported || plain.byteLength < MIN_BYTES_TO_COMPRESS) return { bytes: plain };
      try {
        return { bytes: await compress(text, plain), contentEncoding: 'gzip' };
      } catch {
        return { bytes: plain };
      }
    },
  };
}
