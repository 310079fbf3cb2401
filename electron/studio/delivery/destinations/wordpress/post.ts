import { z } from 'zod';
import type { Failure, Job, StepOutcome, TakeDownJob } from '../../kind.ts';
import { type Post, post, term, unescapeHtml } from './answers.ts';
import type { Answer, Client } from './client.ts';
import { declarePortrait } from './companion.ts';
import { escapeText, postContent } from './content.ts';
import { notThere, onlyOwn, worthALook } from './looking.ts';
import { readMemo, slugOf, slugsOf } from './memo.ts';

const fields = 'id,slug,status,link';
/** What is looked at to see whether a post was written. */
const writtenFields = `${fields},content.raw`;
/** Only ever seen when neither the visitor nor a host gave a name. */
const untitled = 'Portrait sonore';

/** Writes the draft, or brings the one that is there up to date. */
export async function writeDraft(client: Client, job: Job): Promise<StepOutcome> {
  const memo = readMemo(job.memo);
  const { mediaId, mediaUrl } = memo;
  if (mediaId === undefined || mediaUrl === undefined) {
    return { done: false, again: 'media', memo, detail: 'the sound is not known' };
  }
  const tags = await tagIds(client, job);
  if (!tags.ok) return { done: false, failure: tags.failure };
  const there = await storedPosts(client, job);
  if (!there.ok) return { done: false, failure: there.failure };
  const found = there.value.find((candidate) => candidate.id === memo.postId) ?? there.value[0];
  for (const double of there.value.filter((candidate) => candidate !== found)) {
    const gone = await removePost(client, job, double.id);
    if (!gone.ok) return { done: false, failure: gone.failure };
  }

  const written = {
    title: escapeText(job.portrait.title || untitled),
    content: postContent({ id: mediaId, url: mediaUrl }, job.portrait.text),
    tags: tags.value,
  };
  const posts = (memo.posts ?? 0) + (found ? 0 : 1);
  if (found === undefined) job.remember({ ...memo, posts });
  const sent = await client.request(job.site, {
    method: 'POST',
    route: found ? `wp/v2/posts/${found.id}` : 'wp/v2/posts',
    query: { _fields: fields },
    json: found ? written : { ...written, slug: slugOf(job.portraitId), status: 'draft' },
    answer: post,
    signal: job.signal,
  });
  if (!worthALook(sent)) return { done: false, failure: notThere(sent) };
  const now = await storedPosts(client, job);
  if (!now.ok) return { done: false, failure: sent.ok ? now.failure : notThere(sent) };
  const wanted = found?.id ?? (sent.ok ? sent.value.id : undefined);
  const mine = now.value.find(({ id }) => id === wanted) ?? now.value[0];
  if (mine === undefined || !plays(mine, { id: mediaId, url: mediaUrl })) {
    return { done: false, failure: notThere(sent) };
  }
  const failure = await declared(client, job, { post: mine.id, sounds: [mediaId] });
  if (failure !== undefined) return { done: false, failure };
  return { done: true, memo: { ...memo, posts: Math.max(posts, now.value.length), postId: mine.id } };
}

/**
 * With the code its speaker can take the portrait down on the site itself. A companion that says no (our account is not
 * chosen yet) does not keep the voice back: what is missing is declared later. One that says nothing is asked again.
 */
async function declared(
  client: Client,
  { site, portraitId, portrait, signal }: Job,
  things: { post: number; sounds: number[] },
): Promise<Failure | undefined> {
  const about = await client.lookUp(site, signal);
  if (!about.ok) return about.failure;
  if (!about.value.companion || portrait.code === null) return undefined;
  const said = await declarePortrait(client, site, { portraitId, ...things, code: portrait.code }, signal);
  return said.ok || said.refusal !== undefined ? undefined : said.failure;
}

/** Whether the post has this sound in it; taken as given where the site does not show what was written. */
function plays({ content }: Post, sound: { id: number; url: string }): boolean {
  const raw = content?.raw;
  return raw === undefined || raw.includes(sound.url) || raw.includes(`"id":${sound.id}}`);
}

