import type { HealthCheck } from '../../../shared/contract/health.ts';

/** One thing that is looked at. Adding a check means adding one file and naming it in the composition. */
export type Check = () => HealthCheck | Promise<HealthCheck>;

/** Runs every check; one that throws is told as unknown and hides none of the others. */
export function createHealth(checks: Record<HealthCheck['id'], Check>, now: () => Date, log: (error: unknown) => void) {
  return {
    async state(): Promise<{ checkedAt: string; checks: HealthCheck[] }> {
      const results = await Promise.all(
        Object.entries(checks).map(async ([id, check]): Promise<HealthCheck> => {
          try {
            return await check();
          } catch (error) {
            log(error);
            return { id: id as HealthCheck['id'], severity: 'unknown', code: 'unknown', figures: {} };
          }
        }),
      );
      return { checkedAt: now().toISOString(), checks: results };
    },
  };
}
