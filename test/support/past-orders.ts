const DAY_MS = 86_400_000;
/** So many days ago, as an ISO date. */
export const dayBefore = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
const HEAD = 'Order Number,Order Date,Product Name,Quantity,Price,Delivery Status,Product Link';
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** One order a fortnight of one product, the newest first, in the layout of a shop's list of items. */
export function ordersOf(
  cents: readonly number[],
  number = 300014000000100,
  item = '811111111',
  name = 'Oat Milk, 64 fl oz',
): string {
  const rows = cents.map((price, at) => {
    const [year, month, day] = dayBefore(3 + 14 * at)
      .split('-')
      .map(Number) as [number, number, number];
    const on = `${MONTHS[month - 1]} ${String(day).padStart(2, '0')}, ${year}`;
    return `${number + at},"${on}","${name}",2,${((2 * price) / 100).toFixed(2)},Delivered,https://www.walmart.com/ip/${item}`;
  });
  return [HEAD, ...rows].join('\r\n');
}

/** What `read` answers once it is so many. */
export async function until<T>(read: () => Promise<T[]>, count: number): Promise<T[]> {
  const end = Date.now() + 5000;
  for (;;) {
    const rows = await read();
    if (rows.length >= count || Date.now() > end) return rows;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
