import { words } from '../../kit/language/words.js';

/** Codes of the API in words. */
const c = words(
  {
    kept_imports: 'Imports',
    kept_orders: 'Orders',
    kept_lines: 'Lines',
    kept_sources: 'Accounts in files',
    kept_products: 'Products',
    kept_decisions: 'Decisions by hand',
    kept_prices: 'Prices',
    kept_watches: 'Watches',
    group_produce: 'Fruit and vegetables',
    group_meat_seafood: 'Meat and fish',
    group_dairy_eggs: 'Dairy and eggs',
    group_bakery: 'Bakery',
    group_deli: 'Deli',
    group_frozen: 'Frozen',
    group_pantry: 'Pantry',
    group_snacks: 'Snacks',
    group_beverages: 'Drinks',
    group_health: 'Health',
    group_baby: 'Baby',
    group_pets: 'Pets',
    group_household: 'Household',
  },
  {
    kept_imports: 'Importer',
    kept_orders: 'Ordrer',
    kept_lines: 'Linjer',
    kept_sources: 'Oplysninger i filer',
    kept_products: 'Varer',
    kept_decisions: 'Valg i hånden',
    kept_prices: 'Priser',
    kept_watches: 'Overvågninger',
    group_produce: 'Frugt og grønt',
    group_meat_seafood: 'Kød og fisk',
    group_dairy_eggs: 'Mejeri og æg',
    group_bakery: 'Bageri',
    group_deli: 'Delikatesse',
    group_frozen: 'Frost',
    group_pantry: 'Kolonial',
    group_snacks: 'Snacks',
    group_beverages: 'Drikke',
    group_health: 'Sundhed',
    group_baby: 'Baby',
    group_pets: 'Dyr',
    group_household: 'Husholdning',
  },
);

/** The word for a code of the API that may be a newer one; then the code itself in plain letters. */
export const said = (code: string): string =>
  (c() as unknown as Record<string, string>)[code] ?? code.replace(/^[a-z]+_/, '').replaceAll('_', ' ');
