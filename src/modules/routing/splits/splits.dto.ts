import { z } from 'zod';
import { idPattern } from '../../../common/ids.js';
import { Split, SplitWish } from '../splitting/split.js';

export const CreateSplit = SplitWish.extend({
  routeId: z.string().regex(idPattern('req')).describe('a route that has its outcome'),
}).meta({ id: 'CreateSplit' });
export type CreateSplit = z.infer<typeof CreateSplit>;

export const MadeSplit = z.object({ routeId: z.string(), ...Split.shape }).meta({ id: 'MadeSplit' });
export type MadeSplit = z.infer<typeof MadeSplit>;