/** Makes the draft public; answers its address. */
export async function makePublic(client: Client, job: Job): Promise<StepOutcome> {
  const memo = readMemo(job.memo);
  if (memo.postId === undefined) return { done: false, again: 'post', memo, detail: 'the post is not known' };
  if ((memo.posts ?? 0) > 1) {
    const there = await storedPosts(client, job);
    if (!there.ok) return { done: false, failure: there.failure };
    for (const double of there.value.filter((candidate) => candidate.id !== memo.postId)) {
      const gone = await removePost(client, job, double.id);
      if (!gone.ok) return { done: false, failure: gone.failure };
    }
  }
  const sent = await client.request(job.site, {
    method: 'POST',
    route: `wp/v2/posts/${memo.postId}`,
    query: { _fields: fields },
    // The slug again: the double that was swept away may have had it.
    json: { status: 'publish', slug: slugOf(job.portraitId) },
    answer: post,
    signal: job.signal,
  });
  // Somebody removed the draft on the site.
  const lost = { done: false, again: 'post', memo: { ...memo, postId: undefined } } as const;
  if (!sent.ok && sent.refusal?.code === 'rest_post_invalid_id') return { ...lost, detail: sent.failure.detail };
  if (!worthALook(sent)) return { done: false, failure: notThere(sent) };
  const now = await storedPosts(client, job);
  if (!now.ok) return { done: false, failure: sent.ok ? now.failure : notThere(sent) };
  const mine = now.value.find(({ id }) => id === memo.postId);
  if (mine === undefined) return { ...lost, detail: 'the draft is gone' };
  if (now.value.length > 1) {
    return { done: false, again: 'public', memo: { ...memo, posts: now.value.length }, detail: 'a double' };
  }
  if (mine.status === 'publish') return { done: true, memo, url: mine.link };
  const refused = sent.ok && sent.value.id === mine.id && sent.value.status !== 'publish';
  return { done: false, failure: refused ? notPublic(mine) : notThere(sent) };
}

/** A contributor's post waits for an editor; a site whose clock is behind plans it. */
function notPublic(stored: Post): Failure {
  const reason = stored.status === 'pending' ? 'role' : 'siteError';
  return { reason, detail: `status: ${stored.status.slice(0, 40)}` };
}

export async function storedPosts(client: Client, job: TakeDownJob): Promise<Answer<Post[]>> {
  const answer = await client.request(job.site, {
    method: 'GET',
    route: 'wp/v2/posts',
    query: {
      slug: slugsOf(job.portraitId),
      status: 'any',
      context: 'edit',
      orderby: 'id',
      order: 'asc',
      _fields: writtenFields,
    },
    answer: z.array(post),
    signal: job.signal,
  });
  return onlyOwn(job.portraitId, answer);
}

export async function removePost(client: Client, job: TakeDownJob, id: number): Promise<Answer<unknown>> {
  const answer = await client.request(job.site, {
    method: 'DELETE',
    route: `wp/v2/posts/${id}`,
    query: { force: 'true', _fields: 'deleted' },
    answer: z.unknown(),
    signal: job.signal,
  });
  return !answer.ok && answer.refusal?.code === 'rest_post_invalid_id' ? { ok: true, value: undefined } : answer;
}

/**
 * Ids of the tags, made where they are missing. A site that lets this account make no tags, or refuses one, gets the
 * post without: the voice matters more.
 */
async function tagIds(client: Client, job: Job): Promise<Answer<number[]>> {
  const ids = new Set<number>();
  for (const name of job.portrait.tags) {
    const made = await client.request(job.site, {
      method: 'POST',
      route: 'wp/v2/tags',
      query: { _fields: 'id,name' },
      json: { name },
      answer: term,
      signal: job.signal,
    });
    const told = made.ok && isTag(made.value.name, name) ? made.value.id : undefined;
    let known = made.ok ? told : made.refusal?.data?.term_id;
    if (known === undefined && worthALook(made)) {
      const there = await storedTag(client, job, name);
      if (!there.ok || there.value === undefined) return { ok: false, failure: notThere(made) };
      known = there.value;
    }
    if (known !== undefined) ids.add(known);
    else if (!made.ok && !(made.status === 400 || made.status === 403)) return made;
  }
  return { ok: true, value: [...ids] };
}

async function storedTag(client: Client, job: Job, name: string): Promise<Answer<number | undefined>> {
  const there = await client.request(job.site, {
    method: 'GET',
    route: 'wp/v2/tags',
    query: { search: name, per_page: '100', _fields: 'id,name' },
    answer: z.array(term),
    signal: job.signal,
  });
  if (!there.ok) return there;
  return { ok: true, value: there.value.find((tag) => tag.name !== undefined && isTag(tag.name, name))?.id };
}

/** WordPress may tidy a tag's name; letters and figures stay. */
function isTag(told: string | undefined, name: string): boolean {
  const letters = (text: string) =>
    unescapeHtml(text)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, '');
  return told === undefined || letters(told) === letters(name);
}
