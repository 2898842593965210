import { whole, type Variables } from '../../common/variables.js';

export const liveEnvironment = {
  rows: {
    LOOPGPT_MAX_STREAMS: whole(2000, 1, 100_000).describe('open streams of one process beyond which new ones get 503'),
    LOOPGPT_MAX_STREAMS_PER_KEY: whole(100, 1, 100_000).describe('of one API key in one process, which then gets 429'),
  },
} satisfies Variables;
