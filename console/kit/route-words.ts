import { words } from './words.js';

/** What routes are made of, in the words of every page that shows one. */
export const r = words(
  {
    priority: 'Preference',
    price: 'Price',
    speed: 'Speed',
    commission: 'Commission',
    availability: 'Availability',
    reliability: 'Reliability',
    history: 'Own history',
    open: 'open',
    fulfilled: 'complete',
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
    fulfilled: 'komplet',
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
