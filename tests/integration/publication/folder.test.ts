import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseFeed } from 'podcast-partytime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isSigned } from '../../../electron/studio/consent/keys.ts';
import type { Transcript } from '../../../shared/contract/base.ts';
import type { ExportJob } from '../../../shared/contract/batches.ts';
import { purposes } from '../../../shared/domain/consent.ts';
import { approvedPortrait } from '../../fixtures/approved.ts';
import { batchOf, exportIs } from '../../fixtures/batch-bench.ts';
import { openBooth, type TestBooth } from '../../fixtures/booth.ts';

let booth: TestBooth;
let out: string;
let ids: string[];
let batchId: string;
const secretContact = 'ines@ailleurs.test';
let job: ExportJob;

const transcript: Transcript = {
  language: 'fr',
  origin: 'typed',
  checked: true,
  cues: [
    { start: 0, end: 0.1, text: 'avant le montage' },
    { start: 0.5, end: 1.2, text: 'Bonjour <à> toutes & tous --> ici' },
    { start: 1.6, end: 2.4, text: 'Deuxième phrase' },
  ],
};

beforeAll(async () => {
  booth = await openBooth();
  out = join(booth.dir, '../', `out-${booth.dir.split('-').pop()}`);
  mkdirSync(out);
  ids = [
    await approvedPortrait(booth, {
      name: 'Inès',
      choices: { contact: secretContact },
      title: 'L’œuvre d’Inès : « réparer »',
      text: '=HYPERLINK("http://x")',
      transcript,
      edit: {
        cuts: [{ start: 1.3, end: 1.5 }],
        markers: [
          { at: 0.2, word: 'Début' },
          { at: 2, word: 'Métier' },
        ],
      },
    }),
    await approvedPortrait(booth, { name: '', title: 'Sans nom', transcript: { ...transcript, checked: false } }),
  ];
  booth.studio.library.db
    .prepare(`UPDATE events SET consent = json_set(consent, '$.contact', ?, '$.controller', 'Les « Coops » & Cie')`)
    .run('bonjour@exemple.test');
  batchId = batchOf(booth, ids, { feedUrl: 'https://exemple.test/lot' });
  const started = await booth.studio.publication.exports.start(
    { id: batchId, flac: true, to: { kind: 'folder', folder: out } },
    'host',
  );
  if (!started.ok) throw new Error(started.code);
  job = await exportIs(booth, started.value.id, 'done');
});
afterAll(async () => {
  await booth.close();
  for (const dir of [booth.dir, out]) rmSync(dir, { recursive: true });
});

interface Probed {
  format: { tags: Record<string, string>; duration: string };
  streams: { codec_name: string; codec_type: string; width?: number }[];
  chapters: { start_time: string; tags: { title: string } }[];
}
const read = (name: string) => readFileSync(join(job.place, name), 'utf8');
const probe = (name: string): Probed =>
  JSON.parse(
    execFileSync(
      'ffprobe',
      ['-v', 'error', '-show_format', '-show_streams', '-show_chapters', '-of', 'json', join(job.place, name)],
      {
        encoding: 'utf8',
      },
    ),
  );
const base = (index: number) =>
  job.files
    .map(({ name }) => name)
    .filter((name) => name.endsWith('.mp3'))
    [index]?.slice(0, -4) ?? '';
/** The decoded samples of a file. */
const pcm = (path: string) =>
  execFileSync('ffmpeg', ['-v', 'error', '-i', path, '-map', '0:a', '-f', 's16le', '-'], { maxBuffer: 1e8 });

