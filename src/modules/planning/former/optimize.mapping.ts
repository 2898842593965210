import type { Optimized as Found } from '../clearing/optimized.js';
import type { ClearanceWish } from '../clearing/words.js';
import type { Optimized } from './optimize.dto.js';

/** What was found, as callers of the former shopping optimizer read it. Pure. */
export function optimizedAs(
  { cleared, titles, unread, sparedMinutes }: Found,
  wish: ClearanceWish,
  correlationId: string,
): Optimized {
  const stops = cleared.round?.stops ?? [];
  const nothing = wish.language === 'da' ? 'Ingen opskrift passer til' : 'No recipe fits';
  return {
    success: true,
    recommendation: {
      purchases: stops.flatMap(({ shop, lines }) =>
        lines.map((line) => ({
          product_name: line.name,
          store_name: shop.name,
          purchase_day: cleared.day!,
          quantity: line.bought,
          price: line.paidCents / 100,
          savings: line.savedCents / 100,
          price_ore: line.paidCents,
          savings_ore: line.savedCents,
          meal_association: [...new Set(line.uses.map(({ recipeId }) => titles.get(recipeId)!))].join(', '),
          use_by: line.useBy,
          use_by_assumed: line.isUseByAssumed,
        })),
      ),
      total_savings: (cleared.round?.savedCents ?? 0) / 100,
      time_savings: sparedMinutes,
      tips: [...unread.map((word) => `${nothing} "${word}".`), ...cleared.tips],
      motivation_message: cleared.sentence,
      stores: stops.map(({ shop }, at) => ({
        name: shop.name,
        address:
          [shop.street, [shop.postalCode, shop.city].filter(Boolean).join(' ')].filter(Boolean).join(', ') || null,
        latitude: shop.latitude,
        longitude: shop.longitude,
        opens_at: shop.opensAt,
        closes_at: shop.closesAt,
        map: cleared.maps.stops[at]!,
      })),
    },
    user_location: wish.near,
    correlation_id: correlationId,
  };
}
