import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createDoor, type Door } from '../../../electron/door/door.ts';
import { carriedFfmpeg } from '../../../electron/studio/audio/find.ts';
import { atTheBooth, type WayIn } from '../../../electron/studio/staff/staff.ts';
import { apiPrefix } from '../../../shared/contract/index.ts';
import { type Settings, settingPlaces, settings, settingsHere } from '../../../shared/contract/settings.ts';
import { openBooth, resourcesDir, type TestBooth, testPin } from '../../fixtures/booth.ts';
import { buildsNative, nativeProgram } from '../../fixtures/native.ts';
import { strangePlaces } from '../../fixtures/strange-places.ts';
import { keptPortrait } from '../library/lives.ts';

const answered = z.object({
  json: z
    .object({
      code: z.string().optional(),
      data: z.record(z.string(), z.unknown()).optional(),
      problem: z.string().optional(),
    })
    .loose(),
});

let booth: TestBooth;
let dir: string;
let out: string;
let batchId: string;
const doors = {} as Record<WayIn, { door: Door; headers: Record<string, string> }>;
let strange: ReturnType<typeof strangePlaces>;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'places-'));
  out = join(dir, 'home');
  mkdirSync(join(out, '.ssh'), { recursive: true });
  booth = await openBooth(undefined, { exportRoots: [out] });
  await booth.signIn();
  const { staff, publication, library } = booth.studio;
  const far = await staff.signIn(testPin, { ...atTheBooth, way: 'network' });
  if (!far.ok) throw new Error(far.code);
  const pages = {
    rendererDir: join(dir, 'renderer'),
    soundsDir: join(resourcesDir, 'sounds'),
    origins: [booth.origin],
  };
  doors.booth = { door: booth.door, headers: booth.staffHeaders };
  doors.network = {
    door: createDoor(booth.studio, { ...pages, way: 'network' }),
    headers: { authorization: `Bearer ${far.session.token}` },
  };
  const made = publication.batches.create(
    { name: 'Lot', description: '', purpose: 'site', needsTranscript: false, feedUrl: '' },
    'host',
  );
  if (!made.ok) throw new Error(made.code);
  batchId = made.value.id;
  const { id } = keptPortrait(library, {}, { purposes: ['site'] });
  library.portraits.approve(id, library.portraits.get(id)?.revision ?? 0, 'host');
  publication.batches.add({ id: batchId, revision: made.value.revision, portraitIds: [id] }, 'host');
  strange = strangePlaces(dir, booth.dir, libraryDescriptors());
});
afterAll(async () => {
  await booth.close();
  for (const folder of [booth.dir, dir]) rmSync(folder, { recursive: true, force: true });
});

/** Descriptors by which this very process holds the library and its log open. */
function libraryDescriptors(): number[] {
  if (!existsSync('/proc/self/fd')) return [];
  const held = readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).includes('library.db');
    } catch {
      return false;
    }
  });
  return held.map(Number);
}

