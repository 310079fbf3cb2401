import { first } from './0001-first.ts';
import { delivery } from './0002-delivery.ts';
import { words } from './0003-words.ts';
import { staff } from './0007-staff.ts';
import { consent } from './0008-consent.ts';
import { takingDown } from './0010-taking-down.ts';
import type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [first, delivery, words, staff, consent, takingDown];
