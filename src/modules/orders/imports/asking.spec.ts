import { Tally } from '../history/tally.js';
import { questionsOfDiffering, type Differing } from '../reading/differing.js';
import { answered, askedOf } from './asking.js';

const total: Differing = {
  retailer: 'walmart',
  numberKey: '77',
  field: 'totalCents',
  values: [
    { value: 1000, by: 'walmart-har' },
    { value: 999, by: 'walmart-csv' },
  ],
};
const inFile: Differing = {
  ...total,
  values: [
    { value: 999, by: 'row 2' },
    { value: 850, by: 'row 9' },
  ],
};
const countsOf = (differing: Differing[], settled: Differing[] = []) => {
  const tally = new Tally();
  tally.differs('walmart 77', { differing, answered: settled });
  return tally.counts();
};

describe('what an import asks about orders', () => {
  it('is one question for each fact, with the choices of files and history together', () => {
    const asked = askedOf(questionsOfDiffering([inFile]), countsOf([total]), []);
    expect(asked).toMatchObject([
      {
        choices: [
          { id: 'c1', value: 1000 },
          { id: 'c2', value: 999 },
          { id: 'c3', value: 850 },
        ],
      },
    ]);
  });

  it('is not asked again once it is answered', () => {
    expect(askedOf(questionsOfDiffering([inFile]), countsOf([], [total]), [])).toEqual([]);
  });

  it('takes answers all or none, and tells the place of each that it cannot take', () => {
    const [question] = questionsOfDiffering([total]);
    const plain = { code: 'columns_unknown', text: '…' };
    const id = question!.id!;
    expect(answered([plain, question!], [{ question: id, choice: 'c2' }])).toEqual({
      questions: [plain, { ...question, answer: 'c2' }],
      decided: [{ retailer: 'walmart', number: '77', field: 'totalCents', value: 999 }],
    });
    const faults = answered(
      [plain, question!],
      [
        { question: id, choice: 'c2' },
        { question: id, choice: 'c1' },
        { question: 'qst_no', choice: 'c1' },
      ],
    );
    expect(faults).toMatchObject({ faults: [{ at: 1 }, { at: 2 }] });
    expect(answered([question!], [{ question: id, choice: 'c9' }])).toMatchObject({ faults: [{ at: 0 }] });
  });
});