async function call(way: WayIn, name: string, input: unknown) {
  const { door, headers } = doors[way];
  const response = await door(
    new Request(`${booth.origin}${apiPrefix}/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ json: input }),
    }),
  );
  const { json } = answered.parse(JSON.parse(await response.text()));
  return { status: response.status, code: json.code, data: json.data, problem: json.problem };
}
const stored = () => booth.studio.library.settings.get();
const withField = (field: keyof Settings, value: unknown) => ({ ...stored(), [field]: value });

/** The library as it lies on the disk, byte for byte. */
const libraryBytes = () =>
  ['library.db', 'library.db-wal'].map((name) => {
    const path = join(booth.dir, name);
    return existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : 'none';
  });

describe('which settings are the booth’s own', () => {
  /** Texts that lead somewhere on a machine; a field that takes one names a program, a folder or a device. */
  const paths = ['/bin/sh', '/dev/usb/lp0', '\\\\host\\share', 'C:\\x', '../x', 'printer.local'];
  /** Compared with what a page has, or counted; nothing is ever opened by them. */
  const namesAlone = ['microphone', 'loudspeaker', 'bigButtonKeys'];

  /** Values of a schema's own shape with `text` in every place where a text may stand. */
  function filled(schema: z.ZodType, text: string): unknown[] {
    const json = z.toJSONSchema(schema, { io: 'input' }) as Record<string, unknown>;
    const fill = (node: Record<string, unknown>): unknown[] => {
      if (node.const !== undefined) return [node.const];
      if (Array.isArray(node.enum)) return [node.enum[0]];
      const choices = (node.anyOf ?? node.oneOf) as Record<string, unknown>[] | undefined;
      if (choices) return choices.flatMap(fill);
      if (node.type === 'string') return [text];
      if (node.type === 'array') return fill(node.items as Record<string, unknown>).map((item) => [item]);
      if (node.type === 'object') {
        const parts = Object.entries((node.properties ?? {}) as Record<string, Record<string, unknown>>);
        return [Object.fromEntries(parts.map(([key, part]) => [key, fill(part)[0]]))];
      }
      return node.type === 'null' ? [null] : [1];
    };
    return fill(json);
  }
  const takesPath = (schema: z.ZodType) =>
    paths.some((text) =>
      filled(schema, text).some(
        (value) => JSON.stringify(value).includes(JSON.stringify(text)) && schema.safeParse(value).success,
      ),
    );

  it.each(Object.keys(settings.shape) as (keyof Settings)[])('%s stands where what it takes belongs', (name) => {
    const names = takesPath(settings.shape[name]);
    if (names && !namesAlone.includes(name)) expect(settingPlaces[name], `${name} takes a path`).toBe('booth');
    if (settingPlaces[name] === 'booth') expect(names).toBe(true);
  });

  it('a new setting that takes a path would be noticed', () => {
    expect(takesPath(z.string().max(1000).default(''))).toBe(true);
    expect(takesPath(z.object({ kind: z.literal('x'), place: z.string() }))).toBe(true);
    expect(takesPath(z.enum(['a', 'b']))).toBe(false);
    expect(takesPath(z.int().default(4))).toBe(false);
    expect(settingsHere).toEqual(['ffmpegPath', 'whisperPath', 'whisperModel', 'ticketPrinter']);
  });
});

describe.each(['network', 'booth'] as const)('two hundred strange values set from %s', (way) => {
  const valueFor = (field: string, value: string) =>
    field === 'ticketPrinter' ? { kind: 'device', path: value } : value;

  it.each(settingsHere)(
    'as %s are all refused: nothing is run, nothing written, no byte of the library other',
    async (field) => {
      expect(strange.values.length).toBeGreaterThan(200);
      booth.studio.library.db.pragma('wal_checkpoint(TRUNCATE)');
      const before = libraryBytes();
      const settingsBefore = stored();
      for (const value of strange.values) {
        const answer = await call(way, 'settings/save', withField(field, valueFor(field, value)));
        // 400: not even of the form the contract asks for.
        const right = way === 'network' ? [403, 400] : [422, 400];
        expect(right, `${field} ${JSON.stringify(value)} ${answer.code}`).toContain(answer.status);
        if (answer.status === 403) expect(answer).toMatchObject({ code: 'HERE_ONLY', data: { what: [field] } });
        if (answer.status === 422) expect(answer).toMatchObject({ code: 'NOT_USABLE', data: { field } });
      }
      expect(strange.ran(), 'something was run').toBe(false);
      expect(stored()).toEqual(settingsBefore);
      expect(libraryBytes()).toEqual(before);
    },
  );

  it('as a folder to export to are refused without telling which of them exist', async () => {
    const before = libraryBytes();
    const problems = new Map<string, unknown>([['/nowhere-at-all', 'notAllowed']]);
    for (const folder of [...strange.values, '/nowhere-at-all']) {
      const asked = await call(way, 'batches/checkFolder', { folder });
      const to = { kind: 'folder', folder };
      const begun = await call(way, 'batches/startExport', { id: batchId, flac: false, to });
      if (way === 'network') {
        expect([asked.code, begun.code], folder).toEqual(['HERE_ONLY', 'HERE_ONLY']);
        continue;
      }
      expect(begun.status, folder).toBeGreaterThanOrEqual(400);
      if (asked.status !== 400) problems.set(folder, asked.problem);
    }
    if (way === 'booth') {
      expect(problems.get('/etc')).toBe(problems.get('/nowhere-at-all'));
      expect(new Set(problems.values())).toEqual(new Set(['notAbsolute', 'notAllowed', 'insideData']));
    }
    expect(libraryBytes()).toEqual(before);
    expect(strange.ran()).toBe(false);
  });
});

it('a printer stored by an older version is refused when it prints, and the library keeps its bytes', async () => {
  const { library } = booth.studio;
  const usual = stored();
  const kept = strange.values.filter(
    (path) => settings.shape.ticketPrinter.safeParse({ kind: 'device', path }).success,
  );
  expect(kept.length).toBeGreaterThan(30);
  for (const path of kept) {
    library.settings.save({ ...usual, ticketPrinter: { kind: 'device', path } }, 'organiser');
    library.db.pragma('wal_checkpoint(TRUNCATE)');
    const before = libraryBytes();
    for (const way of ['booth', 'network'] as const) {
      const answer = await call(way, 'printing/test', {});
      // What has a printer's name and is not there is absent; nothing else is even opened.
      expect(['NOT_A_PRINTER', 'NO_PRINTER'], path).toContain(answer.code);
    }
    expect(libraryBytes(), path).toEqual(before);
  }
  library.settings.save(usual, 'organiser');
  expect(readFileSync(join(booth.dir, 'library.db')).toString('latin1', 0, 15)).toBe('SQLite format 3');
});

describe('what is right is kept', () => {
  it('a real ffmpeg at the booth, and its path sent along unchanged from the network', async () => {
    const path = carriedFfmpeg() ?? '';
    expect(await call('booth', 'settings/save', withField('ffmpegPath', path))).toMatchObject({ status: 200 });
    expect(stored().ffmpegPath).toBe(path);
    expect(await call('network', 'settings/save', withField('idleSeconds', 77))).toMatchObject({ status: 200 });
    expect(stored()).toMatchObject({ ffmpegPath: path, idleSeconds: 77 });
    const both = { ...stored(), idleSeconds: 99, ffmpegPath: '' };
    expect(await call('network', 'settings/save', both)).toMatchObject({ code: 'HERE_ONLY' });
    expect(stored()).toMatchObject({ ffmpegPath: path, idleSeconds: 77 });
    expect(await call('booth', 'settings/save', both)).toMatchObject({ status: 200 });
  });

  it.runIf(buildsNative)('a program that says what whisper says, and a model that begins as one', async () => {
    const program = nativeProgram(join(dir, 'whisper'), 'usage: --model FILE --output-json');
    const model = join(dir, 'ggml-small.bin');
    writeFileSync(model, 'lmgg and the rest');
    const wanted = { ...stored(), whisperPath: program, whisperModel: model };
    expect(await call('booth', 'settings/save', wanted)).toMatchObject({ status: 200 });
    // It looks like one and says something else: run in its fence, and not kept.
    const other = nativeProgram(join(dir, 'other'), '--output-json');
    expect(await call('booth', 'settings/save', withField('whisperPath', other))).toMatchObject({
      code: 'NOT_USABLE',
      data: { field: 'whisperPath', problem: 'notThatProgram' },
    });
    expect(stored().whisperPath).toBe(program);
    await call('booth', 'settings/save', { ...stored(), whisperPath: '', whisperModel: '' });
  });

  it('a folder of the home, and none that a link leads out of it', async () => {
    mkdirSync(join(out, 'Documents'));
    symlinkSync('/etc', join(out, 'link-etc'));
    symlinkSync(join(dir, 'nowhere'), join(out, 'link-nowhere'));
    symlinkSync(booth.dir, join(out, 'link-data'));
    const ask = async (folder: string) => (await booth.studio.publication.exports.checkFolder(folder)) as object;
    expect(await ask(join(out, 'Documents'))).toMatchObject({ ok: true });
    expect(await ask(join(out, 'Documents/../Documents'))).toMatchObject({ ok: true });
    for (const name of ['link-etc', 'link-nowhere', 'link-data', 'nowhere', 'link-data/takes']) {
      expect(await ask(join(out, name)), name).toEqual({ ok: false, problem: 'notUsable' });
    }
    for (const name of ['.ssh', 'Documents/.hidden', '../', '../folder', '.ssh/../.ssh']) {
      expect(await ask(join(out, name)), name).toEqual({ ok: false, problem: 'notAllowed' });
    }
  });
});
