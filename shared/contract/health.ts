import { z } from 'zod';
import { count, empty, hostCall, instant } from './base.ts';

export const healthIds = ['microphone', 'disk', 'ffmpeg', 'clock', 'queue', 'database', 'consent'] as const;
export type HealthId = (typeof healthIds)[number];
export const severity = z.enum(['good', 'notice', 'bad', 'unknown']);
export type Severity = z.infer<typeof severity>;

/** One check. The interface has a sentence for each `id` and `code`, filled with `figures`. */
export const healthCheck = z.object({
  id: z.enum(healthIds),
  severity,
  /** What was found, e.g. `ok`, `low`, `full`, `missing`, `lost`, `paused`, `restored`. */
  code: z.string().max(40),
  figures: z.record(z.string(), z.union([z.number(), z.string()])),
});
export type HealthCheck = z.infer<typeof healthCheck>;

export const healthContract = {
  state: hostCall
    .route({ method: 'GET' })
    .input(empty)
    .output(z.object({ checkedAt: instant, checks: z.array(healthCheck) })),
};

export const topics = [
  'portraits',
  'batches',
  'deliveries',
  'destinations',
  'health',
  'event',
  'settings',
  'devices',
  'staff',
  'network',
  'clock',
  'transcript',
] as const;
export type Topic = (typeof topics)[number];

export const eventsContract = {
  /**
   * Long poll: answers as soon as something has changed since `after`, or after `waitMs` with nothing. It works where
   * a streamed answer does not (custom schemes), and a page that comes back after a nap misses nothing. A number from
   * before a restart of the studio answers every topic.
   */
  next: hostCall
    .route({ method: 'GET' })
    .input(
      z.object({
        after: z.coerce.number().int().min(0),
        waitMs: z.coerce.number().int().min(0).max(25_000).default(20_000),
      }),
    )
    .output(z.object({ seq: count, topics: z.array(z.enum(topics)) })),
};
