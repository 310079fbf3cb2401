import { markedParts, markTerms, type TextMark } from '../../../shared/domain/search.ts';

/** A text with what was searched for marked in it; it is only ever text. */
export function Marked({ text, marks }: { text: string; marks: readonly TextMark[] }) {
  if (marks.length === 0) return text;
  return markedParts(text, marks).map((part) =>
    part.marked ? <mark key={part.at}>{part.text}</mark> : <span key={part.at}>{part.text}</span>,
  );
}

export function MarkedTerms({ text, terms }: { text: string; terms: readonly string[] }) {
  return <Marked text={text} marks={markTerms(text, terms)} />;
}