describe('a folder', () => {
  test('holds every file under a plain name, and nothing half-made', () => {
    expect(job).toMatchObject({ reason: null, leftOut: [] });
    expect(job.bytesDone).toBe(job.bytesTotal);
    expect(job.place).toBe(join(out, 'lot-ete-2023-a-dunkerque'));
    const names = readdirSync(job.place);
    expect(names.sort()).toEqual(job.files.map(({ name }) => name).sort());
    for (const name of names) expect(name).toMatch(/^[A-Za-z0-9][A-Za-z0-9.-]*$/);
    expect(base(0)).toBe(`01-l-oeuvre-d-ines-reparer-${ids[0]?.slice(-6)}`);
    expect(names).toContain(`${base(0)}.vtt`);
    expect(names).not.toContain(`${base(1)}.vtt`);
    for (const { name, bytes } of job.files) expect(statSync(join(job.place, name)).size).toBe(bytes);
    const codes = ids.map((id) => booth.studio.library.portraits.get(id)?.code ?? '').filter((code) => code !== '');
    for (const name of ['index.csv', 'feed.xml']) for (const code of codes) expect(read(name)).not.toContain(code);
  });

  test('is checked by sha256sum', () => {
    const said = execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: job.place, encoding: 'utf8' });
    expect(said.trim().split('\n')).toHaveLength(job.files.length - 1);
  });

  test('says in the MP3 what it is, and changes no byte of its sound', async () => {
    const { format, streams, chapters } = probe(`${base(0)}.mp3`);
    expect(format.tags).toMatchObject({
      title: 'L’œuvre d’Inès : « réparer »',
      artist: 'Inès',
      album: 'Été « 2023 » à Dunkerque',
      track: '1/2',
      genre: 'Podcast',
      comment: '=HYPERLINK("http://x")',
      language: 'fra',
      date: '2026-01-01',
    });
    expect(streams.find(({ codec_type }) => codec_type === 'video')).toMatchObject({
      codec_name: 'mjpeg',
      width: 1400,
    });
    expect(chapters.map(({ start_time, tags }) => [Number(start_time), tags.title])).toEqual([
      [0, 'Début'],
      [1.6, 'Métier'],
    ]);
    const rendered = await booth.studio.render(ids[0] ?? '');
    if (!rendered.ok) throw new Error(rendered.error);
    const sound = rendered.value.files.find((file) => file.format === 'mp3');
    const bare = readFileSync(sound?.path ?? '');
    expect(readFileSync(join(job.place, `${base(0)}.mp3`)).subarray(-bare.length)).toEqual(bare);
    expect(probe(`${base(1)}.mp3`).format.tags.artist).not.toBe('');
  });

  test('says it in the FLAC too, and keeps its samples', async () => {
    const { format, streams, chapters } = probe(`${base(0)}.flac`);
    const tags = Object.fromEntries(Object.entries(format.tags).map(([key, value]) => [key.toLowerCase(), value]));
    expect(tags).toMatchObject({ title: 'L’œuvre d’Inès : « réparer »', artist: 'Inès', language: 'fra' });
    expect(chapters.map(({ start_time, tags }) => [Number(start_time), tags.title])).toEqual([
      [0, 'Début'],
      [1.6, 'Métier'],
    ]);
    expect(streams.some(({ codec_type }) => codec_type === 'video')).toBe(true);
    const rendered = await booth.studio.render(ids[0] ?? '');
    if (!rendered.ok) throw new Error(rendered.error);
    const sound = rendered.value.files.find((file) => file.format === 'flac');
    expect(pcm(join(job.place, `${base(0)}.flac`)).equals(pcm(sound?.path ?? ''))).toBe(true);
  });

  test('has a transcript along the sound as heard', () => {
    expect(read(`${base(0)}.vtt`)).toBe(
      [
        'WEBVTT',
        '',
        '00:00:00.300 --> 00:00:01.000',
        'Bonjour &lt;à&gt; toutes &amp; tous → ici',
        '',
        '00:00:01.200 --> 00:00:02.000',
        'Deuxième phrase',
        '',
      ].join('\n'),
    );
    expect(JSON.parse(read(`${base(0)}.chapters.json`)).chapters[1]).toEqual({ startTime: 1.6, title: 'Métier' });
  });

  test('has a table that no spreadsheet takes for formulas', () => {
    const table = read('index.csv');
    expect(table.startsWith('\ufeff"numéro";"titre"')).toBe(true);
    expect(table).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(table.split('\r\n')).toHaveLength(4);
  });

  test('has a feed that a podcast reader understands', () => {
    const feed = parseFeed(read('feed.xml'));
    expect(feed).toMatchObject({
      title: 'Été « 2023 » à Dunkerque',
      description: 'Treize voix & une <plage>.',
      link: 'https://exemple.test/lot/',
      language: 'fr',
    });
    expect(feed?.owner).toEqual({ name: 'Les « Coops » & Cie', email: 'bonjour@exemple.test' });
    expect(feed?.items.map(({ guid }) => guid)).toEqual(ids.map((id) => `urn:uuid:${id}`));
    const item = feed?.items[0];
    const file = job.files.find(({ name }) => name === `${base(0)}.mp3`);
    expect(item?.enclosure).toMatchObject({
      url: `https://exemple.test/lot/${base(0)}.mp3`,
      length: file?.bytes,
      type: 'audio/mpeg',
    });
    expect(item?.podcastTranscripts?.[0]).toMatchObject({
      url: `https://exemple.test/lot/${base(0)}.vtt`,
      type: 'text/vtt',
    });
    expect(item?.duration).toBeGreaterThan(1);
  });

  test('carries what each person allowed, signed, and whose it is to no one', () => {
    const { signed, ...proof } = JSON.parse(read('autorisations.json'));
    expect(isSigned({ json: signed, ...proof })).toBe(true);
    expect(isSigned({ json: signed.replace('podcast', 'site'), ...proof })).toBe(false);
    const said = JSON.parse(signed);
    expect(said.portraits.map((one: { portraitId: string }) => one.portraitId)).toEqual(ids);
    expect(said.portraits[0]).toMatchObject({
      purposes: [...purposes],
      nameShown: 'name',
      takeSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(said.chain).toEqual(booth.studio.library.consent.head());
    const page = read('autorisations.html');
    for (const text of [ids[0] ?? '', proof.signature, 'Autorisations de ce lot']) expect(page).toContain(text);
    for (const secret of ['Inès', secretContact, 'v1.consent-contact']) expect(signed + page).not.toContain(secret);
    const sums = read('SHA256SUMS');
    for (const name of ['autorisations.json', 'autorisations.html']) expect(sums).toContain(`  ${name}\n`);
  });

  test('is listed as handed over, file by file', () => {
    const copies = booth.studio.library.exports.handedOver(ids[0] ?? '');
    expect(copies.map(({ file }) => file).sort()).toEqual(
      job.files
        .map(({ name }) => name)
        .filter((name) => name.startsWith('01-'))
        .sort(),
    );
    expect(copies[0]).toMatchObject({
      batch: 'Été « 2023 » à Dunkerque',
      kind: 'folder',
      place: job.place,
      actor: 'host',
    });
  });

  test('made again from the same gives the same bytes beside it', async () => {
    const { exports } = booth.studio.publication;
    const again = await exports.start({ id: batchId, flac: true, to: { kind: 'folder', folder: out } }, 'host');
    if (!again.ok) throw new Error(again.code);
    const other = await exportIs(booth, again.value.id, 'done');
    expect(other.place).toBe(`${job.place}-2`);
    // The authorisations are signed at their own hour; everything else is byte for byte the same.
    const others = (sums: string) => sums.split('\n').filter((line) => !line.includes('  autorisations.'));
    expect(others(readFileSync(join(other.place, 'SHA256SUMS'), 'utf8'))).toEqual(others(read('SHA256SUMS')));
    expect(others(read('SHA256SUMS')).length).toBeGreaterThan(8);
    expect(booth.studio.publication.lastChoice()).toEqual({ folder: out, flac: true });
  });
});
