import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Format } from '../../../../../shared/domain/sound.ts';
import type { Failure, Job, StepOutcome, TakeDownJob } from '../../kind.ts';
import type { Rendition } from '../../ports.ts';
import { type Media, media } from './answers.ts';
import type { Answer, Client } from './client.ts';
import { escapeText } from './content.ts';
import { notThere, onlyOwn, worthALook } from './looking.ts';
import { readMemo, slugOf, slugsOf, type WordpressMemo } from './memo.ts';

/** WordPress refuses `.opus`, and takes the same file as `.ogg`. */
const extensions: Record<Format, string> = { mp3: 'mp3', flac: 'flac', opus: 'ogg', aac: 'm4a' };
const fields = 'id,slug,source_url,media_details';

/**
 * Brings the sound to the site exactly once. Before sending it looks for the portrait's slug, so that a lost answer is
 * found again; after sending it looks whether it is there, whatever was answered; `Content-MD5` in hex makes WordPress refuse what arrived in part.
 */
export async function sendMedia(client: Client, job: Job): Promise<StepOutcome> {
  const made = await job.rendition();
  if (!made.ok) return { done: false, failure: { reason: made.reason, detail: made.detail } };
  const { rendition } = made;
  const bytes = await readFile(rendition.path);
  const md5 = createHash('md5').update(bytes).digest('hex');
  if (md5 !== rendition.md5) return { done: false, failure: { reason: 'damaged', detail: 'the rendered file' } };

  const memo = readMemo(job.memo);
  const there = await storedMedia(client, job);
  if (!there.ok) return { done: false, failure: there.failure };
  let kept: Media | undefined;
  for (const candidate of there.value) {
    const sound = kept === undefined ? holds(candidate, rendition, memo) : false;
    if (sound) kept = candidate;
    else {
      const gone = await removeMedia(client, job, candidate.id);
      if (!gone.ok) return { done: false, failure: gone.failure };
    }
  }
  if (kept !== undefined) return { done: true, memo: known(memo, kept, md5) };

  const uploads = (memo.uploads ?? 0) + 1;
  job.remember({ ...memo, sentMd5: md5, uploads, mediaId: undefined });
  const sent = await client.request(job.site, {
    method: 'POST',
    route: 'wp/v2/media',
    query: {
      slug: slugOf(job.portraitId),
      title: escapeText(job.portrait.title),
      alt_text: job.portrait.title,
      _fields: fields,
    },
    file: { bytes, headers: uploadHeaders(job.portraitId, rendition) },
    answer: media,
    signal: job.signal,
  });
  if (!worthALook(sent)) return { done: false, failure: notThere(sent) };
  const now = await storedMedia(client, job);
  if (!now.ok) return { done: false, failure: sent.ok ? now.failure : notThere(sent) };
  const note = { ...memo, mediaId: undefined, sentMd5: md5, uploads: Math.max(uploads, now.value.length) };
  const whole = now.value.filter((candidate) => holds(candidate, rendition, note));
  const mine = whole.find((candidate) => sent.ok && candidate.id === sent.value.id) ?? whole[0];
  if (mine !== undefined) return { done: true, memo: known(note, mine, md5) };
  for (const broken of now.value) {
    const gone = await removeMedia(client, job, broken.id);
    if (!gone.ok) return { done: false, failure: gone.failure };
  }
  const size = now.value[0]?.media_details?.filesize;
  return { done: false, failure: size === undefined ? notThere(sent) : damaged(size, rendition) };
}

/** Removes the doubles a very late request may have left after its answer was given up. */
export async function sweepMedia(client: Client, job: Job): Promise<Answer<unknown>> {
  const memo = readMemo(job.memo);
  if ((memo.uploads ?? 0) <= 1) return { ok: true, value: undefined };
  const there = await storedMedia(client, job);
  if (!there.ok) return there;
  for (const double of there.value.filter((candidate) => candidate.id !== memo.mediaId)) {
    const gone = await removeMedia(client, job, double.id);
    if (!gone.ok) return gone;
  }
  return there;
}

export async function storedMedia(client: Client, job: TakeDownJob): Promise<Answer<Media[]>> {
  const answer = await client.request(job.site, {
    method: 'GET',
    route: 'wp/v2/media',
    query: { slug: slugsOf(job.portraitId), context: 'edit', orderby: 'id', order: 'asc', _fields: fields },
    answer: z.array(media),
    signal: job.signal,
  });
  return onlyOwn(job.portraitId, answer);
}

/** Without `force` WordPress keeps the file. Already gone is as good. */
export async function removeMedia(client: Client, job: TakeDownJob, id: number): Promise<Answer<unknown>> {
  const answer = await client.request(job.site, {
    method: 'DELETE',
    route: `wp/v2/media/${id}`,
    query: { force: 'true', _fields: 'deleted' },
    answer: z.unknown(),
    signal: job.signal,
  });
  return !answer.ok && answer.refusal?.code === 'rest_post_invalid_id' ? { ok: true, value: undefined } : answer;
}

/**
 * Whether a stored attachment holds this rendition. WordPress accepted only what had the MD5 we sent, so the last one
 * sent tells; the size is checked where the site knows it.
 */
function holds(candidate: Media, rendition: Rendition, memo: WordpressMemo): boolean {
  const size = candidate.media_details?.filesize;
  if (size !== undefined && size !== rendition.bytes) return false;
  const sent = candidate.id === memo.mediaId ? memo.mediaMd5 : memo.sentMd5;
  return sent === rendition.md5;
}

function damaged(size: number, rendition: Rendition): Failure {
  return { reason: 'damaged', detail: `${size} of ${rendition.bytes} bytes stored` };
}

function uploadHeaders(portraitId: string, rendition: Rendition): Record<string, string> {
  return {
    'content-type': rendition.mime,
    'content-md5': rendition.md5,
    // ASCII only: WordPress refuses `filename*=`; the title goes apart.
    'content-disposition': `attachment; filename="${slugOf(portraitId)}.${extensions[rendition.format]}"`,
  };
}

function known(memo: WordpressMemo, found: Media, md5: string): WordpressMemo {
  return { ...memo, mediaId: found.id, mediaUrl: found.source_url, mediaMd5: md5 };
}
