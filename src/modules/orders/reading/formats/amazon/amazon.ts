import { headerOf } from '../../headers.js';
import type { Format } from '../format.js';
import { historyFrom, HISTORY_WORDS, REFUND_WORDS } from './history.js';

/**
 * What Amazon hands out when one asks for one's own data: tables of orders that overlap, of refunds and of much else, alone or in a ZIP.
 * One row for each item of a shipment; days are in UTC.
 */
export const amazon: Format = {
  id: 'amazon',
  read: (file) => {
    if (file.kind !== 'tables') return null;
    const isKnown = file.tables.some(
      (table) =>
        headerOf(table, HISTORY_WORDS, ['number', 'asin', 'name', 'owed']) ??
        headerOf(table, REFUND_WORDS, ['number', 'reversal', 'amount']),
    );
    return isKnown ? historyFrom(file.tables) : null;
  },
};
