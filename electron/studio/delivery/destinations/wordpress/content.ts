/** Text as a post may carry it: no mark-up, no entities, no shortcodes (`[gallery]` in somebody's words stays words). */
export function escapeText(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#039;',
    '[': '&#091;',
    ']': '&#093;',
  };
  return text.replace(/[&<>"'[\]]/g, (character) => entities[character] ?? character);
}

/** The post's content in blocks: the sound first, then the text, a paragraph for every blank line, breaks kept. */
export function postContent(sound: { id: number; url: string }, text: string): string {
  const audio = `<!-- wp:audio {"id":${sound.id}} -->
<figure class="wp-block-audio"><audio controls src="${escapeText(sound.url)}"></audio></figure>
<!-- /wp:audio -->`;
  const paragraphs = text
    .split(/\r?\n[ \t]*(?:\r?\n[ \t]*)+/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => escapeText(paragraph).replace(/\r?\n/g, '<br>'))
    .map((html) => `<!-- wp:paragraph -->\n<p>${html}</p>\n<!-- /wp:paragraph -->`);
  return [audio, ...paragraphs].join('\n\n');
}
