import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  candidates,
  routeUrl,
  siteAddress,
  trustedRedirect,
} from '../../../../electron/studio/delivery/destinations/wordpress/address.ts';
import { media, unescapeHtml } from '../../../../electron/studio/delivery/destinations/wordpress/answers.ts';
import { escapeText, postContent } from '../../../../electron/studio/delivery/destinations/wordpress/content.ts';

describe('addresses', () => {
  test.each([
    ['https://site.test', 'https://site.test'],
    ['https://site.test/', 'https://site.test'],
    ['https://site.test/blog/', 'https://site.test/blog'],
    ['https://site.test/wp-login.php?redirect_to=x', 'https://site.test'],
    ['https://site.test/blog/wp-admin/post-new.php', 'https://site.test/blog'],
    ['https://name:secret@site.test/#a', 'https://site.test'],
    ['javascript:alert(1)', undefined],
    ['site.test', undefined],
  ])('%s', (pasted, kept) => expect(siteAddress(pasted)).toBe(kept));

  test('a route, with and without pretty permalinks', () => {
    const [pretty, plain] = candidates('https://site.test/blog');
    if (!pretty || !plain) throw new Error('two candidates are expected');
    expect(routeUrl(pretty, 'wp/v2/posts/7', { slug: 'a,b' })).toBe(
      'https://site.test/blog/wp-json/wp/v2/posts/7?slug=a%2Cb',
    );
    expect(routeUrl(plain, 'wp/v2/posts', { slug: 'a' })).toBe(
      'https://site.test/blog/?rest_route=%2Fwp%2Fv2%2Fposts&slug=a',
    );
  });

  test.each([
    ['http://site.test/wp-json/', 'https://site.test/wp-json/', true],
    ['https://site.test/wp-json/', 'https://www.site.test/wp-json/', true],
    ['https://site.test/wp-json/', '/blog/wp-json/', true],
    ['https://site.test/wp-json/', 'http://site.test/wp-json/', false],
    ['https://site.test/wp-json/', 'https://elsewhere.test/wp-json/', false],
    ['http://site.test:8080/', 'http://site.test:9090/', false],
    ['https://site.test/', 'https://site.test.elsewhere.test/', false],
    ['https://site.test/', null, false],
  ])('the password follows a redirect from %s to %s: %s', (from, to, follows) => {
    expect(trustedRedirect(from, to) !== undefined).toBe(follows);
  });
});

test('nobody’s words become mark-up, blocks or shortcodes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const content = postContent({ id: 7, url: 'https://site.test/a.mp3' }, text);
      const [, ...paragraphs] = content.split('\n\n');
      for (const block of paragraphs) {
        const inside = block.replace(/^<!-- wp:paragraph -->\n<p>/, '').replace(/<\/p>\n<!-- \/wp:paragraph -->$/, '');
        expect(inside.replaceAll('<br>', '')).not.toMatch(/[<>[\]"]/);
      }
    }),
  );
  expect(unescapeHtml(escapeText(`<b>&'"[x]`))).toBe(`<b>&'"[x]`);
});

test('paragraphs and breaks are kept', () => {
  const content = postContent({ id: 7, url: 'https://site.test/a.mp3' }, 'Un\r\ndeux\n\n \n trois ');
  expect(content.match(/<p>.*?<\/p>/gs)).toEqual(['<p>Un<br>deux</p>', '<p>trois</p>']);
  expect(postContent({ id: 7, url: 'https://site.test/a.mp3' }, '').match(/wp:paragraph/g)).toBeNull();
});

test('a sound without known size is read as such', () => {
  const base = { id: 3, slug: 'a', source_url: 'https://site.test/a.mp3' };
  expect(media.parse({ ...base, media_details: [] }).media_details).toEqual({ filesize: undefined });
  expect(media.parse({ ...base, media_details: { filesize: '12' } }).media_details?.filesize).toBeUndefined();
  expect(media.parse({ ...base, media_details: { filesize: 12 } }).media_details?.filesize).toBe(12);
  expect(media.safeParse({ ...base, id: 0 }).success).toBe(false);
});
