import { beforeEach, describe, expect, it } from 'vitest';
import { createImports, type Imports } from '../../../../renderer/desk/import/imports.ts';
import { readAnswer, type SendOptions, type Sent } from '../../../../renderer/desk/import/send.ts';
import { importLimit, titleOfFile } from '../../../../shared/domain/importing.ts';

const portraitId = '0190b6b0-0000-7000-8000-000000000001';
const file = (name: string, size = 1000) => ({ name, size }) as File;

describe('bringing sound files in', () => {
  let imports: Imports;
  /** What was given to the line, oldest first, each with the way to answer it. */
  let line: (SendOptions & { answer(sent: Sent): void })[];
  beforeEach(() => {
    line = [];
    imports = createImports(
      (_, options) =>
        new Promise((answer) => {
          line.push({ ...options, answer });
          options.signal.addEventListener('abort', () => answer({ ok: false, problem: 'cancelled' }));
        }),
    );
  });
  const states = () => imports.items().map(({ state }) => state);
  const sending = (n: number) => {
    const one = line[n];
    if (one === undefined) throw new Error(`nothing number ${n} was sent`);
    return one;
  };
  const turn = () => new Promise((done) => setImmediate(done));

  it('takes one after the other, and tells of each how far it has come', async () => {
    imports.add([file('le_marché.wav'), file('b.mp3')], 'nl');
    expect(states()).toEqual(['sending', 'waiting']);
    expect(sending(0).about).toEqual({ title: 'le marché', language: 'nl' });
    sending(0).onSent(400);
    expect(imports.items()[0]).toMatchObject({ state: 'sending', sent: 400, bytes: 1000 });
    sending(0).onSent(1000);
    expect(imports.items()[0]).toMatchObject({ state: 'reading', sent: 1000 });
    expect(line).toHaveLength(1);
    sending(0).answer({ ok: true, portraitId });
    await turn();
    expect(imports.items()[0]).toMatchObject({ state: 'done', portraitId });
    sending(1).answer({ ok: false, problem: 'NOT_A_SOUND' });
    await turn();
    expect(imports.items()[1]).toMatchObject({ state: 'failed', problem: 'NOT_A_SOUND' });
    imports.add([file('c.wav')], 'fr');
    imports.clear();
    expect(states()).toEqual(['sending']);
  });
  it('lets go of one that waits and of one under way, and brings each again when asked', async () => {
    imports.add([file('a.wav'), file('b.wav'), file('c.wav')], 'fr');
    const [a, b] = imports.items().map(({ id }) => id);
    imports.cancel(b ?? 0);
    imports.cancel(a ?? 0);
    await turn();
    expect(sending(0).signal.aborted).toBe(true);
    expect(states()).toEqual(['failed', 'failed', 'sending']);
    imports.again(a ?? 0);
    expect(imports.items().map(({ name, state }) => [name, state])).toEqual([
      ['b.wav', 'failed'],
      ['c.wav', 'sending'],
      ['a.wav', 'waiting'],
    ]);
    sending(1).answer({ ok: true, portraitId });
    await turn();
    expect(sending(2).signal.aborted).toBe(false);
    sending(2).answer({ ok: true, portraitId });
    await turn();
    expect(states()).toEqual(['failed', 'done', 'done']);
    imports.again(imports.items()[1]?.id ?? 0);
    expect(line).toHaveLength(3);
  });
  it('does not send what is too large, and goes on with the next', async () => {
    imports.add([file('long.wav', importLimit + 1), file('b.wav')], 'fr');
    await turn();
    expect(imports.items()).toMatchObject([{ state: 'failed', problem: 'TOO_LARGE' }, { state: 'sending' }]);
    expect(line).toHaveLength(1);
  });
});

it('makes a title of a file’s name', () => {
  expect(titleOfFile('Interview_de  Léa.v2.FLAC', 80)).toBe('Interview de Léa.v2');
  expect(titleOfFile('.wav', 80)).toBe('');
  expect(titleOfFile(`${'a'.repeat(100)}.mp3`, 80)).toHaveLength(80);
});

it('reads what the door says, and nothing else', () => {
  expect(readAnswer(200, JSON.stringify({ portraitId }))).toEqual({ ok: true, portraitId });
  expect(readAnswer(507, '{"code":"DISK_FULL"}')).toEqual({ ok: false, problem: 'DISK_FULL' });
  expect(readAnswer(500, 'something went wrong')).toEqual({ ok: false, problem: 'fault' });
  expect(readAnswer(418, '{"code":"TEAPOT"}')).toEqual({ ok: false, problem: 'fault' });
  expect(readAnswer(200, '{}')).toEqual({ ok: false, problem: 'fault' });
});
