import { csvRows } from '../src/common/csv.js';
import { dataFile } from '../src/platform/data-file.js';
import { readRegisterText, type RegisterText } from '../src/vocabulary/danish/register-text.js';

/**
 * How well Danish register texts are read, against labelled ones: npm run eval:danish [-- --wrong] says each that was read otherwise. It exits with 1
 * where an aim is missed.
 */
type Label = Readonly<Record<string, string>>;
interface Measure {
  name: string;
  /** A share, or at most so many. */
  aim: { share: number } | { most: number };
  isRight: (read: RegisterText, label: Label) => boolean;
}

const list = (cell: string | undefined) => (cell ?? '').split(';').filter((part) => part !== '');
const numberOr = (cell: string | undefined) => (cell === '' || cell === undefined ? null : Number(cell));
const isNothing = (food: string) => food === 'none' || food === 'mixed';

function isRightFood({ food }: RegisterText, { gold_food: gold = '', also_ok }: Label): boolean {
  const ok = [gold, ...list(also_ok)];
  return food === null ? ok.some(isNothing) : ok.includes(food);
}

const MEASURES: readonly Measure[] = [
  { name: 'food right or rightly unknown', aim: { share: 0.96 }, isRight: isRightFood },
  {
    name: 'size',
    aim: { share: 0.97 },
    isRight: ({ size }, label) =>
      size.value === numberOr(label.size_value) &&
      (size.unit ?? '') === label.size_unit &&
      size.total === numberOr(label.total_g_or_ml),
  },
  { name: 'pieces', aim: { share: 0.97 }, isRight: ({ size }, { pieces }) => size.pieces === numberOr(pieces) },
  { name: 'organic', aim: { share: 0.97 }, isRight: ({ isOrganic }, { organic }) => isOrganic === (organic === 'yes') },
  { name: 'state', aim: { share: 0.97 }, isRight: ({ state }, label) => state === label.state },
  {
    name: 'certain allergens missed',
    aim: { most: 0 },
    isRight: ({ allergens }, label) => list(label.allergens_certain).every((id) => allergens.certain.includes(id)),
  },
  {
    // Each keeps a food from a household that may have it.
    name: 'certain allergens that are not there',
    aim: { most: 20 },
    isRight: ({ allergens }, label) => allergens.certain.every((id) => list(label.allergens_certain).includes(id)),
  },
  {
    name: 'wrong "free of"',
    aim: { most: 0 },
    isRight: ({ allergens }, label) =>
      [...list(label.allergens_certain), ...list(label.allergens_likely)].every((id) => !allergens.freeOf.includes(id)),
  },
];

const labels = csvRows(dataFile('danish', 'clearance_names_dev.csv'));
const read = labels.map((label) => ({ label, read: readRegisterText(label.register_text!, label.category_da) }));
let missed = false;
for (const { name, aim, isRight } of MEASURES) {
  const wrong = read.filter((one) => !isRight(one.read, one.label));
  const share = 1 - wrong.length / read.length;
  const isMet = 'share' in aim ? share >= aim.share : wrong.length <= aim.most;
  missed ||= !isMet;
  const figure =
    'share' in aim ? `${(share * 100).toFixed(1)} % (aim ${aim.share * 100} %)` : `${wrong.length} (aim ${aim.most})`;
  console.log(`${isMet ? '✓' : '✗'} ${name}: ${figure} of ${read.length}`);
  if (process.argv.includes('--wrong'))
    for (const one of wrong) console.log(`    ${JSON.stringify(one.label)}\n      read ${JSON.stringify(one.read)}`);
}
if (missed) process.exitCode = 1;
