import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Delivery, DeliveryState, DeliveryStep } from '../../../shared/contract/delivery.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { placeHash } from '../place.ts';
import { NextMoment } from './next-moment.tsx';

const stateKeys = {
  waiting: 'deliveryWaiting',
  running: 'deliveryRunning',
  done: 'deliveryDone',
  failed: 'deliveryFailed',
  cancelled: 'deliveryCancelled',
} as const satisfies Record<DeliveryState, string>;
const stepKeys = {
  render: 'stepRender',
  media: 'stepMedia',
  post: 'stepPost',
  public: 'stepPublic',
  takeDown: 'stepTakeDown',
  confirm: 'stepConfirm',
} as const satisfies Record<DeliveryStep, string>;

/** One portrait's trip to one destination. */
export function DeliveryItem({ delivery, paused }: { delivery: Delivery; paused: boolean }) {
  const { api, say, format, tell, tellProblem } = useDesk();
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: (what: 'retry' | 'cancel') => api.delivery[what]({ id: delivery.id }),
    onSuccess(_, what) {
      void queries.invalidateQueries({ queryKey: ['deliveries'] });
      tell({ text: say(what === 'retry' ? 'retried' : 'cancelled') });
    },
    onError: tellProblem,
  });
  const { state } = delivery;
  const held = paused && state === 'waiting';
  const leaving = delivery.direction === 'remove';
  const stateKey = leaving ? (state === 'done' ? 'deliveryGone' : 'deliveryLeaving') : stateKeys[state];
  const open = state === 'waiting' || state === 'running';
  const mayRetry = state === 'failed' || state === 'cancelled' || (state === 'waiting' && delivery.reason !== null);

  return (
    <li className={`delivery delivery-${held ? 'paused' : state}`}>
      <div className="delivery-what">
        <h3>
          <a href={placeHash({ screen: 'portraits', view: 'all', id: delivery.portraitId })}>
            {delivery.title || say(leaving ? 'withdrawnPortrait' : 'noName')}
          </a>
        </h3>
        <p className="soft">
          {delivery.destination} · {format.moment(delivery.createdAt)}
          {delivery.attempts > 1 && ` · ${say('attempts', { n: delivery.attempts })}`}
        </p>
      </div>
      <div className="delivery-how">
        <span className={`mark delivery-mark-${held ? 'paused' : state}`}>
          {say(held ? 'deliveryPaused' : stateKey)}
        </span>
        <Steps delivery={delivery} />
        {open && (
          <p className="delivery-step">
            {say('stepProgress', {
              n: Math.min(delivery.stepsDone + 1, delivery.stepsInAll),
              all: delivery.stepsInAll,
              step: say(stepKeys[delivery.step]),
            })}
          </p>
        )}
        {delivery.reason !== null && (open || state === 'failed') && (
          <p className="delivery-reason">{say(`reason_${delivery.reason}`)}</p>
        )}
        {state === 'waiting' && !held && delivery.nextAt !== null && delivery.reason !== null && (
          <NextMoment at={delivery.nextAt} later="nextTry" now="nextTryNow" />
        )}
        {delivery.detail !== null && delivery.detail !== '' && state !== 'done' && (
          <details>
            <summary>{say('siteAnswer')}</summary>
            <p className="delivery-detail">{delivery.detail}</p>
          </details>
        )}
      </div>
      <div className="delivery-acts">
        {delivery.url !== null && (
          <a className="button button-quiet" href={delivery.url} target="_blank" rel="noreferrer">
            {say('openPage')}
          </a>
        )}
        {mayRetry && (
          <Button disabled={act.isPending} onClick={() => act.mutate('retry')}>
            {say('retry')}
          </Button>
        )}
        {!leaving && (open || state === 'failed') && (
          <Button disabled={act.isPending} onClick={() => act.mutate('cancel')}>
            {say('cancelDelivery')}
          </Button>
        )}
      </div>
    </li>
  );
}

function Steps({ delivery }: { delivery: Delivery }) {
  const { say } = useDesk();
  const { stepsDone, stepsInAll } = delivery;
  return (
    <span
      className="steps"
      role="img"
      aria-label={say('stepsDone', { n: stepsDone, all: stepsInAll })}
      data-running={delivery.state === 'running'}
    >
      {Array.from({ length: stepsInAll }, (_, step) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step is its number
        <span key={step} data-done={step < stepsDone} data-now={step === stepsDone && delivery.state === 'running'} />
      ))}
    </span>
  );
}
