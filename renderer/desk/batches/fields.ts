import type { BatchDetail, BatchFields } from '../../../shared/contract/batches.ts';

/** What a batch starts with. */
export function newBatch(name: string): BatchFields {
  return { name: name.trim(), description: '', purpose: 'podcast', needsTranscript: false, feedUrl: '' };
}

export function fieldsOf({ name, description, purpose, needsTranscript, feedUrl }: BatchDetail): BatchFields {
  return { name, description, purpose, needsTranscript, feedUrl };
}

export function sameFields(a: BatchFields, b: BatchFields): boolean {
  return (Object.keys(a) as (keyof BatchFields)[]).every((key) => a[key] === b[key]);
}

/** Whether a text is empty or the address of a place on the web. */
export function isFeedUrl(text: string): boolean {
  if (text === '') return true;
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:');
}
