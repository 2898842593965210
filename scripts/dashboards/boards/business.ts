import type { Board } from '../panels.js';
import { grown, overTime, saved } from '../queries.js';

export const business: Board = {
  uid: 'loopgpt-business',
  title: 'LoopGPT: business',
  from: 'now-30d',
  rows: [
    {
      title: 'A day, a week, a month',
      panels: [
        {
          title: 'Carts decided',
          shape: 'number',
          unit: 'short',
          lines: overTime((window) => grown('loopgpt_provider_selections_total', window)),
        },
        {
          title: 'Average cart',
          shape: 'number',
          unit: 'currencyUSD',
          lines: overTime(
            (window) =>
              `${grown('loopgpt_router_value_cents_total', window)} / 100 / (${grown('loopgpt_provider_selections_total', window)} > 0)`,
          ),
        },
        {
          title: 'Commission',
          shape: 'number',
          unit: 'currencyUSD',
          lines: overTime((window) => `${grown('loopgpt_router_commission_cents_total', window, 'currency')} / 100`),
        },
        { title: 'Saved against the alternatives', shape: 'number', unit: 'currencyUSD', lines: overTime(saved) },
      ],
    },
    {
      title: 'Day by day',
      panels: [
        {
          title: 'Carts',
          shape: 'lines',
          unit: 'short',
          lines: [['carts', grown('loopgpt_provider_selections_total', '1d')]],
        },
        {
          title: 'Value',
          shape: 'lines',
          unit: 'currencyUSD',
          lines: [['{{currency}}', `${grown('loopgpt_router_value_cents_total', '1d', 'currency')} / 100`]],
        },
      ],
    },
  ],
};
