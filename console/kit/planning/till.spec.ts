import { goodsName, tillName } from './till.js';

it.each([
  ['DEMO SKYR 1 KG', 'Demo skyr 1 kg', 'Demo skyr'],
  ['HK. OKSEKØD 8-12% 400G', 'Hk. oksekød 8-12% 400g', 'Hk. oksekød 8-12%'],
  ['Skyr Naturel', 'Skyr Naturel', 'Skyr Naturel'],
  ['ØKO ÆG 10 STK', 'Øko æg 10 stk', 'Øko æg'],
])('%s reads as %s, and is %s', (name, read, goods) =>
  expect([tillName(name), goodsName(name)]).toEqual([read, goods]),
);
