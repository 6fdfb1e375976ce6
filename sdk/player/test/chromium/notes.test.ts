import { describe, expect, it } from 'vitest';
import { at, manifestOf } from './recording';
import { openPlayer, playhead, useTheatre } from './theatre';

const theatre = useTheatre();

describe('notes', () => {
  const NOTE = { id: 'note_1', author: 'user:ada', createdAt: at(0) };

  it('are about the moment that is shown, and lead back to it', async () => {
    const written: unknown[] = [];
    const page = await openPlayer(theatre, 't=12000');
    await page.route('**/v1/sessions/s-1/notes*', (route) => {
      const body = route.request().postDataJSON() as { atMs: number; text: string };
      written.push(body);
      return route.fulfill({ status: 201, json: { note: { ...NOTE, ...body } } });
    });
    await page.keyboard.press('n');
    await page.keyboard.type('The button is dead');
    await page.getByRole('button', { name: 'Add at 0:12' }).click();
    await expect.poll(() => written).toEqual([{ atMs: 12_000, text: 'The button is dead' }]);
    const note = page.locator('.note-row');
    await expect.poll(() => note.textContent()).toContain('The button is dead');
    expect(await note.textContent()).toContain('ada');

    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Go to 0:12' }).click();
    await expect.poll(() => playhead(page)).toBe(12_000);
  });

  it('stay in their field when the server did not keep them, and can be removed', async () => {
    theatre.server.reset({
      ...theatre.recording,
      manifest: manifestOf(theatre.recording.chunks, {
        notes: [{ ...NOTE, atMs: 5_000, text: 'Seen before' }],
      }),
    });
    const page = await openPlayer(theatre, 't=0');
    await page.route('**/v1/sessions/s-1/notes/note_1*', (route) => route.fulfill({ status: 204 }));
    await page.getByRole('tab', { name: /Notes/ }).click();
    await page.getByLabel('Note', { exact: true }).fill('Mine');
    await page.getByRole('button', { name: /^Add at/ }).click();
    await expect
      .poll(() => page.locator('.note').allTextContents())
      .toContainEqual(expect.stringContaining('The note was not kept'));
    expect(await page.getByLabel('Note', { exact: true }).inputValue()).toBe('Mine');

    await page.getByRole('button', { name: 'Remove the note at 0:05' }).click();
    await expect.poll(() => page.locator('.note-row').count()).toBe(0);
  });
});
