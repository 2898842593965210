import highsLoader, { type Highs } from 'highs';
import type { SolveMilp, Solved } from '../splitting/milp.js';

/** HiGHS, loaded once a thread. It holds its thread until it answers or `timeoutMs` is up. Throws for a text that it cannot read. */
export async function loadMilp(): Promise<SolveMilp> {
  const highs = await highsLoader();
  return (text, columns, timeoutMs) =>
    highs.withModel({ format: 'lp', data: text }, (model) => {
      // Costs are whole cents: what is less than one from the bound is the best.
      model.options.set({ output_flag: false, mip_rel_gap: 0, mip_abs_gap: 0.99, time_limit: timeoutMs / 1000 });
      model.run();
      return solvedOf(highs, model, columns);
    });
}

function solvedOf(highs: Highs, model: ReturnType<Highs['createModel']>, columns: readonly string[]): Solved {
  const { modelStatus } = highs.constants;
  const status = model.getModelStatus();
  if (status === modelStatus.infeasible) return { status: 'none', boundCents: Infinity, values: null };
  const hasSolution = model.info.get('primal_solution_status') === 2;
  const { colValue } = model.getSolution();
  return {
    status: status === modelStatus.optimal ? 'optimal' : 'limit',
    boundCents: Number(model.info.get('mip_dual_bound')),
    values: hasSolution ? columns.map((name) => colValue[model.getColByName(name)]!) : null,
  };
}
