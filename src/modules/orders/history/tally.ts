import type { Differing } from '../reading/differing.js';

/** What an import did to a history: each order counted once, however often it was made again on the way. */
export interface Counts {
  new: number;
  changed: number;
  same: number;
  /** In the orders that are new or changed. */
  lines: number;
  /** Accounts of orders that are not there yet. */
  evidence: number;
  /** Of them those without a number, which are asked about. */
  waiting: { orderedOn: string | null; lines: number }[];
  /** What accounts of these orders tell differently, and what of that is answered, each as the id of a question names it. */
  differing: Differing[];
  answered: Pick<Differing, 'retailer' | 'numberKey' | 'field'>[];
}

type Differs = Pick<Counts, 'differing' | 'answered'>;
type Result = 'new' | 'changed' | 'same';

export class Tally {
  private readonly results = new Map<string, { result: Result; lines: number }>();
  private readonly told = new Map<string, Differs>();
  private readonly waits = new Map<string, { orderedOn: string | null; lines: number } | null>();

  made(slot: string, result: Result, lines: number): void {
    this.waits.delete(slot);
    const before = this.results.get(slot)?.result;
    const isNews = result === 'same' && before !== undefined;
    this.results.set(slot, { result: before === 'new' || isNews ? before! : result, lines });
  }

  /** What tells nothing that is not known already. */
  known(slot: string): void {
    this.waits.delete(slot);
    this.results.set(slot, { result: 'same', lines: 0 });
  }

  /** It is no order of its own after all. */
  dropped(slot: string): void {
    this.waits.delete(slot);
    this.results.delete(slot);
  }

  waiting(slot: string, candidate: { orderedOn: string | null; lines: number } | null): void {
    this.waits.set(slot, candidate);
  }

  /** Of an order as it is now; what was told of it before is replaced. */
  differs(slot: string, told: Differs): void {
    this.told.set(slot, told);
  }

  counts(): Counts {
    const all = [...this.results.values()];
    const of = (result: Result) => all.filter((each) => each.result === result);
    return {
      new: of('new').length,
      changed: of('changed').length,
      same: of('same').length,
      lines: [...of('new'), ...of('changed')].reduce((sum, { lines }) => sum + lines, 0),
      evidence: this.waits.size,
      waiting: [...this.waits.values()].filter((candidate) => candidate !== null),
      differing: [...this.told.values()].flatMap(({ differing }) => differing),
      answered: [...this.told.values()].flatMap(({ answered }) => answered),
    };
  }
}
