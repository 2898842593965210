import fc from 'fast-check';
import { anyRoute, DECIDED_AT } from '../../../../test/support/decisions.js';
import { canonicalJson } from '../../../common/canonical-json.js';
import { recordFaults, recordOf, type DecisionRecord } from './decision-record.js';
import { buildOutcome } from './outcome.js';
import { decide } from './quorum.js';

/** A route decided from the first of its answers, with one that came late. */
const anyRecord = anyRoute(5)
  .map(({ policy, answers, answered }) => {
    const inTime = answers.slice(0, answered);
    const deadlinePassed = answered < answers.length;
    const decision = decide(policy, inTime, { decidedAt: DECIDED_AT, deadlinePassed });
    if (decision.kind === 'wait') return null;
    const late = answers.slice(answered).map((answer) => ({ ...answer, late: true }));
    const outcome = buildOutcome(policy, inTime, decision, 12.5);
    const at = new Date(DECIDED_AT);
    const facts = { id: 'req_1', tenantId: 'ten_1', createdAt: at, closedAt: at, request: { items: [] } };
    return recordOf({ ...facts, policy, answers: [...inTime, ...late], outcome });
  })
  .filter((record) => record !== null);

const copy = (record: DecisionRecord): DecisionRecord => JSON.parse(canonicalJson(record)) as DecisionRecord;

describe('a decision record', () => {
  it('proves its outcome, also after a journey as text', () => {
    fc.assert(fc.property(anyRecord, (record) => expect(recordFaults(copy(record))).toEqual([])));
  });

  it('holds no answer that came late', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const counted = record.answers.map(({ answer }) => answer.providerId);
        for (const { providerId } of record.outcome.counted) expect(counted).toContain(providerId);
        for (const id of record.outcome.outstanding) expect(counted).not.toContain(id);
      }),
    );
  });

  it('shows when an answer was changed, left out, repeated or moved', () => {
    fc.assert(
      fc.property(
        anyRecord.filter(({ answers }) => answers.length >= 2),
        (record) => {
          const altered = (change: (answers: DecisionRecord['answers']) => DecisionRecord['answers']) => {
            const other = copy(record);
            return recordFaults({ ...other, answers: change(other.answers) });
          };
          expect(
            altered(([first, ...rest]) => [{ ...first!, answer: { ...first!.answer, latencyMs: 1 } }, ...rest])[0],
          ).toContain('is not the one that was hashed');
          expect(altered((answers) => answers.slice(1))[0]).toContain('does not follow');
          expect(altered((answers) => answers.slice(0, -1))[0]).toContain('is not the last link');
          expect(altered((answers) => [answers[0]!, ...answers])[0]).toContain('does not follow');
          expect(altered((answers) => [...answers].reverse())[0]).toContain('does not follow');
        },
      ),
    );
  });

  it('shows when the outcome or the policy is another', () => {
    fc.assert(
      fc.property(
        anyRecord.filter(({ outcome }) => outcome.fallbacks.length > 0),
        (record) => {
          const { outcome, policy } = record;
          const [winner, ...fallbacks] = [outcome.fallbacks[0]!, outcome.winner!, ...outcome.fallbacks.slice(1)];
          expect(recordFaults({ ...record, outcome: { ...outcome, winner, fallbacks } })).toEqual(
            expect.arrayContaining(['deciding again gives another winner', 'deciding again gives another fallbacks']),
          );
          expect(recordFaults({ ...record, policy: { ...policy, deadlineMs: 1 } })[0]).toContain('does not follow');
          const version = 'another';
          expect(recordFaults({ ...record, policy: { ...policy, version } }).at(-1)).toContain('the rules another');
        },
      ),
    );
  });
});
