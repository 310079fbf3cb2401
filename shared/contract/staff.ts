import { z } from 'zod';
import { empty, hostCall, instant, roles, visitorCall } from './base.ts';

/** Four to twelve digits. */
export const pin = z.string().regex(/^\d{4,12}$/);
const session = z.object({ token: z.string(), role: z.enum(roles), expiresAt: instant });
export type Session = z.infer<typeof session>;

export const staffContract = {
  status: visitorCall
    .route({ method: 'GET' })
    .input(empty)
    .output(z.object({ setUp: z.boolean() })),
  /** Sets the first PIN; only while there is none. */
  setUp: visitorCall
    .errors({ ALREADY_SET_UP: { status: 409, data: empty } })
    .input(z.object({ pin }))
    .output(session),
  /** `WRONG_PIN` and `WAIT` say after how many seconds a next try is heard. */
  signIn: visitorCall
    .errors({
      WRONG_PIN: { status: 401, data: z.object({ waitSeconds: z.number() }) },
      WAIT: { status: 429, data: z.object({ waitSeconds: z.number() }) },
      NOT_SET_UP: { status: 409, data: empty },
    })
    .input(z.object({ pin }))
    .output(session),
  me: hostCall
    .route({ method: 'GET' })
    .input(empty)
    .output(z.object({ role: z.enum(roles), expiresAt: instant })),
  signOut: hostCall.input(empty).output(empty),
};
/** Header that carries the staff session: cookies do not reach a custom scheme. */
export const sessionHeader = 'authorization';
