import type { DeliveryReason } from '../../../shared/contract/delivery.ts';
import { useDesk } from '../desk-context.ts';

type Result =
  | { ok: true; site: string; account: string; maxUploadBytes: number | null }
  | { ok: false; reason: DeliveryReason; detail: string };

/** What the site answered to « Tester la connexion », in words. */
export function TestResult({ pending, result }: { pending: boolean; result: Result | undefined }) {
  const { say, format } = useDesk();
  return (
    <div className="test-result" role="status">
      {pending && <p>{say('destinationTesting')}</p>}
      {result?.ok === true && (
        <p className="test-good">
          {say('destinationTestOk', { site: result.site, account: result.account })}
          {result.maxUploadBytes !== null &&
            ` ${say('destinationTestMax', { size: format.bytes(result.maxUploadBytes) })}`}
        </p>
      )}
      {result?.ok === false && (
        <>
          <p className="test-bad">{say(`reason_${result.reason}`)}</p>
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
