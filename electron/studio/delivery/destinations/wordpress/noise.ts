/**
 * Most characters looked at while searching an answer for its JSON: some hundredths of a second, whatever the answer is.
 * Beyond it the answer counts as not understood.
 */
const mostWork = 8_000_000;
/** What a bracket costs of it: failing to parse is slow, and so is a value of next to nothing, a million times. */
const failedCost = 10_000;
const valueCost = 200;
/** Values within each other, and values in all: a site's own list of its routes has some forty thousand. */
const mostDepth = 60;
const mostValues = 200_000;

/**
 * The JSON of an answer, also where a site prints something around it: PHP's notices and warnings, a byte order mark,
 * comments of a cache. Undefined where there is none, where it is cut off, and where a page is what was answered:
 * a scrap of data inside a page is nobody's answer to us.
 */
export function jsonOf(text: string): unknown {
  const bare = text.replace(/^[\uFEFF\s]+/, '');
  return parsed(bare) ?? amidNoise(bare);
}

function parsed(text: string): unknown {
  if (!isModest(text)) return undefined;
  try {
    // No answer of a site is the lone word `null`.
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Whether a text is worth parsing: looked through once, and left at the first thing that is too much. */
function isModest(text: string): boolean {
  let depth = 0;
  let values = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (quoted) {
      if (character === 0x5c) at += 1;
      else if (character === 0x22) quoted = false;
    } else if (character === 0x22) quoted = true;
    else if (character === 0x7b || character === 0x5b) depth += 1;
    else if (character === 0x7d || character === 0x5d) depth -= 1;
    else if (character !== 0x2c) continue;
    if (!quoted) values += 1;
    if (depth > mostDepth || values > mostValues) return false;
  }
  return true;
}

/** The longest value that stands whole in the text: notices may quote small ones. */
function amidNoise(text: string): unknown {
  const budget = { left: mostWork };
  let best: { from: number; to: number; value: unknown } | undefined;
  let at = opening(text, 0);
  while (at >= 0) {
    const end = closing(text, at, budget);
    if (budget.left <= 0) return undefined;
    // What never closes is an answer that was cut: what stands inside it must not pass for the whole.
    if (end === undefined && beginsJson(text, at)) return undefined;
    const value = end === undefined ? undefined : parsed(text.slice(at, end));
    if (end === undefined || value === undefined) {
      budget.left -= failedCost;
      at = opening(text, at + 1);
      continue;
    }
    budget.left -= valueCost;
    const longer = best === undefined || end - at >= best.to - best.from;
    if (longer && (end - at > 2 || standsAlone(text, at, end))) best = { from: at, to: end, value };
    at = opening(text, end);
  }
  if (best === undefined) return undefined;
  const noise = text.slice(0, best.from) + text.slice(best.to);
  return /<(!doctype\s+html|html|head|body)[\s>]/i.test(noise) ? undefined : best.value;
}

function opening(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === 0x7b || character === 0x5b) return at;
    // A cache signs its pages in a comment, sometimes with data of its own.
    if (character === 0x3c && text.startsWith('<!--', at)) {
      const end = text.indexOf('-->', at);
      if (end < 0) return -1;
      at = end + 2;
    }
  }
  return -1;
}

/** Just behind the bracket that closes the one at `from`; brackets within strings do not count. */
function closing(text: string, from: number, budget: { left: number }): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let at = from; at < text.length && budget.left > 0; at++) {
    budget.left -= 1;
    const character = text[at];
    if (quoted) {
      if (character === '\\') at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}

/** Whether what opens here is JSON rather than a bracket in a sentence. */
function beginsJson(text: string, at: number): boolean {
  const begun = text.slice(at, at + 40);
  return /^\{\s*("|$)/.test(begun) || /^\[\s*([{["]|$)/.test(begun);
}

/** An empty list says a lot (“nothing is there”), and notices may hold one: it has to stand on a line of its own. */
function standsAlone(text: string, from: number, to: number): boolean {
  const before = text.slice(Math.max(0, from - 40), from);
  const bare = before.trimEnd();
  // A line end among the blanks that were taken away, or the end of a tag right before them.
  const begins = bare === '' || bare.endsWith('>') || before.slice(bare.length).includes('\n');
  return begins && /^\s*($|[\n<])/.test(text.slice(to, to + 40));
}
