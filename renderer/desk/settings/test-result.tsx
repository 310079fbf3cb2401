import type { DeliveryReason } from '../../../shared/contract/delivery.ts';
import type { BetterAddress } from '../../../shared/domain/delivery.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { RedirectedTo } from '../queue/better-address.tsx';

type Result =
  | {
      ok: true;
      site: string;
      account: string;
      maxUploadBytes: number | null;
      unseen?: true | undefined;
      companion?: 'waits' | 'old' | undefined;
    }
  | { ok: false; reason: DeliveryReason; detail: string; better?: BetterAddress | undefined };

export interface TestResultProps {
  pending: boolean;
  result: Result | undefined;
  /** Puts another address into the form; nothing is sent there before it is tested or saved. */
  onTake(address: string): void;
}

/** What the site answered to « Tester la connexion », in words. */
export function TestResult({ pending, result, onTake }: TestResultProps) {
  const { say, format } = useDesk();
  return (
    <div className="test-result" role="status">
      {pending && <p>{say('destinationTesting')}</p>}
      {result?.ok === true && (
        <p className="test-good">
          {say('destinationTestOk', { site: result.site, account: result.account })}
          {result.maxUploadBytes !== null &&
            ` ${say('destinationTestMax', { size: format.bytes(result.maxUploadBytes) })}`}
          {result.unseen && ` ${say('destinationTestUnseen')}`}
        </p>
      )}
      {result?.ok === true && result.companion !== undefined && (
        <p className="test-note">{say(`destinationCompanion_${result.companion}`, { account: result.account })}</p>
      )}
      {result?.ok === false && (
        <>
          <p className="test-bad">{say(`reason_${result.reason}`)}</p>
          {result.better !== undefined && <Offer better={result.better} onTake={onTake} />}
          {result.detail !== '' && (
            <details>
              <summary>{say('siteAnswer')}</summary>
              <p className="delivery-detail">{result.detail}</p>
            </details>
          )}
        </>
      )}
    </div>
  );
}

function Offer({ better, onTake }: { better: BetterAddress; onTake(address: string): void }) {
  const { say } = useDesk();
  return (
    <>
      <RedirectedTo better={better} />
      <Button look="main" onClick={() => onTake(better.to)}>
        {say('takeAddress', { to: better.to })}
      </Button>
    </>
  );
}
