import { z } from 'zod';
import { longestTag, mostTags } from '../domain/tags.ts';
import { count, empty, hostCall, language, longText, shortText, speaker, transcript } from './base.ts';
import { cooperative } from './event.ts';
import { changes, portraitDetail, target } from './library.ts';

export const tagName = z.string().trim().min(1).max(longestTag);
const tagId = z.int().positive();

/** What a host writes about a portrait. */
export const portraitWords = z.object({
  title: shortText,
  /** The summary that is published under the sound. */
  text: longText,
  tags: z.array(tagName).max(mostTags),
  speaker,
  /** Between hosts; never leaves the desk. */
  notes: longText,
  /** Stars, 0 for none. */
  rating: z.int().min(0).max(5),
  language,
});
export type PortraitWords = z.infer<typeof portraitWords>;
/** Some of the words; what is left out stays as it is. */
export const someWords = portraitWords.partial();
export type SomeWords = z.infer<typeof someWords>;

export const usedTag = z.object({ id: tagId, name: tagName, count });
export type ListedTag = z.infer<typeof usedTag>;

/** An act on tags can be undone by its id until the studio closes, or until many others came after it. */
const act = z.object({ act: z.string().max(60), tags: z.array(usedTag) });
const unknownTag = { NOT_FOUND: { status: 404, data: z.object({}) } } as const;

export const wordsContract = {
  save: hostCall
    .errors({ ...changes, UNKNOWN_COOPERATIVE: { status: 422, data: empty } })
    .input(target.extend({ words: someWords }))
    .output(portraitDetail),
  /** The whole transcript, or `null` to take it away; `BAD_CUES` when passages are out of order or outside the take. */
  saveTranscript: hostCall
    .errors({ ...changes, BAD_CUES: { status: 422, data: z.object({ why: z.string() }) } })
    .input(target.extend({ transcript: transcript.nullable() }))
    .output(portraitDetail),
  /** What a speaker's cooperative can be corrected to. */
  cooperatives: hostCall.route({ method: 'GET' }).input(empty).output(z.array(cooperative)),
  /** Every tag with the number of portraits that carry it, the most used first. */
  tags: hostCall
    .route({ method: 'GET' })
    .input(empty)
    .output(z.object({ tags: z.array(usedTag) })),
  /** `NAME_TAKEN` names the tag that is called so already: they can be merged. */
  renameTag: hostCall
    .errors({ ...unknownTag, NAME_TAKEN: { status: 409, data: z.object({ id: tagId }) } })
    .input(z.object({ id: tagId, name: tagName }))
    .output(act),
  /** Whoever carried one of `ids` carries `into` instead; the others are gone. */
  mergeTags: hostCall
    .errors(unknownTag)
    .input(z.object({ ids: z.array(tagId).min(1).max(100), into: tagId }))
    .output(act),
  /** Takes away the tags nobody carries. */
  removeUnusedTags: hostCall.input(empty).output(act),
  undoTags: hostCall
    .errors({ GONE: { status: 410, data: empty } })
    .input(z.object({ act: z.string().max(60) }))
    .output(z.object({ tags: z.array(usedTag) })),
};
