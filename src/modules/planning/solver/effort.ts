/**
 * What looking for a plan may cost, counted in work and not in time: a busy machine finds what an idle one does. A piece of work is a dish
 * evaluated for one person, some 20 to 50 ns. The clock is the last resort, for machines that are far too slow; that it ended a search is told.
 */
export class Effort {
  private work = 0;
  private isCut = false;

  constructor(
    private readonly isLate: () => boolean = () => false,
    private readonly most = MOST_WORK,
  ) {}

  spend(work: number): void {
    this.work += work;
  }

  /** Whether what was found so far has to do. */
  isOver(): boolean {
    if (this.work > this.most) return true;
    this.isCut ||= this.isLate();
    return this.isCut;
  }

  /** Whether the clock ended it: at another time more might have been found. */
  get wasCutShort(): boolean {
    return this.isCut;
  }
}

/** Some 2.5 s on a machine that has nothing else to do. */
const MOST_WORK = 60_000_000;
/** A linear program for one person's day. */
export const WORK_OF_FITTING = 10_000;
