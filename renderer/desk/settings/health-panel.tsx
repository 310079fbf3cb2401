import { useDesk } from '../desk-context.ts';
import { Trouble } from '../parts/trouble.tsx';
import { ClockFix } from '../shell/clock-banner.tsx';
import { healthSentence } from '../shell/health.ts';
import { useHealth } from '../shell/health-box.tsx';

/** Every check in a full sentence: what is the matter and what to do. */
export function HealthPanel() {
  const { say, language, format } = useDesk();
  const health = useHealth(true);
  if (health.data === undefined) {
    if (health.isError) return <Trouble error={health.error} onRetry={() => void health.refetch()} />;
    return <p>{say('loading')}</p>;
  }
  return (
    <>
      <p className="soft">{say('healthChecked', { time: format.time(health.data.checkedAt) })}</p>
      <ul className="checklist">
        {health.data.checks.map((check) => (
          <li key={check.id} className={`check health-${check.severity}`}>
            <span className="health-dot" aria-hidden="true" />
            <div>
              <h2>{say(`health_${check.id}`)}</h2>
              <p>{healthSentence(check, language, format)}</p>
              {check.id === 'clock' && check.severity === 'good' && <ClockFix />}
            </div>
            <span className="mark">{say(`severity_${check.severity}`)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
