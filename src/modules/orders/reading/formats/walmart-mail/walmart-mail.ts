import { Unreadable, type Question, type ReadOrder, type Skipped } from '../../reading.js';
import type { Format } from '../format.js';
import { orderOfLetter } from './letter-order.js';
import { lettersIn, type Letter } from './letters.js';

/** Hosts that the shop sends from, and those under them. */
const SENDERS = ['walmart.com', 'walmart.ca'];
const MOST_SKIPPED = 200;
const NOT_SHOP =
  'Mails that are not from the shop itself were left out, whatever they say; forward a mail as an attachment, or save it as it came.';

/**
 * Mails of the shop: confirmations, which estimate, and what corrects them later. Who sent a mail decides whether it is read; what it
 * says is data, and never done.
 */
export const walmartMail: Format = {
  id: 'walmart-mail',
  read: async (file) => {
    if (file.kind !== 'mail') return null;
    const letters = await lettersIn(file.bytes);
    const skipped: Skipped[] = [];
    const questions: Question[] = [];
    const orders = letters.flatMap((letter, index): ReadOrder[] => {
      const skip = (reason: string) => void skipped.push({ where: `mail ${index + 1}`, reason });
      if ('reason' in letter) {
        if (letters.length === 1) throw new Unreadable(letter.reason);
        skip(letter.reason);
        return [];
      }
      if (!isOfShop(letter)) {
        skip('Its sender is not the shop.');
        if (questions.length === 0) questions.push({ code: 'sender_unknown', text: NOT_SHOP });
        return [];
      }
      const order = orderOfLetter(letter);
      if (order === null) skip('It tells nothing of an order.');
      return order === null ? [] : [order];
    });
    return { orders, carts: [], skipped: skipped.slice(0, MOST_SKIPPED), questions, toldBy: 'the headers of a mail' };
  },
};

function isOfShop({ from, isForged }: Letter): boolean {
  const host = from?.split('@').at(-1) ?? '';
  return !isForged && SENDERS.some((sender) => host === sender || host.endsWith(`.${sender}`));
}
