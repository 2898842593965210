// Preloaded into a process of a drill: its wall clock is TEST_CLOCK_SHIFT_MS off, its monotonic clock is not.
const shift = Number(process.env.TEST_CLOCK_SHIFT_MS);
const Real = Date;
globalThis.Date = class Date extends Real {
  constructor(...parts) {
    if (parts.length === 0) super(Real.now() + shift);
    else super(...parts);
  }
  static now() {
    return Real.now() + shift;
  }
};
