import type { FeedOwner } from './ports.ts';

/** One portrait in the feed; files are named as they lie beside it. */
export interface FeedItem {
  portraitId: string;
  title: string;
  author: string;
  text: string;
  tags: string[];
  language: string;
  recordedAt: string;
  /** Seconds. */
  duration: number;
  /** Place in the batch, from 1. */
  episode: number;
  sound: { name: string; bytes: number; mime: string };
  image: string;
  transcript: string | null;
  chapters: string | null;
}

export interface Feed {
  batchId: string;
  title: string;
  description: string;
  author: string;
  /** Podcast directories write to this address to know whose the feed is. */
  owner: FeedOwner | undefined;
  language: string;
  /** Where the folder lies on the web; empty when it does not, and then files are named as they lie beside the feed. */
  url: string;
  image: string;
  items: FeedItem[];
}

/** Text for XML: what XML 1.0 cannot hold is left out, what would be markup is escaped. */
function xml(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what has to go
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}

const line = (depth: number, text: string) => `${'  '.repeat(depth)}${text}\n`;
const element = (depth: number, name: string, text: string) =>
  text === '' ? '' : line(depth, `<${name}>${xml(text)}</${name}>`);

/** RSS 2.0 with Apple's and the Podcasting 2.0 namespaces. The same feed gives the same bytes. */
export function rss(feed: Feed): string {
  const base = feed.url === '' || feed.url.endsWith('/') ? feed.url : `${feed.url}/`;
  const at = (name: string) => xml(`${base}${name}`);
  const item = (one: FeedItem) =>
    [
      line(2, '<item>'),
      element(3, 'title', one.title),
      line(3, `<guid isPermaLink="false">urn:uuid:${xml(one.portraitId)}</guid>`),
      element(3, 'pubDate', new Date(one.recordedAt).toUTCString()),
      element(3, 'description', one.text || one.title),
      line(3, `<enclosure url="${at(one.sound.name)}" length="${one.sound.bytes}" type="${xml(one.sound.mime)}"/>`),
      ...one.tags.map((tag) => element(3, 'category', tag)),
      element(3, 'itunes:author', one.author),
      element(3, 'itunes:duration', String(Math.max(1, Math.round(one.duration)))),
      element(3, 'itunes:episode', String(one.episode)),
      line(3, '<itunes:explicit>false</itunes:explicit>'),
      line(3, `<itunes:image href="${at(one.image)}"/>`),
      one.transcript === null
        ? ''
        : line(3, `<podcast:transcript url="${at(one.transcript)}" type="text/vtt" language="${xml(one.language)}"/>`),
      one.chapters === null
        ? ''
        : line(3, `<podcast:chapters url="${at(one.chapters)}" type="application/json+chapters"/>`),
      line(2, '</item>'),
    ].join('');
  return [
    line(0, '<?xml version="1.0" encoding="UTF-8"?>'),
    line(
      0,
      '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0">',
    ),
    line(1, '<channel>'),
    element(2, 'title', feed.title),
    element(2, 'link', base === '' ? './' : base),
    base === '' ? '' : line(2, `<atom:link href="${at('feed.xml')}" rel="self" type="application/rss+xml"/>`),
    element(2, 'description', feed.description || feed.title),
    element(2, 'language', feed.language),
    line(2, '<generator>Phonomaton</generator>'),
    element(2, 'itunes:author', feed.author),
    ...(feed.owner === undefined
      ? []
      : [
          line(2, '<itunes:owner>'),
          element(3, 'itunes:name', feed.owner.name),
          element(3, 'itunes:email', feed.owner.email),
          line(2, '</itunes:owner>'),
        ]),
    line(2, '<itunes:type>serial</itunes:type>'),
    line(2, '<itunes:explicit>false</itunes:explicit>'),
    line(2, `<itunes:image href="${at(feed.image)}"/>`),
    line(
      2,
      '<itunes:category text="Society &amp; Culture"><itunes:category text="Personal Journals"/></itunes:category>',
    ),
    line(2, `<podcast:guid>${xml(feed.batchId)}</podcast:guid>`),
    line(2, '<podcast:medium>podcast</podcast:medium>'),
    ...feed.items.map(item),
    line(1, '</channel>'),
    line(0, '</rss>'),
  ].join('');
}
