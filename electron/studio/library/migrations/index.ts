import { first } from './0001-first.ts';
import { delivery } from './0002-delivery.ts';
import { words } from './0003-words.ts';
import { edits } from './0004-edits.ts';
import { search } from './0005-search.ts';
import { batches } from './0006-batches.ts';
import { staff } from './0007-staff.ts';
import { consent } from './0008-consent.ts';
import { takingDown } from './0010-taking-down.ts';
import { clock } from './0011-clock.ts';
import { losses } from './0013-losses.ts';
import { holds } from './0014-holds.ts';
import { drafts } from './0015-drafts.ts';
import { siteWithdrawals } from './0016-site-withdrawals.ts';
import { plain } from './0017-plain.ts';
import type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [
  first,
  delivery,
  words,
  edits,
  search,
  batches,
  staff,
  consent,
  takingDown,
  clock,
  losses,
  holds,
  drafts,
  siteWithdrawals,
  plain,
];
