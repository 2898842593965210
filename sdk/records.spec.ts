import { Signer } from '../src/platform/crypto/signer.js';
import { canonicalJson } from '../src/common/canonical-json.js';
import { recordOf, type Recorded } from '../src/modules/routing/deciding/decision-record.js';
import { recordFaults } from './records.js';
import type { SignedDecisionRecord } from './types.js';

describe('a decision record, checked by who holds it', () => {
  const signer = new Signer([Buffer.alloc(32, 7)]);
  const answer = (providerId: string) => ({
    providerId,
    result: { ok: false },
    latencyMs: 12.5,
    atMs: 20,
    late: false,
  });
  const record = recordOf({
    id: 'req_1',
    tenantId: 'ten_a',
    createdAt: new Date(0),
    closedAt: new Date(1000),
    request: { items: [] },
    policy: { version: '1', note: 'æ ø å' },
    answers: [answer('KROGER_API'), answer('MEALME')],
    outcome: { rule: 'deadline' },
  } as unknown as Recorded);
  const signed = (changed: object): SignedDecisionRecord =>
    ({ record: changed, signature: signer.sign(canonicalJson(changed)) }) as unknown as SignedDecisionRecord;
  const faults = (one: SignedDecisionRecord) => recordFaults(one, signer.publicKeys);

  it('holds as it was made', async () => {
    expect(await faults(signed(record))).toEqual([]);
  });

  it('does not when anything of it has changed, or another has signed it', async () => {
    const { signature } = signed(record);
    expect(await faults({ record: { ...record, tenantId: 'ten_b' }, signature } as never)).toEqual(['signature']);
    expect(await recordFaults(signed(record), new Signer([Buffer.alloc(32, 8)]).publicKeys)).toEqual(['signature']);
    for (const none of ['', 'a.b.c', `${signature}.x`, `${signature.split('..')[0]}..AAAA`]) {
      expect([none, await faults({ record, signature: none } as never)]).toEqual([none, ['signature']]);
    }
  });

  it('does not when an answer was changed, moved or left out, whoever signed that', async () => {
    const [first, second] = record.answers as [(typeof record.answers)[0], (typeof record.answers)[0]];
    const changed = { ...first, answer: { ...first.answer, latencyMs: 1 } };
    expect(await faults(signed({ ...record, answers: [changed, second] }))).toEqual(['answer_changed']);
    expect(await faults(signed({ ...record, answers: [second, first] }))).toContain('answer_moved');
    expect(await faults(signed({ ...record, answers: [first] }))).toEqual(['answer_missing']);
  });
});
