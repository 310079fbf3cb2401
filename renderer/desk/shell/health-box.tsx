import { useQuery } from '@tanstack/react-query';
import { useDesk } from '../desk-context.ts';
import { placeHash } from '../place.ts';
import { healthSentence, worst } from './health.ts';

/** Checks are asked for again this often, in milliseconds: a disk fills without telling anybody. */
const everyMs = 30_000;

export function useHealth(open: boolean) {
  const { api } = useDesk();
  return useQuery({
    queryKey: ['health'],
    queryFn: () => api.health.state({}),
    refetchInterval: everyMs,
    enabled: open,
  });
}

const titles = { good: 'healthReady', notice: 'healthNotice', bad: 'healthBad', unknown: 'healthUnknown' } as const;

/** The booth in three lines, always in sight: what is wrong first, else the microphone and the room left. */
export function HealthBox({ open }: { open: boolean }) {
  const { say, language, format } = useDesk();
  const health = useHealth(open);
  const checks = health.data?.checks ?? [];
  const severity = worst(checks);
  const bad = checks.filter((check) => check.severity === 'bad' || check.severity === 'notice');
  const told = bad.length > 0 ? bad : checks.filter((check) => check.id === 'microphone' || check.id === 'disk');
  const lines = told
    .map((check) => healthSentence(check, language, format, true) ?? say(`health_${check.id}`))
    .slice(0, 3);
  return (
    <a className={`health-box health-${severity}`} href={placeHash({ screen: 'settings', page: 'health' })}>
      <span className="health-title">
        <span className="health-dot" aria-hidden="true" />
        {say(titles[severity])}
      </span>
      {lines.length > 0 && <span className="health-lines">{lines.join(' · ')}</span>}
      <span className="visually-hidden">{say('healthMore')}</span>
    </a>
  );
}
