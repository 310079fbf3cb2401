import type { TakeDownJob, TakeDownOutcome } from '../../kind.ts';
import type { Answer, Client } from './client.ts';
import { removeMedia, storedMedia } from './media.ts';
import { readMemo } from './memo.ts';
import { removePost, storedPosts } from './post.ts';

/**
 * Removes the portrait's posts and then its sounds, for good: deleting a post alone would leave its audio public. Both
 * are found by their slugs, so that what a lost answer hid is found too; the memo adds what was renamed on the site.
 */
export async function takeDownPages(client: Client, job: TakeDownJob): Promise<TakeDownOutcome> {
  const { postId, mediaId } = readMemo(job.memo);
  const posts = await removeAll(job, postId, await storedPosts(client, job), (id) => removePost(client, job, id));
  if (!posts.done) return posts;
  const sounds = await removeAll(job, mediaId, await storedMedia(client, job), (id) => removeMedia(client, job, id));
  if (!sounds.done) return sounds;
  return { done: true, removed: posts.removed + sounds.removed };
}

async function removeAll(
  job: TakeDownJob,
  noted: number | undefined,
  there: Answer<{ id: number }[]>,
  remove: (id: number) => Promise<Answer<unknown>>,
): Promise<TakeDownOutcome> {
  if (!there.ok) return { done: false, failure: there.failure };
  const found = new Set(there.value.map(({ id }) => id));
  const ids = noted === undefined ? found : new Set([...found, noted]);
  for (const id of ids) {
    const gone = await remove(id);
    if (!gone.ok) return { done: false, failure: gone.failure };
    job.signal.throwIfAborted();
  }
  // What only the memo names is removed on trust: there is no telling whether it was there.
  return { done: true, removed: found.size };
}
