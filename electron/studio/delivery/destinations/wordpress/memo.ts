import { z } from 'zod';

/** What a delivery to a WordPress site has learnt; a field that does not fit is forgotten, and looked up again. */
const wordpressMemo = z.looseObject({
  /** MD5 (hex) of the sound that was last sent, noted before it was. */
  sentMd5: z.string().optional().catch(undefined),
  /** How often a sound or a post was sent; more than once, and a late answer may have left a double. */
  uploads: z.int().optional().catch(undefined),
  posts: z.int().optional().catch(undefined),
  mediaId: z.int().optional().catch(undefined),
  mediaUrl: z.string().optional().catch(undefined),
  /** MD5 of the sound behind `mediaId`. */
  mediaMd5: z.string().optional().catch(undefined),
  postId: z.int().optional().catch(undefined),
});
export type WordpressMemo = z.infer<typeof wordpressMemo>;

export function readMemo(memo: Record<string, unknown>): WordpressMemo {
  return wordpressMemo.parse(memo);
}

/** The name a portrait has on the site: address of its post, slug and file name of its sound. */
export function slugOf(portraitId: string): string {
  return `portrait-${portraitId}`;
}

/** The slug and those WordPress gives to doubles of it. */
export function slugsOf(portraitId: string): string {
  return ownSlugs(portraitId).join(',');
}

/** Whether something on the site bears the portrait's name, or that of a double. */
export function isOwnSlug(portraitId: string, slug: string): boolean {
  return ownSlugs(portraitId).includes(slug);
}

function ownSlugs(portraitId: string): string[] {
  const slug = slugOf(portraitId);
  return [slug, ...[2, 3, 4, 5].map((n) => `${slug}-${n}`)];
}
