import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { FoundDraft } from '../drafts/found-draft.tsx';
import { useFormDraft } from '../drafts/use-form-draft.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { addTags } from '../words/draft.ts';
import { TagsField } from '../words/tags-field.tsx';

export interface BulkTagsProps {
  portraitIds: string[];
  /** Tags some of the chosen portraits wear already. */
  worn: string[];
  onRun(action: 'addTags' | 'removeTags', tags: string[]): void;
  onClose(): void;
}

/** Puts tags on many portraits, or takes them off. */
export function BulkTags({ portraitIds, worn, onRun, onClose }: BulkTagsProps) {
  const { say, format } = useDesk();
  const count = portraitIds.length;
  const { fields, write } = useFormDraft('bulk-tags', { tags: [] as string[], portraitIds });
  const { tags } = fields;
  const setTags = (list: string[]) => write({ tags: list, portraitIds });
  // The buttons are never off: what is still being typed becomes a tag as the field is left for one of them.
  const run = (action: 'addTags' | 'removeTags') => {
    if (tags.length === 0) return;
    onRun(action, tags);
    onClose();
  };
  const offered = worn.filter((tag) => !tags.includes(tag));
  return (
    <Dialog title={count === 1 ? say('tagTitleOne') : say('tagTitle', { n: format.whole(count) })} onClose={onClose}>
      <FoundDraft names={['bulk-tags']} />
      <TagsField tags={tags} onChange={setTags} />
      {offered.length > 0 && (
        <div className="tags-worn">
          <p className="soft">{say('tagWorn')}</p>
          {offered.map((tag) => (
            <button key={tag} type="button" className="chip" onClick={() => setTags(addTags(tags, tag))}>
              {tag}
            </button>
          ))}
        </div>
      )}
      <div className="dialog-foot">
        <Button onClick={() => run('removeTags')}>{say('tagTakeOff')}</Button>
        <Button look="main" onClick={() => run('addTags')}>
          {say('tagPutOn')}
        </Button>
      </div>
    </Dialog>
  );
}
