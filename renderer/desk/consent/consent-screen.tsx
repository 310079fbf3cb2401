import type { DueReason } from '../../../shared/domain/evidence.ts';
import type { Api } from '../../api.ts';
import { useDesk } from '../desk-context.ts';
import { Trouble } from '../parts/trouble.tsx';
import { placeHash } from '../place.ts';
import { stateKeys } from '../portraits/marks.ts';
import { FindByCode } from './find-by-code.tsx';
import { FollowUps } from './follow-ups.tsx';
import { useOverview } from './queries.ts';

const comingKeys = {
  unpublished: 'consentComingUnpublished',
  expired: 'consentComingExpired',
  withdrawn: 'consentComingWithdrawn',
} as const satisfies Record<DueReason, string>;
const goneKeys = {
  unpublished: 'consentGoneUnpublished',
  expired: 'consentGoneExpired',
  withdrawn: 'consentGoneWithdrawn',
} as const satisfies Record<DueReason, string>;

type Overview = Awaited<ReturnType<Api['consent']['overview']>>;

/** What ends soon, withdrawals somebody has to follow, and everything kept about somebody, by their code. */
export function ConsentScreen() {
  const { say } = useDesk();
  const overview = useOverview(true);
  return (
    <div className="work">
      <header className="work-head">
        <h1>{say('consent')}</h1>
        <p className="soft">{say('consentIntro')}</p>
      </header>
      <FindByCode />
      {overview.data === undefined ? (
        overview.isError ? (
          <Trouble error={overview.error} onRetry={() => void overview.refetch()} />
        ) : (
          <p>{say('loading')}</p>
        )
      ) : (
        <>
          <FollowUps followUps={overview.data.followUps} />
          <Coming coming={overview.data.coming} />
          <Gone gone={overview.data.gone} />
        </>
      )}
    </div>
  );
}

const noon = (day: string) => `${day}T12:00:00Z`;

function Coming({ coming }: Pick<Overview, 'coming'>) {
  const { say, format } = useDesk();
  return (
    <section className="queue-part" aria-labelledby="consent-coming">
      <h2 id="consent-coming">{say('consentComing')}</h2>
      {coming.length === 0 ? (
        <p className="soft">{say('consentComingNone')}</p>
      ) : (
        <>
          <p className="soft">{say('consentComingHow')}</p>
          <ul className="consent-list">
            {coming.map((due) => (
              <li key={due.portraitId}>
                <a href={placeHash({ screen: 'portraits', view: 'all', id: due.portraitId })}>
                  {due.title || say('noName')}
                </a>
                <span className="mark">{due.code ?? say('consentNoCode')}</span>
                <span className="mark">{say(stateKeys[due.state])}</span>
                <span className="consent-when">
                  {say(comingKeys[due.reason], { day: format.day(noon(due.dueOn)) })}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Gone({ gone }: Pick<Overview, 'gone'>) {
  const { say, format } = useDesk();
  return (
    <section className="queue-part" aria-labelledby="consent-gone">
      <h2 id="consent-gone">{say('consentGone')}</h2>
      {gone.length === 0 ? (
        <p className="soft">{say('consentGoneNone')}</p>
      ) : (
        <ul className="consent-list">
          {gone.map(({ portraitId, at, reason }) => (
            <li key={portraitId}>
              <span>{format.moment(at)}</span>
              <span className="soft">{say(goneKeys[reason])}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
