type Row = Record<string, unknown>;
type Answer = Record<string, unknown>;

/** Where an answer holds more than a terminal is wide, what of it people look for, by procedure. Pure; programs are told all (--json). */
const VIEWS: ReadonlyMap<string, (answer: Answer) => object> = new Map(
  Object.entries({
    health,
    scorecard,
    experiments,
    show: ({ set, inForce, version }: Answer) => ({ version, set, inForce }),
  }),
);

/** `answer` as people are told of it. A change is told by what is set since. */
export function viewOf(procedure: string, answer: object): object {
  const view = VIEWS.get(procedure);
  if (view) return view(answer as Answer);
  if ('inForce' in answer && 'set' in answer) {
    const { version, set } = answer as Answer;
    return { version, ...(Object.keys(set as object).length > 0 ? { set } : { set: 'nothing over the environment' }) };
  }
  return answer;
}

function health({ data }: Answer): object {
  return {
    data: (data as Row[]).map(({ id, name, state, healthy, breaker, simulated, inFlight, timeoutMs, budget }) => ({
      id,
      name,
      state,
      healthy,
      breaker,
      simulated,
      inFlight,
      timeoutMs,
      budget,
    })),
  };
}

/** A line for each provider and window. */
function scorecard({ readAt, providers }: Answer): object {
  const lines = (providers as Row[]).flatMap(({ providerId, hour, day, week }) =>
    Object.entries({ hour, day, week }).map(([over, figures]) => ({ providerId, over, ...(figures as Row) })),
  );
  return { readAt, providers: lines };
}

/** A line for each arm and what is measured of it. */
function experiments({ data }: Answer): object {
  return {
    data: (data as Row[]).flatMap(({ id, running, arms }) =>
      (arms as Row[]).flatMap(({ arm, share, stopped, decided, closed, ...measures }) =>
        Object.entries(measures).map(([measure, found]) => {
          const { mean, difference } = found as { mean: number | null; difference: Row | null };
          return {
            id,
            running,
            arm,
            share,
            stopped,
            closed,
            decided,
            measure,
            mean,
            ...(difference && { difference: told(difference) }),
          };
        }),
      ),
    ),
  };
}

const told = ({ mean, low, high }: Row): string =>
  [mean, low, high].some((one) => typeof one !== 'number') ? '' : `${round(mean)} (${round(low)} to ${round(high)})`;

const round = (figure: unknown): string => String(Number((figure as number).toFixed(2)));
