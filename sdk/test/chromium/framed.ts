import type { Frame, Page } from 'playwright-core';
import { expect } from 'vitest';
import { flush } from './sightings';
import type { useStage } from './stages';

export interface Sides {
  /** Attributes of the page's tag and of the frame's. */
  page?: string;
  frame?: string | null;
  body?: string;
  /** Of the iframe element. */
  mark?: string;
  /** The clock of page and frame is moved by the test. */
  isClocked?: boolean;
}

/** A page with a frame of another origin, which may join its recording. */
export function framedBy(stage: ReturnType<typeof useStage>) {
  /** The same server is two sites: by its number and by its name. */
  const outer = () => stage.current.siteUrl;
  const inner = () => outer().replace('127.0.0.1', 'localhost');

  async function open(sides: Sides): Promise<[Page, Frame]> {
    const { page, frame, body = '', mark = '', isClocked } = sides;
    const src = `${inner()}/inner`;
    stage.current.pages['/'] = {
      body: `<h1>Shop</h1><iframe ${mark} src="${src}" width="400" height="200"></iframe>`,
      tag: page ?? `data-frames="${inner()}"`,
    };
    stage.current.pages['/inner'] = {
      body: `<p id="text">Pay here</p><input id="card" value="canary-value">${body}`,
      tag: frame === undefined ? `data-frames="${outer()}"` : frame,
    };
    const opened = await stage.current.open(isClocked ? 'about:blank' : '/');
    if (isClocked) {
      await opened.clock.install();
      await opened.goto(`${outer()}/`);
    }
    const framed = opened.frames().find((it) => it.url() === src);
    if (!framed) throw new Error('no frame');
    return [opened, framed];
  }

  const sentText = () => stage.current.sink.chunks.map((chunk) => chunk.text).join();

  /** Waits until the page has sent what the frame told. */
  async function sent(page: Page, part: string): Promise<void> {
    const look = async () => {
      await flush(page);
      return sentText();
    };
    await expect.poll(look).toContain(part);
  }

  return { outer, inner, open, sent, sentText };
}
