import type { PortraitDetail } from '../../../shared/contract/library.ts';
import { typeset } from '../../../shared/i18n/typography.ts';
import { useDesk } from '../desk-context.ts';

/** What is known beside the words: the question, the sound's figures, where it was published. */
export function Facts({ portrait }: { portrait: PortraitDetail }) {
  const { say, format } = useDesk();
  return (
    <div className="facts">
      {portrait.published.length > 0 && (
        <section>
          {portrait.published.map((page) => (
            <p key={page.url}>
              <a href={page.url} target="_blank" rel="noreferrer">
                {say('publishedAt', { site: page.destination })}
              </a>
              <span className="soft">{say('publishedOn', { date: format.moment(page.at) })}</span>
            </p>
          ))}
        </section>
      )}
      {portrait.question !== '' && (
        <section>
          <h3>{say('question')}</h3>
          <p lang={portrait.language}>{typeset(portrait.question, portrait.language)}</p>
        </section>
      )}
      {portrait.take !== null && (
        <section>
          <h3>{say('sound')}</h3>
          <Levels take={portrait.take} />
        </section>
      )}
    </div>
  );
}

function Levels({ take }: { take: NonNullable<PortraitDetail['take']> }) {
  const { say, format } = useDesk();
  if (take.analysis === null) return <p>{say('soundUnknown')}</p>;
  const { loudness, floorDb, speechDb } = take.analysis;
  if (loudness.integrated === null || loudness.truePeak === null) return <p>{say('soundSilent')}</p>;
  return (
    <p className="tabular">
      {say('soundLevels', {
        loudness: format.decimal(loudness.integrated),
        peak: format.decimal(loudness.truePeak),
      })}
      <span className="soft">
        {say('soundGain', { gain: format.signed(take.gainDb) })}
        {' · '}
        {say('soundMargin', { n: format.whole(Math.max(0, speechDb - floorDb)) })}
      </span>
    </p>
  );
}
