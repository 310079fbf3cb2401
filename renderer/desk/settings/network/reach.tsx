import { useDesk } from '../../desk-context.ts';
import { inGroups, spoken } from './address.ts';
import { Qr } from './qr.tsx';

/** How the desk is reached: a code to scan, the address to type or to say, and what proves that it is this booth. */
export function Reach({ addresses, fingerprint }: { addresses: string[]; fingerprint: string }) {
  const { say } = useDesk();
  return (
    <section className="reach">
      {addresses.map((address, index) => (
        <div className="reach-address" key={address}>
          <Qr text={`${address}/desk`} label={`${say('networkScan')} : ${address}/desk`} />
          <div>
            {index > 0 && <p className="soft">{say('networkOther')}</p>}
            <p>{say('networkScan')}</p>
            <p>{say('networkType')}</p>
            <p className="reach-line tabular">{address}/desk</p>
            <p className="soft">{say('networkSpoken', spoken(address, say('networkDot')))}</p>
          </div>
        </div>
      ))}
      <p className="explain">{say('networkSix')}</p>
      <h2>{say('networkPrint')}</h2>
      <p>{say('networkPrintWhy')}</p>
      <p className="fingerprint tabular">
        {inGroups(fingerprint).map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: groups have a place and nothing else
          <span key={index}>{group}</span>
        ))}
      </p>
    </section>
  );
}
