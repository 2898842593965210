import { secret, url, type Variables } from '../../common/variables.js';

export const nutritionEnvironment = {
  rows: {
    USDA_API_KEY: secret()
      .optional()
      .describe('lets npm run seed:nutrition import foods from the API of USDA FoodData Central'),
    USDA_BASE_URL: url('http:', 'https:').default('https://api.nal.usda.gov/fdc').describe('that API'),
  },
  prefixes: ['USDA_'],
} satisfies Variables;
