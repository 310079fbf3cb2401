import { z } from 'zod';

// What is read of WordPress' answers; everything else in them is ignored.

const id = z.int().positive();

export const root = z.object({
  name: z.string().default(''),
  namespaces: z.array(z.string()),
  /** Empty (and then PHP's empty list) where application passwords are switched off. */
  authentication: z.unknown(),
});

export const me = z.object({
  name: z.string().default(''),
  capabilities: z.record(z.string(), z.unknown()).default({}),
});

export const media = z.object({
  id,
  slug: z.string(),
  source_url: z.url(),
  /** PHP answers an empty list for an empty object. */
  media_details: z
    .looseObject({ filesize: z.int().optional().catch(undefined) })
    .or(z.array(z.unknown()).transform(() => ({ filesize: undefined })))
    .optional(),
});
export type Media = z.infer<typeof media>;

export const post = z.object({
  id,
  slug: z.string(),
  status: z.string(),
  link: z.url(),
  /** As it was written; only told where it is asked for in order to edit. */
  content: z
    .looseObject({ raw: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
});
export type Post = z.infer<typeof post>;

export const term = z.object({ id, name: z.string().optional().catch(undefined) });

/** An error as the REST API tells it. */
export const refusal = z.object({
  code: z.string(),
  message: z.string().default(''),
  data: z
    .looseObject({ term_id: id.optional().catch(undefined) })
    .nullish()
    .catch(undefined),
});
export type Refusal = z.infer<typeof refusal>;

/** Text of a field WordPress has escaped for HTML. */
export function unescapeHtml(text: string): string {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00A0' };
  return text.replace(/&(?:#(\d{1,6})|#x([\da-f]{1,5})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (name) return named[name.toLowerCase()] ?? whole;
    const point = decimal ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
