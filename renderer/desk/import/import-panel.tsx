import { useDesk } from '../desk-context.ts';
import { placeHash } from '../place.ts';
import type { ImportItem } from './imports.ts';
import { useImports } from './use-imports.ts';

/** The files on their way in, above the list until they are put away. */
export function ImportPanel() {
  const { say, imports, format } = useDesk();
  const items = useImports();
  if (items.length === 0) return null;
  const over = items.filter(({ state }) => state === 'done' || state === 'failed').length;
  const some = items.some(({ state }) => state === 'done');
  return (
    <section className="imports" aria-labelledby="imports-title">
      <header>
        <h2 id="imports-title">{say('importTitleSounds')}</h2>
        <span className="soft tabular">
          {say('importProgress', { n: format.whole(over), all: format.whole(items.length) })}
        </span>
        {over > 0 && (
          <button type="button" onClick={imports.clear}>
            {say('importClear')}
          </button>
        )}
      </header>
      {some && <p className="imports-consent">{say('importConsent')}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys */}
      <ul tabIndex={0} aria-label={say('importTitleSounds')}>
        {items.map((item) => (
          <Item key={item.id} item={item} />
        ))}
      </ul>
    </section>
  );
}

function Item({ item }: { item: ImportItem }) {
  const { say, imports, format } = useDesk();
  const { id, name, bytes, sent, state } = item;
  const far = say('importBytes', { sent: format.size(sent), all: format.size(bytes) });
  const words = {
    waiting: () => say('importWaiting'),
    sending: () => far,
    reading: () => say('importReading'),
    done: () => say('importToReview'),
    failed: () => (item.state === 'failed' ? say(`import_${item.problem}`) : ''),
  }[state]();
  const under = state === 'waiting' || state === 'sending' || state === 'reading';
  return (
    <li className={`import import-${state}`}>
      <div className="import-words">
        <span className="import-name" title={name}>
          {name}
        </span>
        <span className="import-state tabular">{words}</span>
      </div>
      {under && (
        <button type="button" aria-label={say('importCancelOf', { name })} onClick={() => imports.cancel(id)}>
          {say('cancel')}
        </button>
      )}
      {item.state === 'done' && (
        <a
          href={placeHash({ screen: 'portraits', view: 'toReview', id: item.portraitId })}
          aria-label={say('importOpenOf', { name })}
        >
          {say('importOpen')}
        </a>
      )}
      {state === 'failed' && (
        <button type="button" aria-label={say('importAgainOf', { name })} onClick={() => imports.again(id)}>
          {say('tryAgain')}
        </button>
      )}
      {(state === 'sending' || state === 'reading') && (
        <progress
          aria-label={name}
          aria-valuetext={words}
          max={Math.max(1, bytes)}
          {...(state === 'sending' && { value: sent })}
        />
      )}
    </li>
  );
}
