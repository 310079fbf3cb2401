import type { Failure } from '../../kind.ts';
import type { Answer } from './client.ts';
import { isOwnSlug } from './memo.ts';

/**
 * A list that was asked for by the portrait's slugs, if that is what it holds. A site (or a cache before it) that
 * answers other people's things was not asking itself our question: nothing in it may be removed, and nothing follows
 * from what is missing in it.
 */
export function onlyOwn<T extends { slug: string }>(portraitId: string, answer: Answer<T[]>): Answer<T[]> {
  if (!answer.ok || answer.value.every(({ slug }) => isOwnSlug(portraitId, slug))) return answer;
  return { ok: false, failure: unbelievable('somebody else’s answer'), unclear: true };
}

/** Whether to look if it happened: the site says so, or says something else than no. */
export function worthALook(sent: Answer<unknown>): boolean {
  return sent.ok || sent.unclear === true;
}

/** Nothing of what was sent is there: for the reason the site gave, or although it said that all is well. */
export function notThere(sent: Answer<unknown>): Failure {
  return sent.ok ? unbelievable('said to be done, and is not') : sent.failure;
}

function unbelievable(detail: string): Failure {
  return { reason: 'garbled', detail };
}
