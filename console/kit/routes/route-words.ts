import type { FlipMargins, Outcome } from '../../../sdk/client.js';
import { money, number } from '../language/format.js';
import { plainName } from '../language/provider-names.js';
import type { Tone } from '../parts/surfaces.js';
import { words } from '../language/words.js';

/** What routes are made of, in the words of every page that shows one. */
const r = words(
  {
    priority: 'Preference',
    price: 'Price',
    speed: 'Speed',
    commission: 'Commission',
    availability: 'Availability',
    reliability: 'Reliability',
    history: 'Own history',
    open: 'open',
    fulfilled: 'decided',
    partial: 'partly',
    no_quotes: 'no prices',
    cancelled: 'cancelled',
    timeout: 'took too long',
    unauthorized: 'refused our key',
    rate_limited: 'had too much to do',
    unavailable: 'could not be reached',
    bad_request: 'did not understand',
    invalid_response: 'answered nonsense',
    response_too_large: 'answered too much',
    no_store: 'has no shop nearby',
    no_match: 'has none of it',
    circuit_open: 'is left alone for a while',
    budget_exhausted: 'was asked enough today',
    not_configured: 'is not set up',
    disabled: 'is switched off',
    overloaded: 'is asked too much already',
  },
  {
    priority: 'Præference',
    price: 'Pris',
    speed: 'Hurtighed',
    commission: 'Provision',
    availability: 'Udvalg',
    reliability: 'Pålidelighed',
    history: 'Egen historik',
    open: 'åben',
    fulfilled: 'afgjort',
    partial: 'delvis',
    no_quotes: 'ingen priser',
    cancelled: 'aflyst',
    timeout: 'var for længe om det',
    unauthorized: 'afviste vores nøgle',
    rate_limited: 'havde for travlt',
    unavailable: 'kunne ikke nås',
    bad_request: 'forstod det ikke',
    invalid_response: 'svarede noget vrøvl',
    response_too_large: 'svarede for meget',
    no_store: 'har ingen butik i nærheden',
    no_match: 'har intet af det',
    circuit_open: 'får fred lidt endnu',
    budget_exhausted: 'er spurgt nok i dag',
    not_configured: 'er ikke sat op',
    disabled: 'er slået fra',
    overloaded: 'spørges allerede om for meget',
  },
);

type Named = keyof ReturnType<typeof r>;

/** The word for a code of the API; the code itself, in plain letters, where it is a newer one. */
export const wordFor = (code: string): string =>
  (r() as Record<string, string>)[code as Named] ?? code.replaceAll('_', ' ');

const TONES: Readonly<Record<string, Tone>> = { open: 'info', fulfilled: 'good', partial: 'warn', no_quotes: 'bad' };

export const toneOf = (status: string): Tone => TONES[status] ?? 'plain';

/** By which rule a race was closed. */
const rules = words(
  {
    quorum: 'as many as were needed had answered',
    unbeatable: 'nobody still to answer could have won',
    all_answered: 'everybody had answered',
    deadline: 'time was up',
  },
  {
    quorum: 'så mange, som der skulle til, havde svaret',
    unbeatable: 'ingen, der manglede at svare, kunne have vundet',
    all_answered: 'alle havde svaret',
    deadline: 'tiden var gået',
  },
);

export const ruleName = (rule: Outcome['rule']): string => rules()[rule];

const ifs = words(
  {
    cheaper: (name: string, price: string) => `${name} were ${price} cheaper`,
    weighed: (factor: string, from: string, to: string) => `${factor} counted ${to} instead of ${from}`,
    never: (name: string) => `Nothing small would have ${name} win instead.`,
  },
  {
    cheaper: (name, price) => `${name} var ${price} billigere`,
    weighed: (factor, from, to) => `${factor} talte ${to} i stedet for ${from}`,
    never: (name) => `Intet lille havde ladet ${name} vinde i stedet.`,
  },
);

/** What would have had the runner-up win: sentences that go on from “it would be another if”. */
export function ifsOf(margins: FlipMargins, outcome: Outcome): string[] {
  const known = outcome.fallbacks.find(({ providerId }) => providerId === margins.runnerUpId)?.providerName;
  const runnerUp = known ?? plainName(margins.runnerUpId);
  const { currency, factors } = outcome.winner!;
  const cheaper =
    margins.priceDropCents === null ? [] : [ifs().cheaper(runnerUp, money(margins.priceDropCents, currency))];
  const weighed = Object.entries(margins.weights).flatMap(([factor, weight]) =>
    weight === null
      ? []
      : [ifs().weighed(wordFor(factor), number(factors[factor as 'price'].weight, 2), number(weight, 2))],
  );
  return cheaper.length + weighed.length === 0 ? [ifs().never(runnerUp)] : [...cheaper, ...weighed];
}
