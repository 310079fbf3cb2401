import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, createApi } from '../../../renderer/api.ts';
import { longestCaptionFile, writeVtt } from '../../../shared/domain/captionFiles.ts';
import { mostCues } from '../../../shared/domain/captions.ts';
import { openBooth, type TestBooth } from '../../fixtures/booth.ts';
import { recordPortrait } from '../../fixtures/recorded.ts';

let booth: TestBooth;
let api: Api;
beforeAll(async () => {
  booth = await openBooth();
  await booth.signIn();
  api = createApi({
    base: booth.origin,
    session: () => booth.staffHeaders.authorization?.slice('Bearer '.length),
    fetch: (request, init) => booth.door(new Request(request, init)),
  });
});
afterAll(async () => {
  await booth.close();
  rmSync(booth.dir, { recursive: true });
});

/** As many passages as a transcript may have, each with `length` characters. */
const passages = (length: number, each: number) =>
  Array.from({ length: mostCues }, (_, index) => ({
    start: index * each,
    end: (index + 1) * each,
    text: 'é'.repeat(length),
  }));

describe('a caption file at the door', () => {
  it.each([125, 950])('of 2,000 passages with %i characters each is read as it is', async (length) => {
    const text = writeVtt(passages(length, 2));
    expect(text.length).toBeGreaterThan(250_000);
    expect(text.length).toBeLessThan(longestCaptionFile);
    const read = await api.transcript.read({ text });
    expect(read).toEqual({ format: 'vtt', skipped: 0, cues: passages(length, 2) });
  });

  it('is heard out when it is kept, as long as a transcript may be', async () => {
    const take = await recordPortrait(booth, 'Odile');
    const kept = await booth.studio.capture.keep(take);
    if (!kept.ok) throw new Error(kept.code);
    const { revision } = await api.library.get({ id: take.portraitId });
    const cues = passages(1000, 2);
    const refused = api.words.saveTranscript({
      id: take.portraitId,
      revision,
      transcript: { language: 'fr', origin: 'imported', checked: false, cues },
    });
    // An hour of passages does not fit into a few seconds of sound.
    await expect(refused).rejects.toMatchObject({ code: 'BAD_CUES' });
  });

  it('as long as may be from nobody signed in is not even read', async () => {
    const body = JSON.stringify({ json: { text: 'a'.repeat(1_000_000) } });
    const headers = { 'content-type': 'application/json' };
    const answer = await booth.door(
      new Request(`${booth.origin}/api/transcript/read`, { method: 'POST', body, headers }),
    );
    expect(answer.status).toBeGreaterThanOrEqual(400);
    const other = await booth.door(
      new Request(`${booth.origin}/api/words/save`, {
        method: 'POST',
        body,
        headers: { ...headers, ...booth.staffHeaders },
      }),
    );
    expect(other.status).toBe(413);
  });

  it.each(['{\\', '<', '&', ' ', '<b>', '\r\n', '\uFEFF', '-->', '0:'])(
    'that holds nothing but %j keeps no other call waiting',
    async (piece) => {
      const order: string[] = [];
      const text = `00:00:01,000 --> 00:00:02,000\n${piece.repeat(Math.floor(1_900_000 / piece.length))}`;
      const read = api.transcript.read({ text }).then(
        () => order.push('read'),
        () => order.push('refused'),
      );
      const other = api.booth.readiness({}).then(() => order.push('other'));
      await Promise.all([read, other]);
      expect(order[0]).toBe('other');
    },
  );
});
