import type { Reading } from '../../reading.js';
import { onSample, sampleFiles } from '../sample.conformance.js';
import { walmartPage } from './walmart-page.js';

/** The same answers written otherwise: names, nesting and money as other versions of the shop, and other tools, write them. */
type Json = Record<string, unknown>;

const read = (value: unknown) => walmartPage.read({ kind: 'json', name: null, value }) as Reading | null;

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const isMoney = (value: Json): boolean => 'displayValue' in value && 'value' in value;

/** Each object and each member, from within outwards. */
function changed(value: unknown, change: (of: Json) => unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => changed(one, change));
  if (!isJson(value)) return value;
  return change(Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, changed(inner, change)])));
}
const keyed = (value: unknown, name: (key: string) => string) =>
  changed(value, (of) => Object.fromEntries(Object.entries(of).map(([key, inner]) => [name(key), inner])));
const money = (value: unknown, as: (of: Json) => unknown) => changed(value, (of) => (isMoney(of) ? as(of) : of));
const orderOf = (value: unknown) => ((value as Json).data as Json).order;
const flat = (value: unknown, member: string) =>
  changed(value, ({ [member]: inner, ...rest }) => (isJson(inner) ? { ...inner, ...rest } : rest));

const without = (of: Json, name: string) => Object.fromEntries(Object.entries(of).filter(([key]) => key !== name));

const snake = (key: string) => key.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase();
/** A fee without a struck price keeps what it is: it may say `Free`. */
const shownIn = (mark: (text: string) => string) => (of: Json) => ({
  ...of,
  displayValue: mark(String(of.displayValue)),
});
const german = (text: string) =>
  text.replace(
    /^(-?)\$([\d,]+)\.(\d\d)(.*)$/,
    (_, sign, whole, cents, rest) => `${sign}${whole.replaceAll(',', '.')},${cents} $${rest}`,
  );

const SHAPES: Readonly<Record<string, (answer: unknown) => unknown>> = {
  'the order alone': orderOf,
  'in a list of answers': (answer) => [answer],
  deeper: (answer) => ({ result: { payload: [{ response: answer }] } }),
  'under another name': (answer) => ({ data: { getOrder: orderOf(answer) } }),
  'in snake case': (answer) => keyed(answer, snake),
  'with capitals': (answer) => keyed(answer, (key) => key[0]!.toUpperCase() + key.slice(1)),
  'with groups of another year': (answer) => keyed(answer, (key) => (key === 'groups_2101' ? 'groups_2612' : key)),
  'with shipments for groups': (answer) => keyed(answer, (key) => (key === 'groups_2101' ? 'shipments' : key)),
  'with groups under a name that nobody knows': (answer) =>
    keyed(answer, (key) => (key === 'groups_2101' ? 'cartons' : key)),
  'with members that nobody knows': (answer) =>
    changed(answer, (of) => ({ ...of, extra: { a: [1, { b: 'c' }] }, mood: 'good' })),
  'with money as numbers': (answer) =>
    money(answer, ({ value, label, strikeThroughValue }) =>
      strikeThroughValue === undefined ? value : { label, value, strikeThroughValue },
    ),
  'with numbers as texts': (answer) => money(answer, ({ value, ...rest }) => ({ ...rest, value: String(value) })),
  'with money displayed alone': (answer) => money(answer, (of) => without(of, 'value')),
  'with money as texts': (answer) => money(answer, (of) => ('strikeThroughValue' in of ? of : of.displayValue)),
  'with money in hundredths beside what is displayed': (answer) =>
    money(answer, (of) => ({ ...of, value: Math.round(Number(of.value) * 100) })),
  'with commas for points': (answer) => money(answer, shownIn(german)),
  'with quantities as texts': (answer) =>
    changed(answer, (of) => ('quantity' in of ? { ...of, quantity: String(of.quantity) } : of)),
  'with ids as numbers': (answer) =>
    changed(answer, (of) => ('usItemId' in of && of.usItemId !== '' ? { ...of, usItemId: Number(of.usItemId) } : of)),
  'with items that are flat': (answer) => flat(flat(answer, 'productInfo'), 'priceInfo'),
  'with an id in the link alone': (answer) => changed(answer, (of) => without(of, 'usItemId')),
};

describe('an answer that is written otherwise', () => {
  const answers = () =>
    sampleFiles('household/d-graphql').map(({ bytes }) => JSON.parse(Buffer.from(bytes).toString()) as unknown);

  onSample.each(Object.entries(SHAPES))('tells the same, %s', (_how, as) => {
    for (const answer of answers()) {
      const [plain, other] = [read(answer), read(as(answer))];
      expect(other).toEqual(plain);
      expect(plain!.orders).toHaveLength(1);
    }
  });
});
